"""The public side of cases."""

from django.urls import path

from loa.feedback import views

patterns = [
    path("gop-y/theo-doi/", views.follow, name="follow"),
]
