from django.urls import URLPattern, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as newsroom_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as attachment_urls

from loa.portal.views.account import NewsroomAccountView

own: list[URLPattern] = []  # the portal's addresses that are no pages

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/account/", require_admin_access(NewsroomAccountView.as_view())),  # before Wagtail's own
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    path("", include(wagtail_urls)),
]
