"""The intake: what comes in, what is decided on it, and what only one officer reads."""

from django.urls import path

from loa.feedback.views import data_requests, denunciations

patterns = [
    path("tiep-nhan/du-lieu/", data_requests.data_request_list, name="data_request_list"),
    path("tiep-nhan/du-lieu/<int:pk>/", data_requests.data_request_detail, name="data_request_detail"),
    path(
        "tiep-nhan/du-lieu/<int:pk>/<slug:step>/", data_requests.data_request_step, name="data_request_step"
    ),
    path("tiep-nhan/thu/", denunciations.own_letters, name="own_letters"),
    path("tiep-nhan/to-cao/", denunciations.denunciation_list, name="denunciation_list"),
    path("tiep-nhan/to-cao/<int:pk>/", denunciations.denunciation_detail, name="denunciation_detail"),
    path("tiep-nhan/to-cao/<int:pk>/tra-loi/", denunciations.denunciation_reply, name="denunciation_reply"),
    path("tiep-nhan/to-cao/<int:pk>/ket-thuc/", denunciations.denunciation_end, name="denunciation_end"),
    path("tiep-nhan/to-cao/tep/<int:pk>/", denunciations.denunciation_file, name="denunciation_file"),
]
