from django.urls import URLPattern, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls

from loa.portal.publication_urls import publication_urls

own: list[URLPattern] = [*publication_urls]  # the portal's addresses that are no pages

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    path("", include(wagtail_urls)),
]
