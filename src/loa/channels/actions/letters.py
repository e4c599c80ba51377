"""Mail to people without an account: a citizen who left an address."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from loa.channels.actions.telling import message_id
from loa.channels.models import Delivery, Letter
from loa.core import clock
from loa.core.queue import later


@transaction.atomic
def write_letter(
    *,
    key: str,
    address: str,
    subject: str,
    body: str,
    url: str = "",
    end_url: str = "",
    language: str = "vi",
) -> Letter:
    """Put a mail into the outbox, once for each key; it leaves after the commit."""
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "language": language,
            "subject": subject[:300],
            "body": body,
            "url": url,
            "end_url": end_url,
            "created_at": clock.now(),
        },
    )
    if is_new:
        delivery = Delivery.objects.create(letter=letter, message_id=message_id(), created_at=clock.now())
        later("loa.channels.jobs.send_deliveries", [delivery.pk])
    return letter


def _one_click(letter: Letter) -> dict[str, str]:
    """What a mail program needs for a button that ends such letters (RFC 8058)."""
    if not letter.end_url:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.BASE_URL}{letter.end_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def letter_mail(delivery: Delivery, letter: Letter) -> EmailMultiAlternatives:
    """The mail of a letter with its fixed Message-ID."""
    context = {"letter": letter, "link": settings.BASE_URL + letter.url if letter.url else ""}
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("channels/letter.txt", context),
        to=[letter.address],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            **_one_click(letter),
        },
    )
    mail.attach_alternative(render_to_string("channels/letter_mail.html", context), "text/html")
    return mail
