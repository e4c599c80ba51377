from django.urls import URLPattern, include, path, re_path
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from loa.core.page_cache import public_page
from loa.portal.newsroom_urls import newsroom_pages
from loa.portal.publication_urls import publication_urls
from loa.portal.transparency_urls import transparency_urls
from loa.portal.views import counts, events, feeds, files, search, sites

own: list[URLPattern] = [  # the portal's addresses that are no pages
    *newsroom_pages,
    *publication_urls,
    *transparency_urls,
    path("tep/<path:name>", files.public_file, name="public_file"),
    path("tim-kiem/", search.search, name="search"),
    path("tin-moi/", feeds.feed_list, name="feed_list"),
    path("tin-moi/atom.xml", feeds.story_atom, name="story_atom"),
    path("tin-moi/rss.xml", feeds.story_rss, name="story_rss"),
    path("tin-moi/<slug:what>/<slug:key>/atom.xml", feeds.story_atom, name="story_atom_of"),
    path("tin-moi/<slug:what>/<slug:key>/rss.xml", feeds.story_rss, name="story_rss_of"),
    path("su-kien/lich.ics", feeds.events_calendar, name="events_calendar"),
    path("sitemap.xml", feeds.site_map, name="site_map"),
    path("sitemap-<slug:section>.xml", feeds.site_map, name="site_map_section"),
    path("robots.txt", feeds.robots, name="robots"),
    path("luot-doc/", counts.reading_list, name="reading_list"),
    path("luot-doc/<int:pk>/", counts.count_reading, name="count_reading"),
    path("su-kien/<int:pk>/lich.ics", events.event_calendar, name="event_calendar"),
    path("quan-tri/trang-thanh-phan/", sites.site_list, name="site_list"),
    path("quan-tri/trang-thanh-phan/them/", sites.site_open, name="site_open"),
    path("quan-tri/trang-thanh-phan/<int:pk>/", sites.site_detail, name="site_detail"),
    path("quan-tri/trang-thanh-phan/<int:pk>/sua/", sites.site_change, name="site_change"),
]

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    re_path(r"^tep-dinh-kem/(\d+)/(.*)$", files.attachment_file, name="wagtaildocs_serve"),
    path("tep-dinh-kem/", include(attachment_urls)),
    re_path(serve_pattern, public_page(serve), name="wagtail_serve"),
]
