"""The staff side of cases."""

from django.urls import path

from loa.feedback import views
from loa.feedback.views import ratings

patterns = [
    path("phan-anh/danh-gia/", ratings.rating_list, name="rating_list"),
    path("phan-anh/danh-gia/<int:pk>/<slug:step>/", ratings.rating_step, name="rating_step"),
    path("phan-anh/", views.case_list, name="case_list"),
    path("phan-anh/co-quan/", views.case_list, {"tab": "agency"}, name="case_list_agency"),
    path("phan-anh/tiep-nhan/", views.case_list, {"tab": "intake"}, name="case_list_intake"),
    path("phan-anh/tat-ca/", views.case_list, {"tab": "all"}, name="case_list_all"),
    path("phan-anh/tai-trong/", views.case_load, name="case_load"),
    path("phan-anh/nhieu/<slug:act>/", views.case_many, name="case_many"),
    path("phan-anh/mau-tra-loi/", views.answer_template_list, name="answer_template_list"),
    path("phan-anh/mau-tra-loi/them/", views.answer_template_add, name="answer_template_add"),
    path("phan-anh/mau-tra-loi/<int:pk>/", views.answer_template_edit, name="answer_template_edit"),
    path("phan-anh/mau-tra-loi/<int:pk>/xoa/", views.answer_template_remove, name="answer_template_remove"),
    path("phan-anh/tep/<int:pk>/", views.case_file, name="case_file"),
    path("phan-anh/tep/<int:pk>/go/", views.case_file_remove, name="case_file_remove"),
    path("phan-anh/phoi-hop/<int:pk>/<slug:step>/", views.share_step, name="share_step"),
    path("phan-anh/<int:pk>/", views.case_detail, name="case_detail"),
    path("phan-anh/<int:pk>/buoc/<slug:step>/", views.case_step, name="case_step"),
    path("phan-anh/<int:pk>/can-bo/", views.case_officer, name="case_officer"),
    path("phan-anh/<int:pk>/gia-han/", views.case_extend, name="case_extend"),
    path("phan-anh/<int:pk>/tinh-hinh/", views.case_status, name="case_status"),
    path("phan-anh/<int:pk>/hoi-them/", views.case_ask, name="case_ask"),
    path("phan-anh/<int:pk>/thoi-cho/", views.case_resume, name="case_resume"),
    path("phan-anh/<int:pk>/gop/", views.case_merge, name="case_merge"),
    path("phan-anh/<int:pk>/phoi-hop/", views.share_ask, name="share_ask"),
    path("phan-anh/<int:pk>/nguoi-gui/", views.case_identity, name="case_identity"),
    path("phan-anh/<int:pk>/du-thao/", views.case_draft, name="case_draft"),
    path("phan-anh/<int:pk>/du-thao/luu/", views.case_draft_save, name="case_draft_save"),
    path("phan-anh/<int:pk>/du-thao/tep/", views.case_attach, name="case_attach"),
]
