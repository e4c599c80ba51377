"""The intake: what comes in, what is decided on it, and what only one officer reads."""

from django.urls import path

from loa.feedback.views import (
    administration,
    data_requests,
    denunciations,
    elsewhere,
    entry,
    intake,
    quality,
    routing,
)

patterns = [
    path("tiep-nhan/du-lieu/", data_requests.data_request_list, name="data_request_list"),
    path("tiep-nhan/du-lieu/<int:pk>/", data_requests.data_request_detail, name="data_request_detail"),
    path(
        "tiep-nhan/du-lieu/<int:pk>/<slug:step>/", data_requests.data_request_step, name="data_request_step"
    ),
    path("tiep-nhan/", intake.intake_queue, name="intake_queue"),
    path("tiep-nhan/nhap/", entry.case_enter, name="case_enter"),
    path("tiep-nhan/<int:pk>/", intake.intake_case, name="intake_case"),
    path("tiep-nhan/<int:pk>/tu-choi/", elsewhere.intake_refuse, name="intake_refuse"),
    path("tiep-nhan/<int:pk>/huong-dan/<slug:route>/", elsewhere.intake_guide, name="intake_guide"),
    path("tiep-nhan/<int:pk>/tach-rieng/", elsewhere.intake_isolate, name="intake_isolate"),
    path("tiep-nhan/<int:pk>/gop/<int:other>/", elsewhere.intake_merge, name="intake_merge"),
    path("tiep-nhan/goi-y/", quality.suggestion_quality, name="suggestion_quality"),
    path("tiep-nhan/quy-tac/", routing.routing_list, name="routing_list"),
    path("tiep-nhan/quy-tac/them/", routing.routing_add, name="routing_add"),
    path("tiep-nhan/quy-tac/<int:pk>/", routing.routing_edit, name="routing_edit"),
    path("tiep-nhan/quy-tac/<int:pk>/chuyen/<slug:where>/", routing.routing_move, name="routing_move"),
    path("tiep-nhan/quy-tac/<int:pk>/bo/", routing.routing_end, name="routing_end"),
    path("tiep-nhan/linh-vuc/", administration.subject_list, name="subject_list"),
    path("tiep-nhan/linh-vuc/them/", administration.subject_add, name="subject_add"),
    path("tiep-nhan/linh-vuc/<int:pk>/", administration.subject_edit, name="subject_edit"),
    path("tiep-nhan/can-cu/", administration.ground_list, name="ground_list"),
    path("tiep-nhan/can-cu/them/", administration.ground_add, name="ground_add"),
    path("tiep-nhan/can-cu/<int:pk>/", administration.ground_edit, name="ground_edit"),
    path("tiep-nhan/dau-moi/", administration.desk_list, name="desk_list"),
    path("tiep-nhan/dau-moi/them/", administration.desk_add, name="desk_add"),
    path("tiep-nhan/dau-moi/<int:pk>/", administration.desk_edit, name="desk_edit"),
    path("tiep-nhan/thu/", denunciations.own_letters, name="own_letters"),
    path("tiep-nhan/to-cao/", denunciations.denunciation_list, name="denunciation_list"),
    path("tiep-nhan/to-cao/<int:pk>/", denunciations.denunciation_detail, name="denunciation_detail"),
    path("tiep-nhan/to-cao/<int:pk>/tra-loi/", denunciations.denunciation_reply, name="denunciation_reply"),
    path("tiep-nhan/to-cao/<int:pk>/ket-thuc/", denunciations.denunciation_end, name="denunciation_end"),
    path("tiep-nhan/to-cao/tep/<int:pk>/", denunciations.denunciation_file, name="denunciation_file"),
]
