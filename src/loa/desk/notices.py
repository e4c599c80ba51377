"""What a reorganisation tells whom: new roles to people, received work to those who answer for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.desk.models import BriefingPack
from loa.directory.models import Agency, Membership, ReorganisationDecision, User, in_force

if TYPE_CHECKING:
    from loa.channels.models import Notice

MANAGERS = (Membership.Role.FOCAL_POINT, Membership.Role.HEAD)


def tell_received(decision: ReorganisationDecision, agency: Agency, count: int) -> list[Notice]:
    """The focal points and heads of the day, who find the work on a list of its own."""
    held = Membership.objects.filter(in_force(decision.on), agency=agency, role__in=MANAGERS)
    address = f"{reverse('desk:hand_over_list')}?decision={decision.pk}"

    def subject() -> str:
        words = {"agency": agency.name}
        if agency.is_political:
            return _("%(agency)s is kindly asked to carry on work of another body") % words
        return _("%(agency)s carries on work of another body") % words

    def body() -> str:
        counted = ngettext("%(n)d thing was passed on.", "%(n)d things were passed on.", count) % {"n": count}
        return f"{decision.number}, {format_date(decision.on)}. {counted}"

    return notify(
        User.objects.filter(pk__in=held.values("user"), is_active=True),
        key=f"reorganisation:{decision.pk}:work:{agency.pk}",
        subject=subject,
        body=body,
        url=address,
    )


def tell_new_roles(decision: ReorganisationDecision, agency: Agency, people: Iterable[User]) -> list[Notice]:
    return notify(
        people,
        key=f"reorganisation:{decision.pk}:role:{agency.pk}",
        subject=lambda: _("You now act for %(agency)s") % {"agency": agency.name},
        body=lambda: (
            _("%(decision)s, from %(day)s. What you had in hand is found under this agency.")
            % {"decision": decision.number, "day": format_date(decision.on)}
        ),
        url=reverse("desk:mine"),
    )


def tell_waiting(decision: ReorganisationDecision, day: date) -> list[Notice]:
    """To every administrator: the day has come and the decision could not be applied."""
    held = Membership.objects.filter(in_force(day), role=Membership.Role.ADMINISTRATOR)
    return notify(
        User.objects.filter(pk__in=held.values("user"), is_active=True),
        key=f"reorganisation:{decision.pk}:waiting:{decision.version}",
        subject=lambda: _("The decision %(number)s waits for you") % {"number": decision.number},
        body=lambda: decision.problem,
        url=decision.get_absolute_url(),
    )


def tell_in_charge(officer: User, leaver: User, count: int, key: str) -> list[Notice]:
    return notify(
        [officer],
        key=key,
        subject=lambda: _("You are in charge of what %(person)s leaves") % {"person": leaver},
        body=lambda: ngettext("%(n)d task", "%(n)d tasks", count) % {"n": count},
        url=reverse("desk:mine"),
    )


def tell_briefing_decided(pack: BriefingPack, step: str, *, note: str, by: User) -> None:
    """Who made the pack learns that it is approved or why it came back."""
    if pack.by_id == by.pk:
        return
    words = {"title": pack.title}

    def subject() -> str:
        if step == "approve":
            return _("Approved: %(title)s") % words
        return _("Returned: %(title)s") % words

    notify(
        [pack.by],
        key=f"briefing.{'approve' if step == 'approve' else 'return'}:{pack.pk}:{clock.now().timestamp():.0f}",
        subject=subject,
        body=lambda: note or pack.plan.number,
        url=pack.get_absolute_url(),
    )
