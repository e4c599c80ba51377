from django.urls import path

from loa.desk import views
from loa.desk.views import briefing, departure, leadership, reorganisation, topics

app_name = "desk"
urlpatterns = [
    path("viec-cua-toi/", views.mine, name="mine"),
    path("viec-cua-toi/tim-kiem/", views.search_all, name="search"),
    path("sap-xep-bo-may/", reorganisation.decision_list, name="decision_list"),
    path("sap-xep-bo-may/da-chuyen/", reorganisation.hand_over_list, name="hand_over_list"),
    path("sap-xep-bo-may/<int:pk>/", reorganisation.decision_detail, name="decision_detail"),
    path("sap-xep-bo-may/<int:pk>/chay-thu/", reorganisation.decision_rehearse, name="decision_rehearse"),
    path("sap-xep-bo-may/<int:pk>/tac-dong/", reorganisation.effect_list, name="effect_list"),
    path("sap-xep-bo-may/<int:pk>/van-ban/", reorganisation.decision_paper, name="decision_paper"),
    path("sap-xep-bo-may/<int:pk>/buoc/<str:step>/", reorganisation.decision_step, name="decision_step"),
    path("sap-xep-bo-may/viec/<int:pk>/", reorganisation.work_share, name="work_share"),
    path("nguoi-dung/<int:pk>/roi-co-quan/", departure.departure, name="departure"),
    path("dieu-hanh/", leadership.leadership, name="leadership"),
    path("dieu-hanh/phan-anh/", topics.topic_heat, name="topic_heat"),
    path("dieu-hanh/<int:pk>/viec/", leadership.leadership_assignments, name="leadership_assignments"),
    path("dieu-hanh/<int:pk>/nhiem-vu/", leadership.leadership_tasks, name="leadership_tasks"),
    path("dieu-hanh/<int:pk>/long-ghep/", leadership.leadership_talks, name="leadership_talks"),
    path("dieu-hanh/<int:pk>/don-vi/", leadership.leadership_agencies, name="leadership_agencies"),
    path("dieu-hanh/<int:pk>/chi-tieu/", leadership.leadership_targets, name="leadership_targets"),
    path(
        "dieu-hanh/<int:pk>/minh-chung/", leadership.leadership_deliverables, name="leadership_deliverables"
    ),
    path("dieu-hanh/<int:pk>/bao-cao/", leadership.leadership_reports, name="leadership_reports"),
    path(
        "dieu-hanh/<int:pk>/giai-trinh/", leadership.leadership_explanations, name="leadership_explanations"
    ),
    path("dieu-hanh/<int:pk>/kinh-phi/", leadership.leadership_money, name="leadership_money"),
    path("dieu-hanh/<int:pk>/thay-doi/", leadership.leadership_changes, name="leadership_changes"),
    path("hop-bao/", briefing.briefing_list, name="briefing_list"),
    path("hop-bao/moi/", briefing.briefing_new, name="briefing_new"),
    path("hop-bao/<int:pk>/", briefing.briefing_detail, name="briefing_detail"),
    path("hop-bao/<int:pk>/sua/", briefing.briefing_edit, name="briefing_edit"),
    path("hop-bao/<int:pk>/tong-hop-lai/", briefing.briefing_gather, name="briefing_gather"),
    path("hop-bao/<int:pk>/buoc/<slug:step>/", briefing.briefing_step, name="briefing_step"),
    path("hop-bao/<int:pk>/tai-lieu.docx", briefing.briefing_download, name="briefing_download"),
]
