from django.urls import path

from loa.core import views

app_name = "core"
urlpatterns = [
    path("ngon-ngu/", views.language, name="language"),
    path("han/", views.deadline_explain, name="deadline_explain"),
    path("lich-lam-viec/", views.calendar_list, name="calendar_list"),
    path("lich-lam-viec/them/", views.day_add, name="day_add"),
    path("lich-lam-viec/ngay/<int:pk>/", views.day_detail, name="day_detail"),
    path("lich-lam-viec/ngay/<int:pk>/sua/", views.day_change, name="day_change"),
    path("lich-lam-viec/ngay/<int:pk>/bo/", views.day_remove, name="day_remove"),
    path("lich-lam-viec/thay-doi/", views.calendar_change_list, name="calendar_change_list"),
    path("lich-lam-viec/thay-doi/<int:pk>/", views.calendar_change, name="calendar_change"),
    path("lich-lam-viec/nhap/", views.calendar_import, name="calendar_import"),
    path("lich-lam-viec/nhap/xac-nhan/", views.calendar_import_apply, name="calendar_import_apply"),
    path("quy-dinh-thoi-han/", views.rule_list, name="rule_list"),
    path("quy-dinh-thoi-han/xuat/", views.rule_export, name="rule_export"),
    path("quy-dinh-thoi-han/nhap/", views.rule_import, name="rule_import"),
    path("quy-dinh-thoi-han/nhap/xac-nhan/", views.rule_import_apply, name="rule_import_apply"),
    path("quy-dinh-thoi-han/<int:pk>/", views.rule_detail, name="rule_detail"),
    path("quy-dinh-thoi-han/<int:pk>/phien-ban-moi/", views.rule_add, name="rule_add"),
    path("quy-dinh-thoi-han/<int:pk>/sua/", views.rule_correct, name="rule_correct"),
    path("song/<str:topic>/", views.live, name="live"),
    path("song/<str:topic>/tu/<int:since>/", views.live_since, name="live_since"),
    path("viec-nen/", views.job_list, name="job_list"),
    path("viec-nen/<int:pk>/", views.job_detail, name="job_detail"),
    path("viec-nen/<int:pk>/<str:step>/", views.job_step, name="job_step"),
    path("viec-nen/hong/<str:pk>/thu-lai/", views.failed_work_retry, name="failed_work_retry"),
    path("viec-nen/hong/<str:pk>/bo/", views.failed_work_forget, name="failed_work_forget"),
]
