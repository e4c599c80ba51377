"""Sending and telling after commit. Safe to run twice: a step that somebody else has taken is left to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from loa.channels import queries
from loa.channels.actions import notify, send_delivery
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Delegation


def send_deliveries(keys: list[int]) -> None:
    """What still waits of some deliveries; what another worker is sending is left to it."""
    for delivery in queries.unsent_deliveries(clock.now()).filter(pk__in=keys):
        send_delivery(delivery)


def tell_delegation(delegation_pk: int) -> None:
    """The receiver learns for whom and until when, or that it is taken back; the giver where another took it back."""
    delegation = Delegation.objects.select_related("agency", "giver", "receiver").get(pk=delegation_pk)
    is_over = delegation.withdrawn_at is not None
    words = {
        "head": delegation.giver,
        "person": delegation.receiver,
        "agency": delegation.agency,
        "first": format_date(delegation.starts_on),
        "last": format_date(delegation.ends_on),
    }
    notify(
        [delegation.receiver, *([delegation.giver] if is_over else [])],
        key=f"delegation.{'withdraw' if is_over else 'give'}:{delegation.pk}",
        subject=lambda: (
            _("%(person)s no longer acts for %(head)s") % words
            if is_over
            else _("You act for %(head)s from %(first)s to %(last)s") % words
        ),
        body=lambda: f"{words['agency']}. {delegation.reason}",
        url=reverse("directory:delegation_list"),
    )
