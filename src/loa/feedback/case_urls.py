"""The staff side of cases."""

from django.urls import path

from loa.feedback import views

patterns = [
    path("phan-anh/", views.case_list, name="case_list"),
    path("phan-anh/<int:pk>/", views.case_detail, name="case_detail"),
]
