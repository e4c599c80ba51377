"""A mail as it is sent: one notice, or the lines of a day's digest; text and HTML, in the languages chosen."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from loa.channels.actions.letters import letter_mail
from loa.channels.models import Delivery, MailSettings, Notice

_LANGUAGES = {"both": ("vi", "en"), "vi": ("vi",), "en": ("en",)}


@dataclass(frozen=True, slots=True)
class Line:
    subject: str
    body: str
    link: str


@dataclass(frozen=True, slots=True)
class Part:
    """The whole content in one language."""

    language: str
    subject: str
    lines: list[Line]


def message(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of a delivery with its fixed Message-ID: made again after a kill, it is the same message."""
    if delivery.letter:
        return letter_mail(delivery, delivery.letter)
    notices = [delivery.notice] if delivery.notice else list(delivery.lines.order_by("created_at", "pk"))
    wishes = getattr(delivery.person, "mail_settings", None) or MailSettings()
    parts = [_part(language, notices, delivery) for language in _LANGUAGES[wishes.language]]
    context = {
        "parts": parts,
        "is_digest": delivery.notice is None,
        "site": settings.BASE_URL,
        "settings_url": f"{settings.BASE_URL}/thong-bao/cai-dat/",
    }
    mail = EmailMultiAlternatives(
        subject=parts[0].subject,
        body=render_to_string("channels/notice.txt", context),
        to=[delivery.address],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("channels/notice_mail.html", context), "text/html")
    return mail


def _part(language: str, notices: list[Notice], delivery: Delivery) -> Part:
    lines = [
        Line(
            getattr(notice, f"subject_{language}"),
            getattr(notice, f"body_{language}").strip(),
            settings.BASE_URL + notice.url,
        )
        for notice in notices
    ]
    if delivery.notice:
        return Part(language, lines[0].subject, lines)
    with translation.override(language):
        words = ngettext("%(n)d notice of %(day)s", "%(n)d notices of %(day)s", len(lines))
        day = delivery.digest_on.strftime("%d/%m/%Y") if delivery.digest_on else ""
        return Part(language, words % {"n": len(lines), "day": day}, lines)
