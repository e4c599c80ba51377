from django.urls import URLPattern, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls

from loa.portal.views import events, files, sites

own: list[URLPattern] = [  # the portal's addresses that are no pages
    path("tep/<path:name>", files.public_file, name="public_file"),
    path("su-kien/<int:pk>/lich.ics", events.event_calendar, name="event_calendar"),
    path("quan-tri/trang-thanh-phan/", sites.site_list, name="site_list"),
    path("quan-tri/trang-thanh-phan/them/", sites.site_open, name="site_open"),
    path("quan-tri/trang-thanh-phan/<int:pk>/", sites.site_detail, name="site_detail"),
    path("quan-tri/trang-thanh-phan/<int:pk>/sua/", sites.site_change, name="site_change"),
]

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    path("", include(wagtail_urls)),
]
