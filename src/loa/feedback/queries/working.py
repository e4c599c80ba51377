"""What waits for whom in the work with cases, and by when what runs out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.counted_days import count_day
from loa.core.deadlines import CalendarRangeError
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.directory.models import Agency, Membership, User, in_force
from loa.feedback.models import Case, CaseShare
from loa.feedback.queries.figures import overdue_on
from loa.feedback.queries.visible import cases_visible_to
from loa.feedback.rules import MANAGERS, WORKERS
from loa.feedback.states import AGENCY_STATES, INTAKE_STATES, OPEN_STATES

SOON_DAYS = 5  # within which an answer is due soon; a matter of display, not of law
_SHARED_STATES = ("assigned", "answering")  # while others may be asked for a part


def colleagues_on(agency: Agency | None, day: date) -> QuerySet[User]:
    """Who may be put in charge in an agency on a day."""
    held = Membership.objects.filter(in_force(day), agency=agency, role__in=WORKERS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("sort_name")


def agencies_on(day: date) -> QuerySet[Agency]:
    """The bodies that exist on a day: where a case may be sent."""
    return Agency.objects.filter(in_force(day))


def cases_waiting_for(user: Any) -> QuerySet[Case]:
    """What this person can move now: the intake's own, the agency's to take on, one's own drafts, the head's."""
    hat = getattr(user, "hat", None)
    rows = cases_visible_to(user)
    if hat is None or not hat.holds(*WORKERS):
        return rows.none()
    wanted = Q(intake=hat.agency, state__in=(*INTAKE_STATES, "approved"))
    wanted |= Q(agency=hat.agency, officer=user, state="answering", waiting_since__isnull=True)
    if hat.holds(*MANAGERS):
        wanted |= Q(agency=hat.agency, state="assigned")
    if hat.holds("head"):
        wanted |= Q(agency=hat.agency, state="with_head")
    return rows.filter(wanted)


def shares_waiting_for(user: Any) -> QuerySet[CaseShare]:
    """Parts of joint answers that this person's agency is asked for."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*WORKERS):
        return CaseShare.objects.none()
    rows = CaseShare.objects.filter(agency=hat.agency, state="asked", case__state__in=AGENCY_STATES)
    return rows.select_related("case__agency", "agency").order_by("due_on", "pk")


def cases_of_agency(user: Any) -> QuerySet[Case]:
    """What the hat's agency has now."""
    hat = getattr(user, "hat", None)
    rows = cases_visible_to(user)
    return rows.filter(agency=hat.agency) if hat else rows.none()


def cases_of_intake(user: Any) -> QuerySet[Case]:
    """What the hat's agency took in."""
    hat = getattr(user, "hat", None)
    rows = cases_visible_to(user)
    return rows.filter(intake=hat.agency) if hat else rows.none()


def due_soon_on(today: date) -> Q:
    """Open and due within some days; one whose asker is awaited is not."""
    last = today + timedelta(days=SOON_DAYS)
    return Q(state__in=OPEN_STATES, due_on__gte=today, due_on__lte=last, waiting_since__isnull=True)


def is_overdue(case: Case, today: date) -> bool:
    """The same as `overdue_on`, of one case."""
    if case.state not in OPEN_STATES or case.due_on is None or case.due_on >= today:
        return False
    return case.waiting_since is None or case.due_on < case.waiting_since


def standing(rows: QuerySet[Case], how: str, today: date) -> QuerySet[Case]:
    """Cases that are "late", due "soon", "held" for the asker, or in "time"."""
    if how == "late":
        return rows.filter(overdue_on(today))
    if how == "soon":
        return rows.filter(due_soon_on(today))
    if how == "held":
        return rows.filter(state__in=OPEN_STATES, waiting_since__isnull=False)
    return rows.filter(state__in=OPEN_STATES).exclude(overdue_on(today))


def why_no_share(case: Case, agency: Agency) -> str:
    """Why an agency cannot be asked for a part; "" where it can."""
    if case.state not in _SHARED_STATES:
        return _("Parts are asked for while the answer is being written.")
    if agency.pk == case.agency_id:
        return _("This agency answers the case itself.")
    if agency.valid_to and agency.valid_to < clock.today():
        return _("%(agency)s no longer exists: choose the body that followed.") % {"agency": agency}
    return ""


def waits_until(case: Case) -> date | None:
    """The last day on which a reply of the asker is awaited; none where nothing is awaited or no text says so."""
    if case.waiting_since is None:
        return None
    return _last_day("feedback.information", case.waiting_since)


def closes_on(case: Case) -> date | None:
    """The last day on which an answered case stays open to its asker."""
    if case.answered_at is None:
        return None
    return _last_day("feedback.close", clock.day_of(case.answered_at))


def _last_day(code: str, start: date) -> date | None:
    try:
        rule: RuleInForce = rule_on(code, start)
        if "working_days" in rule.values:
            return count_day(start, working_days=rule.values["working_days"])
    except (MissingRuleError, CalendarRangeError):
        return None
    return start + timedelta(days=rule.values["days"])


def awaited_cases() -> QuerySet[Case]:
    """Whose asker was asked something and has not replied."""
    return Case.objects.filter(waiting_since__isnull=False).order_by("pk")


def unclosed_cases() -> QuerySet[Case]:
    """Answered and not closed yet."""
    return Case.objects.filter(
        state__in=("answered", "published", "rated"), answered_at__isnull=False
    ).order_by("pk")


def by_due(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The most urgent first, what has no day last."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
