"""Dialogues: the hall that everybody sees, and the desk that runs it."""

from django.urls import path

from loa.feedback.views import hall, moderation, promises

HALL = "doi-thoai-truc-tuyen/"
DESK = "phan-anh/doi-thoai/"
patterns = [
    # for everybody
    path(HALL, hall.dialogue_list, name="dialogue_list"),
    path(f"{HALL}<int:pk>/", hall.dialogue_hall, name="dialogue_hall"),
    path(f"{HALL}<int:pk>/hoi/", hall.dialogue_ask, name="dialogue_ask"),
    path(f"{HALL}<int:pk>/cua-toi/", hall.dialogue_mine, name="dialogue_mine"),
    path(f"{HALL}<int:pk>/man-chieu/", hall.dialogue_projector, name="dialogue_projector"),
    path(f"{HALL}<int:pk>/toan-van/", hall.dialogue_transcript, name="dialogue_transcript"),
    path(f"{HALL}cau-hoi/<int:pk>/", hall.question_page, name="question_page"),
    path(f"{HALL}binh-chon/<int:pk>/", hall.poll_page, name="poll_page"),
    # for staff
    path(DESK, moderation.hall_list, name="hall_list"),
    path(f"{DESK}<int:pk>/", moderation.hall_desk, name="hall_desk"),
    path(f"{DESK}<int:pk>/tom-tat/", moderation.hall_fragment, name="hall_fragment"),
    path(f"{DESK}<int:pk>/nhap/", moderation.hall_enter, name="hall_enter"),
    path(f"{DESK}<int:pk>/binh-chon/", moderation.hall_polls, name="hall_polls"),
    path(f"{DESK}<int:pk>/bien-ban/", moderation.hall_minutes, name="hall_minutes"),
    path(f"{DESK}<int:pk>/loi-hua/", promises.promise_add, name="promise_add"),
    path(f"{DESK}<int:pk>/ho-so/", moderation.hall_attach, name="hall_attach"),
    path(f"{DESK}binh-chon/<int:pk>/<slug:step>/", moderation.poll_step, name="poll_step"),
    path(f"{DESK}cau-hoi/<int:pk>/", moderation.moderated_question, name="moderated_question"),
    path(f"{DESK}cau-hoi/<int:pk>/<slug:step>/", moderation.question_step, name="question_step"),
    path("phan-anh/loi-hua/", promises.promise_list, name="promise_list"),
    path("phan-anh/loi-hua/<int:pk>/", promises.promise_detail, name="promise_detail"),
    path("phan-anh/loi-hua/<int:pk>/nhiem-vu/", promises.promise_link, name="promise_link"),
    path("phan-anh/loi-hua/<int:pk>/giao-viec/", promises.promise_make_work, name="promise_make_work"),
    path("phan-anh/loi-hua/<int:pk>/<slug:step>/", promises.promise_step, name="promise_step"),
]
