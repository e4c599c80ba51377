from django.urls import path

from loa.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("viec-cua-toi/", views.mine, name="mine"),
    path("tim-kiem/", views.search_all, name="search"),
]
