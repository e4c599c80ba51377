"""What the press and radio desk tells people. Texts are made once per language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from loa.campaigns.models import PressAgreement, Script
from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Membership, User, in_force

MANAGERS = ("focal_point", "head", "editor")


def people_of(agency_id: int, *roles: str) -> list[User]:
    held = Membership.objects.filter(in_force(clock.today()), agency=agency_id, role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))


def tell_agreement_ends(agreement: Any) -> None:
    """Once, to those who keep the agency's agreements; says what is still missing."""
    missing = max(agreement.promised_count - agreement.published_count, 0)
    words = {
        "subject": agreement.subject,
        "body": agreement.press_body.name,
        "date": format_date(agreement.ends_on),
        "published": agreement.published_count,
        "promised": agreement.promised_count,
        "missing": missing,
    }

    def body() -> str:
        lines = [_("%(subject)s, with %(body)s, ends on %(date)s.") % words]
        if agreement.promised_count:
            lines.append(_("Published %(published)s of %(promised)s, %(missing)s still missing.") % words)
        return "\n".join(lines)

    notify(
        people_of(agreement.agency_id, *MANAGERS),
        key=f"press_agreement.ends:{agreement.pk}:{agreement.ends_on.isoformat()}",
        subject=lambda: _("The agreement with %(body)s ends on %(date)s") % words,
        body=body,
        url=PressAgreement(pk=agreement.pk).get_absolute_url(),
    )


def tell_script_waits(script: Script, *, by: User) -> None:
    """A checked script waits for who may approve it."""
    people = [
        person
        for person in people_of(script.agency_id, "head", "approver")
        if person.pk not in {by.pk, script.writer_id}
    ]
    _tell(script, people, "ask_approval", lambda: _("To approve: %(title)s") % {"title": script.title})


def tell_script_returned(script: Script, *, note: str, by: User) -> None:
    if script.writer_id != by.pk:
        words = {"title": script.title}
        _tell(script, [script.writer], "return", lambda: _("Returned: %(title)s") % words, note)


def tell_script_approved(script: Script, *, by: User) -> None:
    if script.writer_id != by.pk:
        words = {"title": script.title}
        _tell(script, [script.writer], "approve", lambda: _("Approved: %(title)s") % words)


def _tell(script: Script, people: list[User], verb: str, subject: Any, note: str = "") -> None:
    notify(
        people,
        key=f"script.{verb}:{script.pk}:{script.saved_at.timestamp():.0f}:{clock.now().timestamp():.0f}",
        subject=subject,
        body=lambda: note or script.agency.name,
        url=script.get_absolute_url(),
    )
