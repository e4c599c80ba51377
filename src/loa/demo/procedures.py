"""The sample city's procedures: taken in by the committee's office in February, then amended, abolished, asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency
from loa.plans.models import Plan
from loa.procedures import actions
from loa.procedures.models import OnlineLevel, Procedure, ProcedureVersion

Event = dict[str, Any]
OFFICE = "vp-ubnd"


class ProcedureStory:
    """Words and days are data (`data/procedures.json`)."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast
        self.facts: dict[str, Any] = data("procedures.json")

    def take_in(self) -> None:
        """The register as the office first published it; a first load is no news."""
        actions.load_online_levels()
        head = self.cast.of(Agency.objects.get(code=OFFICE), "head")
        agencies = {row.code: row for row in Agency.objects.all()}
        levels = {row.code: row for row in OnlineLevel.objects.all()}
        first = self.facts["first"]
        for row in self.facts["procedures"]:
            actions.enter_published(
                Procedure(
                    code=row["code"], name=row["name"], levels=row["levels"], agency=agencies[row["agency"]]
                ),
                field=row["field"],
                content={**row["content"], "name": row["name"], "online_level": levels[row["online"]]},
                decision=first["decision"],
                decided_on=_day(first["decided_on"]),
                effective_on=_day(first["effective_on"]),
                by=head,
            )
        for desk in self.facts["desks"]:
            fields = {key: value for key, value in desk.items() if key != "agency"}
            actions.save_desk(agencies[desk["agency"]], by=head, **fields)

    def draft(self, event: Event) -> None:
        procedure = Procedure.objects.select_related("agency").get(code=event["code"])
        writer = self.cast.of(procedure.agency, "focal_point")
        version = actions.draft_version(procedure, change=event["change"], by=writer)
        fields = {**event["content"], "decision": event["decision"]}
        fields |= {key: _day(event[key]) for key in ("decided_on", "effective_on")}
        if "online" in event:
            fields["online_level"] = OnlineLevel.objects.get(code=event["online"])
        actions.edit_version(version, edition=0, by=writer, **fields)
        if "approved_on" in event:
            actions.take_version_step(version, "hand_to_head", by=writer)

    def approve(self, event: Event) -> None:
        version = self._open(event)
        actions.take_version_step(version, "approve", by=self.cast.of(version.procedure.agency, "head"))

    def publish(self, event: Event) -> None:
        version = self._open(event)
        actions.publish_version(version, by=self.cast.of(version.procedure.agency, "focal_point"))

    def propose(self, event: Event) -> None:
        version = _versions().get(procedure__code=event["code"], state="published")
        told = event["proposal"]
        actions.propose_communication(
            version,
            plan=self.plan,
            content=f"Tuyên truyền nội dung sửa đổi của thủ tục “{version.name}”",
            why=told["why"],
            due_on=_day(told["due_on"]),
            by=self.cast.of(version.procedure.agency, "focal_point"),
        )

    def ask_readers(self) -> None:
        for code, answer, words in self.facts["said"]:
            version = _versions().get(procedure__code=code, state="published")
            actions.say_if_clear(version, is_clear=answer == "yes", words=words, token=actions.new_token())

    def _open(self, event: Event) -> ProcedureVersion:
        return _versions().get(procedure__code=event["code"], state__in=("with_head", "approved"))


def _versions() -> Any:
    return ProcedureVersion.objects.select_related("procedure__agency", "online_level")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = ProcedureStory(plan, cast)
    found: list[Happening] = [(_day(story.facts["first"]["taken_in_on"]), story.take_in)]
    acts: tuple[tuple[str, Callable[[Event], None]], ...] = (
        ("drafted_on", story.draft),
        ("approved_on", story.approve),
        ("published_on", story.publish),
    )
    for event in story.facts["changes"]:
        found += [(_day(event[key]), partial(act, event)) for key, act in acts if key in event]
        if "proposal" in event:
            found.append((_day(event["proposal"]["on"]), partial(story.propose, event)))
    return [*found, (_day(story.facts["said_on"]), story.ask_readers)]
