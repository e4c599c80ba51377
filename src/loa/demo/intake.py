"""The sample city's intake: its desk, rules, and cases in every place of the queue on the day of the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency
from loa.feedback import actions
from loa.feedback.models import Case, IntakeDesk, RoutingRule, Subject
from loa.plans.models import Plan

OFFICE = "vp-ubnd"


class IntakeStory:
    """Words and days are data (`data/intake.json`)."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.facts: dict[str, Any] = data("intake.json")
        self.bodies = {row.code: row for row in Agency.objects.all()}

    def set_up(self) -> None:
        actions.load_subjects()
        actions.load_grounds()
        office = self.bodies[OFFICE]
        head = self.cast.of(office, "head")
        reader = self.cast.of(office, "focal_point")
        if not IntakeDesk.objects.filter(agency=office).exists():
            IntakeDesk.objects.create(agency=office, denunciation_officer=reader, **self.facts["desk"])
        subjects = {row.code: row for row in Subject.objects.all()}
        for row in self.facts["rules"]:
            actions.save_routing_rule(
                RoutingRule(intake=office),
                kind=row.get("kind", ""),
                subject=subjects.get(row.get("subject", "")),
                place=self.bodies.get(row.get("place", "")),
                agency=self.bodies.get(row.get("agency", "")),
                note=row["note"],
                by=head,
            )

    def come_in(self, number: int, row: dict[str, Any]) -> Case:
        """What was said, and by whom where they told."""
        words = actions.Words(
            row["content"],
            kind=row.get("kind", ""),
            commune=self.bodies.get(row.get("commune", "")),
            place=row.get("place", ""),
        )
        told = actions.Identity(**row.get("who", {}))
        return actions.submit_case(
            words, key=f"demo-intake-{number}", source=row["source"], identity=told
        ).case

    def come_in_answered(self, number: int, row: dict[str, Any]) -> None:
        """Taken in and sent by the intake, answered by the agency, approved by its head: what later ones learn from."""
        agency, intake = self.bodies[row["agency"]], self.cast.of(self.bodies[OFFICE], "head")
        words = actions.Words(row["content"], kind=row["kind"])
        case = actions.submit_case(words, key=f"demo-answered-{number}", source="web").case
        subject = Subject.objects.get(code=row["subject"])
        actions.decide_case(case, kind=row["kind"], subject=subject, agency=agency, by=intake)
        writer = self.cast.of(agency, "focal_point")
        actions.accept_case(case, officer=writer, by=writer)
        actions.write_answer(case, text=row["answer"], edition=0, by=writer)
        actions.hand_answer_to_head(case, by=writer)
        actions.approve_answer(case, by=self.cast.of(agency, "head"))
        actions.send_answer(case, by=intake)

    def denounce(self, number: int, content: str) -> None:
        actions.submit_denunciation(actions.Words(content), key=f"demo-letter-{number}")


def happenings(plan: Plan, cast: Cast) -> list[Happening]:  # noqa: ARG001  asked like every story
    story = IntakeStory(cast)
    told: list[tuple[date, Callable[[], Any]]] = [(_day(story.facts["set_up_on"]), story.set_up)]
    told += [
        (_day(row["on"]), partial(story.come_in_answered, number, row))
        for number, row in enumerate(story.facts["answered"])
    ]
    told += [
        (_day(row["on"]), partial(story.come_in, number, row))
        for number, row in enumerate(story.facts["cases"])
    ]
    told += [
        (_day(row["on"]), partial(story.denounce, number, row["content"]))
        for number, row in enumerate(story.facts["letters"])
    ]
    return told


def _day(text: str) -> date:
    return date.fromisoformat(text)
