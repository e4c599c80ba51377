from django.urls import path

from loa.desk import views
from loa.desk.views import departure, reorganisation

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("viec-cua-toi/", views.mine, name="mine"),
    path("tim-kiem/", views.search_all, name="search"),
    path("sap-xep-bo-may/", reorganisation.decision_list, name="decision_list"),
    path("sap-xep-bo-may/da-chuyen/", reorganisation.hand_over_list, name="hand_over_list"),
    path("sap-xep-bo-may/<int:pk>/", reorganisation.decision_detail, name="decision_detail"),
    path("sap-xep-bo-may/<int:pk>/chay-thu/", reorganisation.decision_rehearse, name="decision_rehearse"),
    path("sap-xep-bo-may/<int:pk>/tac-dong/", reorganisation.effect_list, name="effect_list"),
    path("sap-xep-bo-may/<int:pk>/van-ban/", reorganisation.decision_paper, name="decision_paper"),
    path("sap-xep-bo-may/<int:pk>/buoc/<str:step>/", reorganisation.decision_step, name="decision_step"),
    path("sap-xep-bo-may/viec/<int:pk>/", reorganisation.work_share, name="work_share"),
    path("nguoi-dung/<int:pk>/roi-co-quan/", departure.departure, name="departure"),
]
