"""What we tell whom when a plan's work moves. Party and mass bodies are asked, never ordered.

Each happening is one history entry, and its id is the notice's key: telling twice tells once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.channels.actions import notify
from loa.core import clock
from loa.core.models import Entry
from loa.core.text import format_date
from loa.directory.models import Agency, Membership, User, in_force
from loa.plans.models import (
    Amendment,
    Assignment,
    CoordinationRequest,
    Explanation,
    Extension,
    Guidance,
    GuidanceReceipt,
    Plan,
    SubPlan,
    SubPlanDemand,
)

MANAGERS = (Membership.Role.FOCAL_POINT, Membership.Role.HEAD)


def people_of(agency_id: int, *roles: str) -> QuerySet[User]:
    """Who holds one of the roles in an agency today (default: focal points and heads)."""
    held = Membership.objects.filter(in_force(clock.today()), agency=agency_id, role__in=roles or MANAGERS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def accepting_agency_id(assignment: Assignment) -> int:
    """The coordinator, or for the coordinator's own work the committee's office."""
    plan = assignment.plan
    return plan.accepting_office_id if assignment.agency_id == plan.coordinator_id else plan.coordinator_id


def tell_plan_issued(plan: Plan) -> None:
    """Each body learns what it got: tasks to lead, requests to take part, standing duties.

    Bodies that got as much are told together: the number of queries does not grow with the bodies.
    """
    leads = _counts(plan.assignments.all())
    requests = _counts(CoordinationRequest.objects.filter(task__plan=plan))
    duties = _counts(plan.duty_assignments.all())
    people = _people_by_agency({*leads, *requests, *duties})
    alike: dict[tuple[int, int, int, bool], list[User]] = {}
    for agency in Agency.objects.filter(pk__in=people):
        got = leads.get(agency.pk, 0), requests.get(agency.pk, 0), duties.get(agency.pk, 0)
        alike.setdefault((*got, agency.is_political), []).extend(people[agency.pk])
    for (*counts, is_political), receivers in alike.items():
        notify(
            receivers,
            key=f"plan.issued:{plan.pk}:{'-'.join(map(str, counts))}",
            subject=_issued_subject(plan, is_political=is_political),
            body=_issued_body(plan, *counts),
            url=plan.get_absolute_url(),
        )


def tell_plan_closed(plan: Plan, entry: Entry) -> None:
    """Each lead learns that the year is over, and how many of its tasks go on, end or stay as they are."""
    led = plan.assignments.exclude(task__closing="").values_list("agency_id", "task__closing")
    fates: dict[int, dict[str, int]] = {agency_id: {} for agency_id in _counts(plan.assignments.all())}
    for agency_id, closing in led:
        fates[agency_id][closing] = fates[agency_id].get(closing, 0) + 1
    people = _people_by_agency(set(fates))
    alike: dict[tuple[int, int, int], list[User]] = {}
    for agency_id, told in people.items():
        counts = fates[agency_id]
        got = counts.get("carry", 0), counts.get("end", 0), counts.get("leave", 0)
        alike.setdefault(got, []).extend(told)
    for counted, receivers in alike.items():
        notify(
            _others(receivers, entry),
            key=f"plan.closed:{plan.pk}:{'-'.join(map(str, counted))}",
            subject=lambda: _("Plan %(number)s is closed") % {"number": plan.number},
            body=_closed_body(plan, *counted),
            url=plan.get_absolute_url(),
        )


def _closed_body(plan: Plan, carried: int, ended: int, left: int) -> Callable[[], str]:
    def body() -> str:
        lines = [plan.title]
        if carried:
            words = ngettext(
                "%(n)d task of yours goes on next year", "%(n)d tasks of yours go on next year", carried
            )
            lines.append(words % {"n": carried})
        if ended:
            lines.append(
                ngettext("%(n)d task of yours is ended", "%(n)d tasks of yours are ended", ended)
                % {"n": ended}
            )
        if left:
            words = ngettext(
                "%(n)d task of yours stays unfinished", "%(n)d tasks of yours stay unfinished", left
            )
            lines.append(words % {"n": left})
        return "\n".join(lines)

    return body


def tell_amended(amendment: Amendment, affected: set[int], entry: Entry) -> None:
    """Only the bodies whose work changes; party and mass bodies are asked to take note."""
    people = _people_by_agency(affected)
    alike: dict[bool, list[User]] = {}
    for agency in Agency.objects.filter(pk__in=people):
        alike.setdefault(agency.is_political, []).extend(people[agency.pk])
    words = {"number": amendment.plan.number, "paper": amendment}
    for is_political, receivers in alike.items():
        notify(
            _others(receivers, entry),
            key=_key(entry),
            subject=lambda asks=is_political: (  # type: ignore[misc]
                _("Plan %(number)s is amended: your agency is kindly asked to take note") % words
                if asks
                else _("Plan %(number)s is amended: work of your agency changes") % words
            ),
            body=lambda: f"{amendment}: {amendment.subject}",
            url=amendment.get_absolute_url(),
        )


def tell_sub_plan_asked(demand: SubPlanDemand, agencies: Iterable[Agency], entry: Entry) -> None:
    people = _people_by_agency({agency.pk for agency in agencies})
    words = {"number": demand.plan.number, "date": format_date(demand.due_on)}
    notify(
        _others([person for told in people.values() for person in told], entry),
        key=f"sub_plan.asked:{demand.pk}",
        subject=lambda: _("Please issue your agency's own plan under %(number)s by %(date)s") % words,
        body=lambda: "\n".join(filter(None, [demand.duty.text, demand.note])),
        url=demand.get_absolute_url(),
    )


def tell_sub_plan_registered(sub_plan: SubPlan, entry: Entry) -> None:
    agency = sub_plan.duty_assignment.agency
    notify(
        _others(people_of(sub_plan.demand.plan.coordinator_id), entry),
        key=_key(entry),
        subject=lambda: _("%(agency)s has issued its own plan") % {"agency": agency},
        body=lambda: entry.note,
        url=sub_plan.demand.get_absolute_url(),
    )


def tell_guidance_sent(guidance: Guidance, entry: Entry) -> None:
    people = _people_by_agency(set(guidance.receipts.values_list("agency", flat=True)))
    notify(
        _others([person for told in people.values() for person in told], entry),
        key=_key(entry),
        subject=lambda: _("Guidance: %(title)s") % {"title": guidance.title},
        body=lambda: guidance.text[:1000],
        url=guidance.get_absolute_url(),
    )


def tell_guidance_question(receipt: GuidanceReceipt, entry: Entry) -> None:
    words = {"agency": receipt.agency}
    notify(
        _others(people_of(receipt.guidance.plan.coordinator_id), entry),
        key=_key(entry),
        subject=lambda: _("%(agency)s asks about a guidance note") % words,
        body=lambda: f"{receipt.guidance}\n{entry.note}",
        url=receipt.get_absolute_url(),
    )


def tell_guidance_answer(receipt: GuidanceReceipt, entry: Entry) -> None:
    notify(
        _others(people_of(receipt.agency_id), entry),
        key=_key(entry),
        subject=lambda: _("Your question about a guidance note is answered"),
        body=lambda: f"{receipt.guidance}\n{entry.note}",
        url=receipt.get_absolute_url(),
    )


def _people_by_agency(agency_ids: set[int]) -> dict[int, list[User]]:
    held = Membership.objects.filter(
        in_force(clock.today()), agency__in=agency_ids, role__in=MANAGERS, user__is_active=True
    )
    people: dict[int, list[User]] = {}
    for membership in held.select_related("user"):
        people.setdefault(membership.agency_id, []).append(membership.user)
    return people


def tell_draft_waits(plan: Plan, by: User | None) -> None:
    """Somebody else imported a plan that this agency coordinates: only the coordinator issues it."""
    notify(
        [person for person in people_of(plan.coordinator_id) if person != by],
        key=f"plan.draft:{plan.pk}",
        subject=lambda: _("Plan %(number)s waits for you to issue it") % {"number": plan.number},
        body=lambda: plan.title,
        url=plan.get_absolute_url(),
    )


def _counts(rows: QuerySet) -> dict[int, int]:
    counts: dict[int, int] = {}
    for agency_id in rows.order_by().values_list("agency_id", flat=True):
        counts[agency_id] = counts.get(agency_id, 0) + 1
    return counts


def _issued_subject(plan: Plan, *, is_political: bool) -> Callable[[], str]:
    def subject() -> str:
        if is_political:
            return _("Plan %(number)s: your agency is kindly asked to take part") % {"number": plan.number}
        return _("Plan %(number)s: work is assigned to your agency") % {"number": plan.number}

    return subject


def _issued_body(plan: Plan, leads: int, requests: int, duties: int) -> Callable[[], str]:
    def body() -> str:
        lines = [plan.title]
        if leads:
            lines.append(ngettext("%(n)d task to lead", "%(n)d tasks to lead", leads) % {"n": leads})
        if requests:
            lines.append(
                ngettext("%(n)d task to take part in", "%(n)d tasks to take part in", requests)
                % {"n": requests}
            )
        if duties:
            lines.append(ngettext("%(n)d standing duty", "%(n)d standing duties", duties) % {"n": duties})
        return "\n".join(lines)

    return body


def tell_work_given(assignment: Assignment, entry: Entry) -> None:
    """The body learns of work it was given under a task; a Party or mass body is asked for it."""
    words = {"due": format_date(assignment.due_on)} if assignment.due_on else {"due": "–"}
    _tell(
        people_of(assignment.agency_id),
        entry,
        assignment,
        lambda: (
            _("Your agency is kindly asked to do this by %(due)s") % words
            if assignment.agency.is_political
            else _("Work of the plan for your agency, by %(due)s") % words
        ),
    )


def tell_officer_named(assignment: Assignment, entry: Entry) -> None:
    _tell([assignment.officer], entry, assignment, lambda: _("You are in charge of a task"))


def tell_handed_to_head(assignment: Assignment, entry: Entry) -> None:
    heads = people_of(assignment.agency_id, Membership.Role.HEAD)
    _tell(heads, entry, assignment, lambda: _("Work waits for your approval"))


def tell_returned_to_officer(assignment: Assignment, entry: Entry) -> None:
    _tell(_lead_side(assignment), entry, assignment, lambda: _("The head returned the work"))


def tell_submitted(assignment: Assignment, entry: Entry) -> None:
    receivers = people_of(accepting_agency_id(assignment))
    _tell(
        receivers,
        entry,
        assignment,
        lambda: _("%(agency)s submitted its result") % {"agency": assignment.agency},
    )


def tell_returned_to_agency(assignment: Assignment, entry: Entry) -> None:
    def subject() -> str:
        if assignment.agency.is_political:
            return _("Your agency is kindly asked to add to its result")
        return _("The result is returned to your agency")

    _tell(_lead_side(assignment), entry, assignment, subject)


def tell_result_accepted(assignment: Assignment, entry: Entry) -> None:
    _tell(_lead_side(assignment), entry, assignment, lambda: _("The result is accepted"))


def tell_reopened(assignment: Assignment, entry: Entry) -> None:
    def subject() -> str:
        if assignment.agency.is_political:
            return _("Your agency is kindly asked to look again at finished work")
        return _("Finished work is opened again")

    _tell(_lead_side(assignment), entry, assignment, subject)


def tell_extension_asked(extension: Extension, entry: Entry) -> None:
    assignment = extension.assignment
    words = {"agency": assignment.agency, "date": format_date(extension.new_due_on)}
    receivers = people_of(accepting_agency_id(assignment))
    _tell(receivers, entry, assignment, lambda: _("%(agency)s asks for more time, until %(date)s") % words)


def tell_extension_granted(extension: Extension, entry: Entry) -> None:
    words = {"date": format_date(extension.new_due_on)}
    receivers = _lead_side(extension.assignment)
    _tell(receivers, entry, extension.assignment, lambda: _("More time is granted, until %(date)s") % words)


def tell_extension_refused(extension: Extension, entry: Entry) -> None:
    _tell(
        _lead_side(extension.assignment), entry, extension.assignment, lambda: _("More time is not granted")
    )


def tell_explanation_asked(explanation: Explanation, entry: Entry) -> None:
    agency = explanation.assignment.agency

    def subject() -> str:
        if agency.is_political:
            return _("Your agency is kindly asked to explain")
        return _("Your agency is to explain")

    _tell(_lead_side(explanation.assignment), entry, explanation.assignment, subject)


def tell_explanation_moved(explanation: Explanation, entry: Entry) -> list[User]:
    """Returns who was told."""
    people = _others(_lead_side(explanation.assignment), entry)
    words = {"date": format_date(explanation.due_on)}
    _tell(people, entry, explanation.assignment, lambda: _("The explanation is now due on %(date)s") % words)
    return people


def tell_explanation_given(explanation: Explanation, entry: Entry) -> None:
    assignment = explanation.assignment
    words = {"agency": assignment.agency}
    receivers = people_of(accepting_agency_id(assignment))
    _tell(receivers, entry, assignment, lambda: _("%(agency)s gave its explanation") % words)


def tell_request_answered(request: CoordinationRequest, entry: Entry) -> None:
    """The leads of the task learn what the body they asked answered."""
    leads = request.task.assignments.values("agency")
    held = Membership.objects.filter(in_force(clock.today()), agency__in=leads, role__in=MANAGERS)
    words = {"agency": request.agency}
    notify(
        _others(User.objects.filter(pk__in=held.values("user")), entry),
        key=_key(entry),
        subject=lambda: f"{_('%(agency)s answered the request') % words}: {request.get_state_display()}",
        body=lambda: "\n".join(filter(None, [str(request.task), entry.note])),
        url=request.task.get_absolute_url(),
    )


def _lead_side(assignment: Assignment) -> Iterable[User]:
    officers = [assignment.officer] if assignment.officer else []
    return [*people_of(assignment.agency_id), *officers]


def _tell(receivers: Iterable[Any], entry: Entry, assignment: Assignment, subject: Callable[[], str]) -> None:
    notify(
        _others(receivers, entry),
        key=_key(entry),
        subject=lambda: f"{subject()}: {assignment.what}",
        body=lambda: "\n".join(filter(None, [f"{assignment.plan.number} · {assignment.agency}", entry.note])),
        url=assignment.get_absolute_url(),
    )


def _key(entry: Entry) -> str:
    return f"{entry.action}:{entry.pk}"


def _others(people: Iterable[Any], entry: Entry) -> list[User]:
    """Nobody is told what they did themselves."""
    return [person for person in people if person and person.pk != entry.by_id]
