"""Letters about new answers to people without an account: asked for, confirmed by mail, one a day, ended by a click."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.channels.actions import forget_letters, write_letter
from loa.core import clock
from loa.core.text import headline
from loa.directory.models import Agency
from loa.feedback.actions.hand_over_listening import key_of_subscription
from loa.feedback.actions.intake import print_of
from loa.feedback.models import AnswerSubscription, Subject
from loa.feedback.queries.subscriptions import SALT, answers_to_tell, unconfirmed_before

CONFIRM_WITHIN = timedelta(days=3)
UNCONFIRMED = 3  # links under way to one address: nobody's box is filled by somebody else
SHOWN = 20  # answers of one letter; the rest is counted


@transaction.atomic
def subscribe(
    *,
    email: str,
    subject: Subject | None = None,
    agency: Agency | None = None,
    commune: Agency | None = None,
    language: str = "vi",
) -> AnswerSubscription:
    """Note what somebody wants to hear of; nothing is sent before the link in the letter is followed.

    What is confirmed already gets no second letter, and the page says the same: nobody learns who follows what.
    """
    email = email.strip()
    mark = print_of("email", email)
    wanted = AnswerSubscription(email_print=mark, subject=subject, agency=agency, commune=commune)
    key = key_of_subscription(wanted)
    row, _is_new = AnswerSubscription.objects.get_or_create(
        key=key,
        defaults={
            "email": email, "email_print": mark, "language": language, "subject": subject,
            "agency": agency, "commune": commune, "created_at": clock.now(),
        },
    )  # fmt: skip
    waiting = AnswerSubscription.objects.filter(email_print=mark, confirmed_at__isnull=True, pk__lt=row.pk)
    if row.confirmed_at is None and waiting.count() < UNCONFIRMED:
        _ask_to_confirm(row)
    return row


def token_of(row: AnswerSubscription) -> str:
    """What opens this subscription and no other; it holds no address."""
    return signing.dumps(row.pk, salt=SALT)


@transaction.atomic
def confirm_subscription(row: AnswerSubscription) -> bool:
    """The link was followed. False where the time for it is over."""
    if row.confirmed_at is not None:
        return True
    now = clock.now()
    if row.created_at + CONFIRM_WITHIN < now:
        return False
    AnswerSubscription.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, told_through=now
    )
    row.confirmed_at = row.told_through = now
    return True


@transaction.atomic
def end_subscription(row: AnswerSubscription) -> None:
    """Nothing of it is kept, nor, with the last one of an address, the address in letters that were sent."""
    forget_letters(keys_begin=_confirm_key(row))
    row.delete()
    if not AnswerSubscription.objects.filter(email_print=row.email_print).exists():
        forget_letters(keys_begin=f"answers:{row.email_print}:")


def purge_unconfirmed() -> int:
    """Addresses whose link was not followed in time are forgotten. Returns how many."""
    rows = list(unconfirmed_before(clock.now() - CONFIRM_WITHIN))
    for row in rows:
        end_subscription(row)
    return len(rows)


@transaction.atomic
def tell_subscriber(email_print: str, *, on: date) -> bool:
    """One letter with what is new for an address, once a day at most. False where there is nothing, or it was told."""
    rows = list(
        AnswerSubscription.objects.select_for_update()
        .filter(email_print=email_print, confirmed_at__isnull=False)
        .order_by("pk")
    )
    if not rows or any(row.told_on == on for row in rows):
        return False
    until = clock.now()
    found = answers_to_tell(rows, until=until)
    if found:
        with translation.override(rows[0].language):
            _write_news(rows, found, on=on)
    mine = AnswerSubscription.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(told_through=until, **({"told_on": on} if found else {}))
    return bool(found)


def _confirm_key(row: AnswerSubscription) -> str:
    return f"answers:confirm:{row.pk}:"


def _ask_to_confirm(row: AnswerSubscription) -> None:
    with translation.override(row.language):
        write_letter(
            key=_confirm_key(row),
            address=row.email,
            subject=_("Please confirm: e-mails about new answers"),
            body=_(
                "Somebody, probably you, asked for e-mails about: %(what)s. Open the link within three "
                "days to receive them. If you do nothing, none will come and the address is deleted."
            )
            % {"what": row.about},
            url=reverse("feedback:subscription", args=[token_of(row)]),
            language=row.language,
        )


def _write_news(rows: list[AnswerSubscription], found: list, *, on: date) -> None:
    lines = [f"• {headline(answer.title)} ({answer.agency})" for answer in found[:SHOWN]]
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        lines.append(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
    lines += ["", _("Read them, or unsubscribe with one click, on the page below.")]
    count = len(found)
    write_letter(
        key=f"answers:{rows[0].email_print}:{on.isoformat()}",
        address=rows[0].email,
        subject=ngettext("%(n)d new answer to citizens", "%(n)d new answers to citizens", count)
        % {"n": count},
        body="\n".join(lines),
        url=reverse("feedback:subscription", args=[token_of(rows[0])]),
        end_url=reverse("feedback:unsubscribe", args=[token_of(rows[0])]),
        language=rows[0].language,
    )
