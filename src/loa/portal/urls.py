from django.urls import URLPattern, include, path, re_path
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from loa.core.page_cache import public_page
from loa.portal.views import assignments, calendar, contributions, events, files, newsroom, sites

own: list[URLPattern] = [  # the portal's addresses that are no pages
    path("tep/<path:name>", files.public_file, name="public_file"),
    path("su-kien/<int:pk>/lich.ics", events.event_calendar, name="event_calendar"),
    path("quan-tri/trang-thanh-phan/", sites.site_list, name="site_list"),
    path("quan-tri/trang-thanh-phan/them/", sites.site_open, name="site_open"),
    path("quan-tri/trang-thanh-phan/<int:pk>/", sites.site_detail, name="site_detail"),
    path("quan-tri/trang-thanh-phan/<int:pk>/sua/", sites.site_change, name="site_change"),
    path("cong-tac-vien/", contributions.contribution_list, name="contribution_list"),
    path("cong-tac-vien/viet/", contributions.contribution_new, name="contribution_new"),
    path("cong-tac-vien/<int:pk>/", contributions.contribution_detail, name="contribution_detail"),
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
    path("quan-ly-tin-bai/dang-khan/", newsroom.urgent_list, name="urgent_list"),
    path("quan-ly-tin-bai/dang-khan/<int:pk>/", newsroom.urgent_detail, name="urgent_detail"),
    path("quan-ly-tin-bai/dang-khan/<int:pk>/buoc/<str:step>/", newsroom.urgent_step, name="urgent_step"),
    path("quan-ly-tin-bai/can-ra-soat/", newsroom.review_list, name="review_list"),
    path("quan-ly-tin-bai/<int:pk>/dang-khan/", newsroom.story_release, name="story_release"),
    path("quan-ly-tin-bai/<int:pk>/go-xuong/", newsroom.story_take_down, name="story_take_down"),
    path("quan-ly-tin-bai/<int:pk>/lich-su/", newsroom.story_history, name="story_history"),
    path("lich-bien-tap/", calendar.editorial_calendar, name="editorial_calendar"),
    path("lich-bien-tap/lich.ics", calendar.editorial_calendar_file, name="editorial_calendar_file"),
]

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    re_path(serve_pattern, public_page(serve), name="wagtail_serve"),
]
