"""Addresses of the newsroom beside Wagtail's own: contributions, assignments, urgent releases, the calendar."""

from django.urls import path

from loa.portal.views import assignments, calendar, contributions, dialogues, newsroom

newsroom_pages = [
    path("cong-tac-vien/", contributions.contribution_list, name="contribution_list"),
    path("cong-tac-vien/viet/", contributions.contribution_new, name="contribution_new"),
    path("cong-tac-vien/<int:pk>/", contributions.contribution_detail, name="contribution_detail"),
    path("cong-tac-vien/<int:pk>/bo/", contributions.contribution_throw_away, name="contribution_throw_away"),
    path(
        "cong-tac-vien/<int:pk>/ghi-am/", contributions.contribution_recording, name="contribution_recording"
    ),
    path("cong-tac-vien/anh/<int:pk>/", contributions.photo_file, name="photo_file"),
    path("cong-tac-vien/anh/<int:pk>/bo/", contributions.photo_remove, name="photo_remove"),
    path("quan-ly-tin-bai/giao-viet/", assignments.news_assignment_list, name="news_assignment_list"),
    path("quan-ly-tin-bai/giao-viet/them/", assignments.news_assignment_give, name="news_assignment_give"),
    path(
        "quan-ly-tin-bai/giao-viet/<int:pk>/",
        assignments.news_assignment_detail,
        name="news_assignment_detail",
    ),
    path(
        "quan-ly-tin-bai/giao-viet/<int:pk>/viet/",
        assignments.news_assignment_begin,
        name="news_assignment_begin",
    ),
    path(
        "quan-ly-tin-bai/giao-viet/<int:pk>/buoc/<str:step>/",
        assignments.news_assignment_step,
        name="news_assignment_step",
    ),
    path("quan-ly-tin-bai/nhiem-vu/<int:pk>/", assignments.task_news, name="task_news"),
    path("quan-ly-tin-bai/doi-thoai/<int:pk>/", dialogues.dialogue_story, name="dialogue_story"),
    path("quan-ly-tin-bai/dang-khan/", newsroom.urgent_list, name="urgent_list"),
    path("quan-ly-tin-bai/dang-khan/<int:pk>/", newsroom.urgent_detail, name="urgent_detail"),
    path("quan-ly-tin-bai/dang-khan/<int:pk>/buoc/<str:step>/", newsroom.urgent_step, name="urgent_step"),
    path("quan-ly-tin-bai/can-ra-soat/", newsroom.review_list, name="review_list"),
    path("quan-ly-tin-bai/<int:pk>/dang-khan/", newsroom.story_release, name="story_release"),
    path("quan-ly-tin-bai/<int:pk>/go-xuong/", newsroom.story_take_down, name="story_take_down"),
    path("quan-ly-tin-bai/<int:pk>/lich-su/", newsroom.story_history, name="story_history"),
    path("quan-ly-tin-bai/<int:pk>/phat-thanh/", newsroom.story_script, name="story_script"),
    path("lich-bien-tap/", calendar.editorial_calendar, name="editorial_calendar"),
    path("lich-bien-tap/lich.ics", calendar.editorial_calendar_file, name="editorial_calendar_file"),
]
