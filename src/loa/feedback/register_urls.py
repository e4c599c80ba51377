"""The public register of answers, and the desk that fills it."""

from django.urls import path

from loa.feedback.views import counting, publishing, register, subscriptions

patterns = [
    path("tiep-nhan/cong-khai/", publishing.publish_list, name="publish_list"),
    path("tiep-nhan/cong-khai/da-dang/", publishing.published_list, name="published_list"),
    path("tiep-nhan/cong-khai/<int:pk>/", publishing.case_publish, name="case_publish"),
    path("tiep-nhan/cong-khai/<int:pk>/giu-rieng/", publishing.case_keep_private, name="case_keep_private"),
    path("tiep-nhan/cong-khai/<int:pk>/go/", publishing.case_unpublish, name="case_unpublish"),
    path("tiep-nhan/cong-khai/ho-so/<int:pk>/", publishing.case_publicity, name="case_publicity"),
    path("tiep-nhan/tinh-vao/bo/<int:pk>/", counting.counted_stop, name="counted_stop"),
    path("tiep-nhan/tinh-vao/<slug:noun>/<int:pk>/", counting.counted_answers, name="counted_answers"),
    path("gop-y/cong-khai/", register.register_list, name="register_list"),
    path("gop-y/cong-khai/co-quan/", register.register_agencies, name="register_agencies"),
    path("gop-y/cong-khai/atom/", register.register_atom, name="register_atom"),
    path("gop-y/cong-khai/so.xlsx", register.register_sheet, name="register_sheet"),
    path("gop-y/cong-khai/nhan-thu/", subscriptions.subscribe, name="subscribe"),
    path("gop-y/cong-khai/nhan-thu/da-gui/", subscriptions.subscribe_sent, name="subscribe_sent"),
    path("gop-y/cong-khai/nhan-thu/<str:token>/", subscriptions.subscription, name="subscription"),
    path("gop-y/cong-khai/nhan-thu/<str:token>/thoi/", subscriptions.unsubscribe, name="unsubscribe"),
    path("gop-y/cong-khai/<str:code>/", register.public_answer, name="public_answer"),
    path("gop-y/cong-khai/<str:code>/tep/<int:pk>/", register.public_file, name="public_case_file"),
]
