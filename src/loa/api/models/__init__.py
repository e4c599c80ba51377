from loa.api.models.keys import ApiKey
from loa.api.models.webhooks import CaseWebhook, WebhookSending

__all__ = ["ApiKey", "CaseWebhook", "WebhookSending"]
