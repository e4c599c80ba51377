from loa.api.forms.desk import KeyForm, RevokeForm, WebhookForm
from loa.api.forms.open311 import Asked, read_asked, read_report

__all__ = ["Asked", "KeyForm", "RevokeForm", "WebhookForm", "read_asked", "read_report"]
