"""What reports tell whom. Party and mass bodies are asked; the words here ask everybody politely."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Delegation, Membership, User, in_force
from loa.plans.models import Plan
from loa.reports.models import AgencyReport, Consolidation, ReportComment, ReportExtension, ReportRound
from loa.reports.states import NOT_OWED_STATES

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


def _asks(report_round: ReportRound, *, prefilled: bool = True) -> str:
    day = format_date(report_round.due_on)
    words = _("Before %(day)s.") if report_round.is_due_before else _("By %(day)s at the latest.")
    ready = _("A draft made from your progress notes and deliverables is ready to be edited.")
    return f"{words % {'day': day}} {ready if prefilled else ''}".strip()


def due_moved(report_round: ReportRound, entry: Entry, reason: str) -> list[User]:
    """Tell every body that still owes. Returns who was told."""
    owing = report_round.reports.filter(first_submitted_at__isnull=True).exclude(state__in=NOT_OWED_STATES)
    told = notify(
        people_of(owing.values_list("agency", flat=True), *MANAGERS),
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: _("New due date of %(round)s") % {"round": report_round.title},
        body=lambda: " ".join([_asks(report_round, prefilled=False), reason]),
        url=reverse("reports:round_mine", args=[report_round.pk]),
    )
    return [notice.receiver for notice in told]


def report_excused(report: AgencyReport, entry: Entry) -> None:
    _tell(people_of([report.agency_id], *MANAGERS), report, entry, report.agency.name)


def report_extended(report: AgencyReport, entry: Entry) -> None:
    _tell(people_of([report.agency_id], *MANAGERS), report, entry, report.agency.name)


def extension_asked(extension: ReportExtension, entry: Entry) -> None:
    """Who accepts the report decides; the board is where they do."""
    report = extension.report
    plan = report.round.plan
    decider = plan.accepting_office_id if report.agency_id == plan.coordinator_id else plan.coordinator_id
    _tell(
        people_of([decider], *MANAGERS),
        report,
        entry,
        report.agency.name,
        url=reverse("reports:report_extension_decide", args=[extension.pk]),
    )


def rules_proposed(plan: Plan, count: int) -> None:
    notify(
        people_of([plan.coordinator_id], *MANAGERS),
        key=f"plan:{plan.pk}:rules:{plan.standing_rules.count()}",
        subject=lambda: _("Reporting rules of plan %(plan)s wait for your yes") % {"plan": plan.number},
        body=lambda: (
            _("%(count)s rules were read from the plan. Once confirmed, their rounds open by themselves.")
            % {"count": count}
        ),
        url=reverse("reports:plan_rules", args=[plan.pk]),
    )


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
        "consolidation.reopen": ([plan.coordinator_id, plan.accepting_office_id], MANAGERS),
        "consolidation.issue": ([plan.coordinator_id, plan.accepting_office_id], MANAGERS),
    }.get(entry.action, ([plan.coordinator_id], MANAGERS))
    _tell(people_of(agencies, *roles), consolidation, entry, plan.coordinator.name)


def _tell(
    people: list[User], obj: AgencyReport | Consolidation, entry: Entry, agency: str, *, url: str = ""
) -> None:
    labels = {
        "report.hand_to_head": gettext_lazy("Waiting for your signature: %(what)s"),
        "report.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
        "report.submit": gettext_lazy("Report submitted: %(what)s"),
        "report.return_to_agency": gettext_lazy("Report returned: %(what)s"),
        "report.accept": gettext_lazy("Report accepted: %(what)s"),
        "report.reopen": gettext_lazy("Report reopened for a correction: %(what)s"),
        "report.excuse": gettext_lazy("No report is owed: %(what)s"),
        "report.ask_again": gettext_lazy("The report is asked for again: %(what)s"),
        "report.extend": gettext_lazy("More time is given: %(what)s"),
        "report.ask_extension": gettext_lazy("More time is asked for: %(what)s"),
        "report.refuse_extension": gettext_lazy("More time is refused: %(what)s"),
        "consolidation.hand_to_head": gettext_lazy("Waiting for your approval: %(what)s"),
        "consolidation.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
        "consolidation.approve": gettext_lazy("Approved, to be numbered: %(what)s"),
        "consolidation.issue": gettext_lazy("Issued: %(what)s"),
        "consolidation.reopen": gettext_lazy("Reopened for a corrected version: %(what)s"),
    }
    what = f"{agency} – {obj.round.title}"
    notify(
        [person for person in people if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(labels[entry.action]) % {"what": what},
        body=lambda: entry.note,
        url=url or obj.get_absolute_url(),
    )


def comment_made(comment: ReportComment, entry: Entry) -> None:
    """The other side learns of it. Party and mass bodies are asked kindly, as everybody is here."""
    if comment.is_explanation and comment.report.agency.is_political:
        subject = gettext_lazy("Your agency is kindly asked to explain: %(what)s")
    elif comment.is_explanation:
        subject = gettext_lazy("Please explain: %(what)s")
    else:
        subject = gettext_lazy("A comment on the report: %(what)s")
    _tell_other_side(comment, entry, subject, lambda: _asked_by(comment))


def _asked_by(comment: ReportComment) -> str:
    parts = [comment.about, comment.text]
    if comment.due_on:
        parts.append(_("Please answer by %(day)s.") % {"day": format_date(comment.due_on)})
    return "\n".join(filter(None, parts))


def comment_answered(comment: ReportComment, entry: Entry) -> None:
    labels = {
        "report.explain": gettext_lazy("Explained: %(what)s"),
        "report.reply": gettext_lazy("Answered: %(what)s"),
    }
    _tell_other_side(comment, entry, labels[entry.action], lambda: entry.note)


def comment_moved(comment: ReportComment, entry: Entry) -> None:
    labels = {
        "comment.resolve": gettext_lazy("Marked as resolved: %(what)s"),
        "comment.reopen": gettext_lazy("Open again: %(what)s"),
    }
    _tell_other_side(comment, entry, labels[entry.action], lambda: entry.note or comment.text)


def _tell_other_side(comment: ReportComment, entry: Entry, subject: Any, body: Callable[[], str]) -> None:
    report = comment.report
    plan = report.round.plan
    receiver = plan.accepting_office_id if report.agency_id == plan.coordinator_id else plan.coordinator_id
    own = entry.by.hat.agency.pk if entry.by and entry.by.hat else None
    other = receiver if own == report.agency_id else report.agency_id
    what = f"{report.agency.name} – {report.round.title}"
    notify(
        [person for person in people_of([other], *MANAGERS) if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(subject) % {"what": what},
        body=body,
        url=comment.get_absolute_url(),
    )
