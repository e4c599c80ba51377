"""What reports tell whom. Party and mass bodies are asked; the words here ask everybody politely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Delegation, Membership, User, in_force
from loa.reports.models import AgencyReport, Consolidation, ReportRound

if TYPE_CHECKING:
    from loa.core.models import Entry

MANAGERS = ("focal_point", "head")


def people_of(agency_ids: Iterable[int], *roles: str) -> list[User]:
    """Who holds one of the roles today in some agencies, stand-ins of heads included. Two queries."""
    today, agencies = clock.today(), list(agency_ids)
    members = Membership.objects.filter(in_force(today), agency__in=agencies, role__in=roles).values("user")
    people = Q(pk__in=members)
    if "head" in roles:
        delegations = Delegation.objects.filter(
            agency__in=agencies, starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
        )
        people |= Q(pk__in=delegations.values("receiver"))
    return list(User.objects.filter(people, is_active=True))


def round_opened(report_round: ReportRound) -> None:
    agencies = report_round.reports.values_list("agency", flat=True)
    notify(
        people_of(agencies, *MANAGERS),
        key=f"round:{report_round.pk}:opened",
        subject=lambda: _("Please report: %(round)s") % {"round": report_round.title},
        body=lambda: _asks(report_round),
        url=reverse("reports:round_mine", args=[report_round.pk]),
    )


def _asks(report_round: ReportRound) -> str:
    day = format_date(report_round.due_on)
    words = _("Before %(day)s.") if report_round.is_due_before else _("By %(day)s at the latest.")
    prefilled = _("A draft made from your progress notes and deliverables is ready to be edited.")
    return f"{words % {'day': day}} {prefilled}"


def report_moved(report: AgencyReport, entry: Entry) -> None:
    """Tell who acts next, with the reason where a report comes back."""
    plan = report.round.plan
    receiver = plan.accepting_office_id if report.agency_id == plan.coordinator_id else plan.coordinator_id
    agencies, roles = {
        "report.hand_to_head": (report.agency_id, ("head",)),
        "report.submit": (receiver, MANAGERS),
    }.get(entry.action, (report.agency_id, MANAGERS))
    _tell(people_of([agencies], *roles), report, entry, report.agency.name)


def consolidation_moved(consolidation: Consolidation, entry: Entry) -> None:
    plan = consolidation.round.plan
    agencies, roles = {
        "consolidation.hand_to_head": ([plan.coordinator_id], ("head",)),
        "consolidation.approve": ([plan.coordinator_id], ("clerk", "focal_point")),
        "consolidation.issue": ([plan.coordinator_id, plan.accepting_office_id], MANAGERS),
    }.get(entry.action, ([plan.coordinator_id], MANAGERS))
    _tell(people_of(agencies, *roles), consolidation, entry, plan.coordinator.name)


def _tell(people: list[User], obj: AgencyReport | Consolidation, entry: Entry, agency: str) -> None:
    labels = {
        "report.hand_to_head": gettext_lazy("Waiting for your signature: %(what)s"),
        "report.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
        "report.submit": gettext_lazy("Report submitted: %(what)s"),
        "report.return_to_agency": gettext_lazy("Report returned: %(what)s"),
        "report.accept": gettext_lazy("Report accepted: %(what)s"),
        "report.reopen": gettext_lazy("Report reopened for a correction: %(what)s"),
        "consolidation.hand_to_head": gettext_lazy("Waiting for your approval: %(what)s"),
        "consolidation.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
        "consolidation.approve": gettext_lazy("Approved, to be numbered: %(what)s"),
        "consolidation.issue": gettext_lazy("Issued: %(what)s"),
    }
    what = f"{agency} – {obj.round.title}"
    notify(
        [person for person in people if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(labels[entry.action]) % {"what": what},
        body=lambda: entry.note,
        url=obj.get_absolute_url(),
    )
