from django.urls import path

from loa.core import views

app_name = "core"
urlpatterns = [
    path("ngon-ngu/", views.language, name="language"),
    path("han/", views.deadline_explain, name="deadline_explain"),
    path("viec-nen/<int:pk>/", views.job_detail, name="job_detail"),
]
