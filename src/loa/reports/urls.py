from django.urls import path

from loa.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.round_list, name="round_list"),
    path("mo-ky/<int:pk>/", views.round_open, name="round_open"),
    path("ke-hoach/<int:pk>/", views.plan_rounds, name="plan_rounds"),
    path("nhiem-vu/<int:pk>/", views.task_reported, name="task_reported"),
    path("ky/<int:pk>/", views.round_detail, name="round_detail"),
    path("ky/<int:pk>/cua-toi/", views.round_mine, name="round_mine"),
    path("ky/<int:pk>/don-doc/", views.round_remind, name="round_remind"),
    path("ky/<int:pk>/buoc/<slug:step>/", views.round_step, name="round_step"),
    path("ky/<int:pk>/tong-hop/", views.consolidation_detail, name="consolidation_detail"),
    path("ky/<int:pk>/tong-hop/lap/", views.consolidation_draft, name="consolidation_draft"),
    path("ky/<int:pk>/tong-hop/buoc/<slug:step>/", views.consolidation_step, name="consolidation_step"),
    path("ky/<int:pk>/tong-hop/so-lieu/", views.figure_list, name="figure_list"),
    path("ky/<int:pk>/tong-hop/so-lieu/<str:key>/", views.figure_detail, name="figure_detail"),
    path("ky/<int:pk>/tong-hop/khac-biet/", views.difference_list, name="difference_list"),
    path("ky/<int:pk>/tong-hop/xem-truoc/", views.consolidation_preview, name="consolidation_preview"),
    path(
        "ky/<int:pk>/tong-hop/tai/<slug:form>/", views.consolidation_download, name="consolidation_download"
    ),
    path("ky/<int:pk>/tong-hop/ban-ky/", views.signed_copy, name="signed_copy"),
    path("ky/<int:pk>/tong-hop/ban-ky/tai/", views.signed_copy_download, name="signed_copy_download"),
    path("ky/<int:pk>/tong-hop/them-cau/", views.sentence_add, name="sentence_add"),
    path("cau/<int:pk>/", views.sentence_edit, name="sentence_edit"),
    path("cau/<int:pk>/lam/", views.sentence_act, name="sentence_act"),
    path("don-vi/<int:pk>/", views.report_detail, name="report_detail"),
    path("don-vi/<int:pk>/soan/", views.report_edit, name="report_edit"),
    path("don-vi/<int:pk>/luu/", views.report_save, name="report_save"),
    path("don-vi/<int:pk>/dong/<int:line_pk>/", views.line_refresh, name="line_refresh"),
    path("don-vi/<int:pk>/buoc/<slug:step>/", views.report_step, name="report_step"),
    path("don-vi/<int:pk>/tai/<slug:form>/", views.report_download, name="report_download"),
]
