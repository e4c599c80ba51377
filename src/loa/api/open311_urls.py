"""Open311 GeoReport v2: every address ends in its format."""

from django.urls import re_path

from loa.api.views import open311 as views

app_name = "open311"
_FORM = r"\.(?P<form>json|xml)\Z"
urlpatterns = [
    re_path(r"^(?:v2/)?discovery" + _FORM, views.discovery, name="discovery"),
    re_path(r"^v2/services" + _FORM, views.services, name="services"),
    re_path(r"^v2/services/(?P<code>[^/]+)" + _FORM, views.service, name="service"),
    re_path(r"^v2/tokens/(?P<token>[^/]+)" + _FORM, views.token, name="token"),
    re_path(r"^v2/requests" + _FORM, views.requests, name="requests"),
    re_path(r"^v2/requests/(?P<code>[^/]+)/updates" + _FORM, views.request_updates, name="request_updates"),
    re_path(r"^v2/requests/(?P<code>[^/]+)" + _FORM, views.request_detail, name="request"),
    re_path(r"^(?P<rest>.*)$", views.nothing, name="nothing"),
]
