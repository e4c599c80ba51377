from django.urls import path

from loa.documents.views import register as views

app_name = "documents"
urlpatterns = [
    path("", views.document_list, name="document_list"),
    path("<int:pk>/", views.document_detail, name="document_detail"),
    path("<int:pk>/tep/", views.document_file, name="document_file"),
]
