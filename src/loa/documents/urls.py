from django.urls import path

from loa.documents.views import citations, legal, legal_sheets, public, register

app_name = "documents"
own = "quan-ly-van-ban/"
urlpatterns = [
    path("van-ban/", register.document_list, name="document_list"),
    path("van-ban/<int:pk>/", register.document_detail, name="document_detail"),
    path("van-ban/<int:pk>/tep/", register.document_file, name="document_file"),
    path(own, legal.legal_list, name="legal_list"),
    path(f"{own}them/", legal.legal_add, name="legal_add"),
    path(f"{own}mau-bang/", legal_sheets.legal_export, name="legal_export"),
    path(f"{own}nhap/", legal_sheets.legal_import, name="legal_import"),
    path(f"{own}nhap/ap-dung/", legal_sheets.legal_import_apply, name="legal_import_apply"),
    path(f"{own}trich-dan/", citations.citation_list, name="citation_list"),
    path(f"{own}trich-dan/quet/", citations.citation_scan, name="citation_scan"),
    path(f"{own}<int:pk>/", legal.legal_detail, name="legal_detail"),
    path(f"{own}<int:pk>/sua/", legal.legal_change, name="legal_change"),
    path(f"{own}<int:pk>/tep/", legal.legal_file, name="legal_file"),
    path(f"{own}<int:pk>/buoc/<str:step>/", legal.legal_step, name="legal_step"),
    path(f"{own}<int:pk>/quan-he/", legal.relation_add, name="relation_add"),
    path(f"{own}quan-he/<int:pk>/sua/", legal.relation_change, name="relation_change"),
    path(f"{own}quan-he/<int:pk>/bo/", legal.relation_remove, name="relation_remove"),
    path("phap-luat/", public.public_legal_list, name="public_legal_list"),
    path("phap-luat/moi.atom", public.public_legal_feed, name="public_legal_feed"),
    path("phap-luat/<int:pk>/", public.public_legal_detail, name="public_legal_detail"),
    path("phap-luat/<int:pk>/tep/", public.public_legal_file, name="public_legal_file"),
]
