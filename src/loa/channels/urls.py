from django.urls import path

from loa.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("da-doc/", views.notice_read_all, name="notice_read_all"),
    path("<int:pk>/mo/", views.notice_open, name="notice_open"),
]
