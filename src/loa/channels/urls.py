from django.urls import path

from loa.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("da-doc/", views.notice_read_all, name="notice_read_all"),
    path("<int:pk>/mo/", views.notice_open, name="notice_open"),
    path("thu-hong/<int:pk>/", views.failed_delivery_list, name="failed_delivery_list"),
    path("thu-hong/<int:pk>/gui-lai/", views.delivery_retry, name="delivery_retry"),
]
