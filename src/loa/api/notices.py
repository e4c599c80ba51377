"""Who learns that another system can no longer be told."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from loa.api.models import WebhookSending
from loa.channels.actions import notify
from loa.core import clock
from loa.directory.models import Membership, User, in_force


def tell_given_up(sending: WebhookSending) -> None:
    """The administrators and the agency's managers, once a day for each system."""
    webhook, today = sending.webhook, clock.today()
    roles = Q(role="administrator") | Q(role__in=("focal_point", "head"), agency=webhook.agency)
    held = Membership.objects.filter(in_force(today), roles)
    words = {"agency": str(webhook.agency), "url": webhook.url}
    notify(
        User.objects.filter(pk__in=held.values("user"), is_active=True),
        key=f"case_webhook.given_up:{webhook.pk}:{today.isoformat()}",
        subject=lambda: _("%(agency)s's system is no longer notified of its cases") % words,
        body=lambda: (
            _("%(url)s did not accept what was sent, at any attempt. Please check that it is running.")
            % words
        ),
        url=webhook.get_absolute_url(),
        kind="returned",
    )
