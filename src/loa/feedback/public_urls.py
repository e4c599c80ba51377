"""The public side of cases."""

from django.urls import path

from loa.feedback.views import asking, front, own_case, sending

patterns = [
    path("gop-y/", front.front, name="front"),
    path("gop-y/thu-tuc/<int:pk>/", front.ask_procedure, name="ask_procedure"),
    path("gop-y/gui/", asking.case_form, name="case_form"),
    path("gop-y/gui/luu/", asking.draft_keep, name="draft_keep"),
    path("gop-y/gui/khieu-nai/", asking.complaint_route, name="complaint_route"),
    path("gop-y/gui/to-cao/", sending.denunciation_form, name="denunciation_form"),
    path("gop-y/gui/o-dau/", asking.case_place, name="case_place"),
    path("gop-y/gui/tep/", asking.case_files, name="case_files"),
    path("gop-y/gui/gui-di/", sending.case_send, name="case_send"),
    path("gop-y/gui/da-nhan/", sending.case_receipt, name="case_receipt"),
    path("gop-y/gui/xoa/", asking.draft_drop, name="draft_drop"),
    path("gop-y/theo-doi/", own_case.follow, name="follow"),
    path("gop-y/theo-doi/<str:code>/", own_case.own_case, name="own_case"),
    path("gop-y/theo-doi/<str:code>/tep/<int:pk>/", own_case.own_file, name="own_file"),
    path("gop-y/theo-doi/<str:code>/dong-y/<int:pk>/", own_case.own_consent, name="own_consent"),
    path("gop-y/theo-doi/<str:code>/du-lieu-cua-toi/<slug:form>/", own_case.own_copy, name="own_copy"),
    path("gop-y/theo-doi/<str:code>/<slug:name>/", own_case.own_act, name="own_act"),
]
