"""Keys of other systems and the systems of agencies, for staff."""

from django.urls import path

from loa.api.views import keys, webhooks

app_name = "connect"
urlpatterns = [
    path("khoa/", keys.key_list, name="key_list"),
    path("khoa/them/", keys.key_add, name="key_add"),
    path("khoa/<int:pk>/", keys.key_detail, name="key_detail"),
    path("khoa/<int:pk>/thu-hoi/", keys.key_revoke, name="key_revoke"),
    path("he-thong/", webhooks.webhook_list, name="webhook_list"),
    path("he-thong/them/", webhooks.webhook_add, name="webhook_add"),
    path("he-thong/<int:pk>/", webhooks.webhook_detail, name="webhook_detail"),
    path("he-thong/<int:pk>/sua/", webhooks.webhook_edit, name="webhook_edit"),
    path("he-thong/<int:pk>/khoa-ky/", webhooks.webhook_secret, name="webhook_secret"),
    path("he-thong/<int:pk>/thu/", webhooks.webhook_ping, name="webhook_ping"),
    path("he-thong/<int:pk>/gui-lai/", webhooks.webhook_retry, name="webhook_retry"),
    path("he-thong/<int:pk>/go/", webhooks.webhook_remove, name="webhook_remove"),
    path("quan-tri/<int:pk>/", keys.connections, name="connections"),
]
