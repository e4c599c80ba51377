"""The sample city's gatherings: a training with certificates, a conference, a volunteer Saturday, dialogues, a briefing.

Written, approved by another, announced, held and concluded through the same actions as the pages call.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from loa.core import clock
from loa.demo.city import data
from loa.demo.dialogues import Sessions
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, AgencyGroup, GroupMember, Network, User
from loa.events import actions, queries
from loa.events.actions import CheckIn
from loa.events.models import Event, EventSeries, Invitation
from loa.events.shapes import Line, Name
from loa.events.tickets import ticket_of
from loa.plans.models import Assignment, DutyAssignment, Plan

LANE = ("phường Minh Khai", "phường Cát Bi", "xã An Đồng", "phường Lạch Tray", "xã Thủy Sơn")
Row = dict[str, Any]


class Gatherings:
    """The words and days are data (`data/events.json`)."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast
        self.facts: Row = data("events.json")
        self.made: dict[str, Event] = {}
        self.sessions = Sessions(cast)

    def of(self, agency: Agency | str, role: str = "focal_point") -> User:
        if isinstance(agency, str):
            agency = Agency.objects.get(code=agency)
        return self.cast.of(agency, role)

    def event(self, row: Row) -> Event:
        return Event.objects.select_related("agency__parent", "created_by").get(pk=self.made[row["key"]].pk)

    # before it ----------------------------------------------------------------------------------------
    def open_series(self) -> None:
        told = {**self.facts["series"]}
        by = self.of(told.pop("agency"))
        told.pop("on")
        actions.save_series(EventSeries(), **told, is_public=True, is_running=True, by=by)

    def draft(self, row: Row) -> None:
        person = self.of(row["agency"])
        words = {name: row[name] for name in ("kind", "title", "purpose", "place", "address")}
        event = actions.draft_event(
            **words,
            **self._dates(row),
            **self._work(row, person.hat.agency if person.hat else None),
            by=person,
        )
        self.made[row["key"]] = event
        self._fill(event, row, person)
        actions.take_event_step(event, "hand_in", by=person)

    def _dates(self, row: Row) -> Row:
        opens, closes = row.get("registration", (None, None))
        return {
            "starts_at": _moment(row["starts"]),
            "ends_at": _moment(row["ends"]),
            "is_public": row.get("public", False),
            "capacity": row.get("capacity"),
            "registration_opens_at": _moment(opens),
            "registration_closes_at": _moment(closes),
            "nominations_due_on": date.fromisoformat(row["due"]) if "due" in row else None,
            "questions_open_at": _moment(row.get("questions")),
            "chair": Agency.objects.get(code=row["chair"]) if "chair" in row else None,
            "chair_title": row.get("chair_title", ""),
            "needs_conclusion": "conclusion" in row or "held_on" not in row,
            "gives_certificates": row.get("certificates", False),
        }

    def _work(self, row: Row, agency: Agency | None) -> Row:
        if row.get("duty"):
            return {"duty_assignment": DutyAssignment.objects.filter(plan=self.plan, agency=agency).first()}
        if row.get("series"):
            return {"series": EventSeries.objects.get(agency=agency)}
        if "occurrence" not in row:
            return {}
        work = Assignment.objects.select_related("plan", "task").get(
            plan=self.plan,
            agency=agency,
            task__occurrences__isnull=False,
            task__occurrences__position=row["occurrence"],
        )
        return {"assignment": work, "occurrence": work.task.occurrences.get(position=row["occurrence"])}

    def _fill(self, event: Event, row: Row, person: User) -> None:
        day = clock.day_of(event.starts_at).isoformat()
        lines = [Line(_moment(f"{day} {at}"), title, speaker) for at, title, speaker in row["programme"]]
        actions.set_programme(event, lines, by=person)
        if "panel" in row:
            bodies = Agency.objects.in_bulk(row["panel"], field_name="code")
            actions.set_panel(event, [bodies[code] for code in row["panel"]], by=person)
        if "quota" in row:
            invited = {"quota": row["quota"], "note": row.get("whom", "")}
            networks = Network.objects.filter(name=row.get("network", "")).select_related("keeper")
            actions.invite(event, agencies=self._bodies(row), networks=networks, **invited, by=person)

    def _bodies(self, row: Row) -> list[Agency]:
        if "group" in row:
            group = AgencyGroup.objects.get(code=row["group"])
            members = GroupMember.objects.filter(group=group, valid_to__isnull=True).select_related("agency")
            return [member.agency for member in members.order_by("agency__sort_name")]
        return list(Agency.objects.filter(code__in=row.get("agencies", ())).order_by("code"))

    def announce(self, row: Row) -> None:
        event = self.event(row)
        actions.take_event_step(event, "approve", by=self.of(row["agency"], "head"))
        actions.take_event_step(event, "announce", by=self.of(row["agency"]))

    def answer(self, row: Row) -> None:
        """Invited bodies give names, one declines; those on the panel confirm; citizens register."""
        event = self.event(row)
        invitations = list(
            event.invitations.filter(state="sent").select_related("agency", "network", "event__agency")
        )
        declining = [each for each in invitations if each.agency.code == row.get("decline")]
        for invitation in declining:
            actions.take_invitation_step(
                invitation, "decline", note=row["why"], by=self.of(invitation.agency)
            )
        waiting = [each for each in invitations if each not in declining]
        for invitation in waiting[: row.get("answer", len(waiting))]:
            actions.name_people(invitation, self._names(invitation, row), by=self.of(invitation.agency))
        for place in event.panel.select_related("agency", "event__agency")[: row.get("confirmed", 0)]:
            actions.confirm_panel(place, by=self.of(place.agency))
        for number in range(row.get("citizens", 0)):
            self._register(event, number)

    def ask(self, row: Row) -> None:
        """What citizens ask before the session."""
        self.sessions.ask_before(row["key"], self.event(row))

    def _names(self, invitation: Invitation, row: Row) -> list[Name]:
        if invitation.network_id:
            members = queries.members_to_name(invitation)[: invitation.quota]
            return [
                Name(each.name, each.title, member=each, organisation=str(each.agency)) for each in members
            ]
        place = (invitation.agency.short_name or invitation.agency.name).replace("UBND ", "")
        return [Name(f"{role} – {place}", role) for role in row["roles"]]

    def _register(self, event: Event, number: int) -> None:
        actions.register_publicly(
            event,
            name=f"Người đăng ký {number + 1:02d}",
            phone=f"0900 000 {number:03d}",
            organisation=LANE[number % len(LANE)],
            key=f"{event.pk}-{number}",
            has_consented=True,
        )

    # on the day and after -----------------------------------------------------------------------------
    def hold(self, row: Row) -> None:
        """It begins, tickets are read at the door, it ends."""
        person, event = self.of(row["agency"]), self.event(row)
        actions.take_event_step(event, "open", by=person)
        people = list(queries.coming(event))
        self.sessions.play(row["key"], event)
        away = row.get("absent", 0) + row.get("excused", 0)
        seen = [
            CheckIn(
                ticket_of(each.code), f"door-{each.pk}", event.starts_at - timedelta(minutes=10 - place % 9)
            )
            for place, each in enumerate(people[: len(people) - away])
        ]
        if seen:
            actions.check_in_many(event, seen, by=person)
        actions.take_event_step(event, "end", by=person)
        if "listed_on" not in row and "conclusion" not in row:
            actions.take_event_step(event, "conclude", by=person)

    def write_list(self, row: Row) -> None:
        """The signed list says who was excused; the rest did not come."""
        person, event = self.of(row["agency"]), self.event(row)
        unknown = list(queries.coming(event).filter(attendance__isnull=True).values_list("pk", flat=True))
        actions.mark_presence(event, dict.fromkeys(unknown[: row["excused"]], "excused"), by=person)
        actions.mark_rest_absent(event, by=person)
        if row.get("certificates"):
            actions.give_certificates(event, by=person)
        if "conclusion" not in row:
            actions.take_event_step(event, "conclude", by=person)

    def conclude(self, row: Row) -> None:
        person, event = self.of(row["agency"]), self.event(row)
        paper = actions.begin_paper(event, "conclusion", by=person)
        paper = actions.write_paper(paper, text=row["conclusion"], receivers="", by=person)
        actions.take_paper_step(paper, "hand_in", by=person)
        actions.take_paper_step(paper, "issue", by=self.of(row["agency"], "head"))
        actions.take_event_step(self.event(row), "conclude", by=person)


def _moment(text: str | None) -> Any:
    """Of the city's time; nothing where nothing is said."""
    return timezone.make_aware(datetime.fromisoformat(text)) if text else None


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = Gatherings(plan, cast)
    found: list[Happening] = [(date.fromisoformat(story.facts["series"]["on"]), story.open_series)]
    for row in story.facts["events"]:
        acts: list[tuple[str, Callable[[Row], None]]] = [
            ("drafted_on", story.draft),
            ("announced_on", story.announce),
            ("held_on", story.hold),
            ("listed_on", story.write_list),
            ("issued_on", story.conclude),
        ]
        found += [(date.fromisoformat(row[day]), partial(act, row)) for day, act in acts if day in row]
        answered = date.fromisoformat(row["announced_on"]) + timedelta(days=2)
        found.append((answered, partial(story.answer, row)))
        if "questions" in row:
            asked = _moment(row["questions"]).date() + timedelta(days=2)
            found.append((asked, partial(story.ask, row)))
    return found
