"""Addresses of publications: the public's, the desk's, and those of sending them out."""

from django.urls import path

from loa.portal.views import dispatches, publication_desk, publications

publication_urls = [
    path("an-pham/", publications.publication_list, name="publication_list"),
    path("an-pham/<int:pk>/", publications.publication_detail, name="publication_detail"),
    path("an-pham/<int:pk>/doc/", publications.publication_text, name="publication_text"),
    path("an-pham/tep/<int:pk>/", publications.publication_download, name="publication_download"),
    path("toa-soan-an-pham/", publication_desk.desk_list, name="publication_desk_list"),
    path("toa-soan-an-pham/them/", publication_desk.desk_add, name="publication_desk_add"),
    path("toa-soan-an-pham/<int:pk>/", publication_desk.desk, name="publication_desk"),
    path("toa-soan-an-pham/<int:pk>/sua/", publication_desk.desk_edit, name="publication_desk_edit"),
    path("toa-soan-an-pham/<int:pk>/tep/", publication_desk.file_add, name="publication_file_add"),
    path(
        "toa-soan-an-pham/<int:pk>/buoc/<slug:step>/",
        publication_desk.desk_step,
        name="publication_desk_step",
    ),
    path("toa-soan-an-pham/tep/<int:pk>/", publication_desk.file_fetch, name="publication_file_fetch"),
    path("toa-soan-an-pham/tep/<int:pk>/bo/", publication_desk.file_drop, name="publication_file_drop"),
    path("toa-soan-an-pham/<int:pk>/phat-hanh/", dispatches.dispatch_add, name="dispatch_add"),
    path("toa-soan-an-pham/dot/<int:pk>/", dispatches.dispatch_detail, name="dispatch_detail"),
    path("toa-soan-an-pham/dot/<int:pk>/sua/", dispatches.dispatch_edit, name="dispatch_edit"),
    path("toa-soan-an-pham/dot/<int:pk>/noi-nhan/", dispatches.line_add, name="dispatch_line_add"),
    path("toa-soan-an-pham/dot/<int:pk>/giay/", dispatches.paper_receipts, name="dispatch_paper_receipts"),
    path("toa-soan-an-pham/dot/<int:pk>/bien-ban.docx", dispatches.dispatch_sheet, name="dispatch_sheet"),
    path("toa-soan-an-pham/dot/<int:pk>/buoc/<slug:step>/", dispatches.dispatch_step, name="dispatch_step"),
    path("toa-soan-an-pham/noi-nhan/<int:pk>/bo/", dispatches.line_remove, name="dispatch_line_remove"),
    path("toa-soan-an-pham/nhan/", dispatches.parcel_list, name="parcel_list"),
    path("toa-soan-an-pham/nhan/<int:pk>/", dispatches.parcel_detail, name="parcel_detail"),
]
