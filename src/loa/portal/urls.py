from django.urls import URLPattern, include, path, re_path
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from loa.core.page_cache import public_page
from loa.portal.publication_urls import publication_urls

own: list[URLPattern] = [*publication_urls]  # the portal's addresses that are no pages

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    re_path(serve_pattern, public_page(serve), name="wagtail_serve"),
]
