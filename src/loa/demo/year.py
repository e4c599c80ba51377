"""A living year of the sample plan, played through the same actions as the pages call.

The story is data (`data/year.json`): on each day somebody of an agency does something. Who acts follows
from the act: focal points work, heads approve, the coordinator or the office accepts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from loa.core import clock, uploads
from loa.demo.city import data
from loa.demo.papers import evidence_paper
from loa.directory.models import Agency, Membership, User
from loa.plans import actions
from loa.plans.models import Assignment, Occurrence, Plan

Event = dict[str, Any]
Happening = tuple[date, Callable[[], Any]]


class Cast:
    """Who acts for an agency. One query, then memory."""

    def __init__(self) -> None:
        rows = Membership.objects.select_related("user", "agency").order_by("pk")
        self._people: dict[tuple[int, str], User] = {}
        for row in rows:
            self._people.setdefault((row.agency_id, row.role), row.user)

    def of(self, agency: Agency, role: str) -> User:
        person = self._people[agency.pk, role]
        person.wear(agency.pk)
        return person

    def who_accepts(self, plan: Plan, agency: Agency) -> User:
        return self.of(
            plan.accepting_office if agency.pk == plan.coordinator_id else plan.coordinator, "focal_point"
        )


class Year:
    """The plan's year, event by event."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan = plan
        self.cast = cast
        self.occurrences: dict[tuple[str, int], Occurrence] = {}

    def play(self, event: Event) -> None:
        assignment = Assignment.objects.select_related("task", "plan", "agency").get(
            plan=self.plan,
            task__no=event["task"],
            words="",  # the paper's work, not what a promise added
        )
        act: Callable[[Assignment, Event], Any] = getattr(self, f"_{event['act']}")
        act(assignment, event)

    def _focal(self, assignment: Assignment) -> User:
        return self.cast.of(assignment.agency, "focal_point")

    def _head(self, assignment: Assignment) -> User:
        return self.cast.of(assignment.agency, "head")

    def _acceptor(self, assignment: Assignment) -> User:
        return self.cast.who_accepts(self.plan, assignment.agency)

    def _classify(self, assignment: Assignment, event: Event) -> None:
        topics = self.plan.topics.filter(label__in=event["topics"])
        forms = self.plan.forms.filter(label__in=event["forms"])
        coordinator = self.cast.of(self.plan.coordinator, "focal_point")
        actions.classify_task(assignment.task, topics=topics, forms=forms, by=coordinator)

    def _accept(self, assignment: Assignment, _event: Event) -> None:
        actions.accept_assignment(assignment, by=self._focal(assignment))

    def _officer(self, assignment: Assignment, _event: Event) -> None:
        officer = self.cast.of(assignment.agency, "officer")
        actions.name_officer(assignment, officer=officer, by=self._head(assignment))

    def _begin(self, assignment: Assignment, _event: Event) -> None:
        if assignment.state in ("accepted", "returned"):  # evidence may have begun the work again by itself
            actions.begin(assignment, by=self._focal(assignment))

    def _note(self, assignment: Assignment, event: Event) -> None:
        actions.add_note(
            assignment,
            on=clock.today(),
            done=event["done"],
            obstacles=event["obstacles"],
            proposals=event["proposals"],
            by=self._focal(assignment),
        )

    def _counted(self, assignment: Assignment, event: Event) -> dict[str, Any]:
        """What a piece of evidence counts for: the task's own target and, of a series, its occurrence."""
        number = event.get("number")
        occurrence = self.occurrences[assignment.task.no, number] if number else None
        target = assignment.task.targets.first()
        if not event.get("counts") or target is None:
            return {"occurrence": occurrence}
        return {"quantity": Decimal(event["counts"]), "unit": target.unit, "occurrence": occurrence}

    def _link(self, assignment: Assignment, event: Event) -> None:
        address = (
            f"https://cchc.haiphong.example/{event['on'].replace('-', '/')}/nhiem-vu-{assignment.task.no}"
        )
        actions.attach_link(
            assignment,
            link=address,
            title=event["title"],
            on=clock.today(),
            by=self._focal(assignment),
            **self._counted(assignment, event),
        )

    def _file(self, assignment: Assignment, event: Event) -> None:
        paper = evidence_paper(assignment.agency.name, event["title"], clock.today())
        upload = uploads.check_upload(BytesIO(paper), f"{event['title']}.docx")
        actions.attach_file(
            assignment, upload=upload, title=event["title"], on=clock.today(), by=self._focal(assignment)
        )

    def _hand(self, assignment: Assignment, _event: Event) -> None:
        actions.hand_to_head(assignment, by=self._focal(assignment))

    def _submit(self, assignment: Assignment, _event: Event) -> None:
        actions.submit_assignment(assignment, by=self._head(assignment))

    def _return_to_officer(self, assignment: Assignment, event: Event) -> None:
        actions.return_to_officer(assignment, note=event["note"], by=self._head(assignment))

    def _return_to_agency(self, assignment: Assignment, event: Event) -> None:
        actions.return_to_agency(assignment, note=event["note"], by=self._acceptor(assignment))

    def _accept_result(self, assignment: Assignment, _event: Event) -> None:
        actions.accept_result(assignment, by=self._acceptor(assignment))

    def _extension(self, assignment: Assignment, event: Event) -> None:
        day = date.fromisoformat(event["day"])
        actions.ask_extension(assignment, new_due_on=day, reason=event["note"], by=self._focal(assignment))

    def _refuse(self, assignment: Assignment, event: Event) -> None:
        asked = assignment.extensions.get(state="asked")
        actions.refuse_extension(asked, answer=event["note"], by=self._acceptor(assignment))

    def _explain(self, assignment: Assignment, event: Event) -> None:
        day = date.fromisoformat(event["day"])
        actions.ask_explanation(assignment, question=event["note"], due_on=day, by=self._acceptor(assignment))

    def _occurrence(self, assignment: Assignment, event: Event) -> None:
        self.occurrences[assignment.task.no, event["number"]] = actions.add_occurrence(
            assignment.task,
            title=event["title"],
            on=date.fromisoformat(event["day"]),
            slot=event["slot"],
            place=event["place"],
            by=self._focal(assignment),
        )

    def _hold(self, assignment: Assignment, event: Event) -> None:
        actions.hold_occurrence(
            self.occurrences[assignment.task.no, event["number"]],
            on=clock.today(),
            by=self._focal(assignment),
        )

    def _postpone(self, assignment: Assignment, event: Event) -> None:
        actions.postpone_occurrence(
            self.occurrences[assignment.task.no, event["number"]],
            on=date.fromisoformat(event["day"]),
            note=event["note"],
            by=self._focal(assignment),
        )


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    played = Year(plan, cast)
    return [
        (date.fromisoformat(event["on"]), partial(played.play, event)) for event in data("year.json")["story"]
    ]
