"""What keeps a running plan alive: an amendment, plans of the agencies, guidance notes, talks in other meetings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, AgencyGroup
from loa.plans import actions
from loa.plans.models import (
    Amendment,
    Assignment,
    CommunicationForm,
    DutyAssignment,
    GuidanceReceipt,
    Plan,
    SubPlan,
)
from loa.plans.queries import printed_task

DISTRICTS = "ubnd-quan-huyen"


class PlanLife:
    """The words and days are data (`data/plan_life.json`)."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast
        self.facts: dict[str, Any] = data("plan_life.json")
        self.coordinator = cast.of(plan.coordinator, "focal_point")
        self.head = cast.of(plan.coordinator, "head")

    # agencies' own plans ------------------------------------------------------------------------------
    def ask_for_plans(self) -> None:
        wanted = self.facts["sub_plans"]
        duty = self.plan.duties.get(text__startswith=wanted["duty"])
        districts = [row.agency for row in AgencyGroup.objects.get(code=DISTRICTS).members.all()]
        actions.ask_for_sub_plans(
            duty, due_on=_day(wanted["due_on"]), agencies=districts, note=wanted["note"], by=self.coordinator
        )

    def register_plan(self, row: dict[str, str]) -> None:
        sub_plan = SubPlan.objects.select_related(
            "demand__plan", "duty_assignment__agency", "duty_assignment__plan"
        ).get(demand__plan=self.plan, duty_assignment__agency__code=row["agency"])
        person = self.cast.of(sub_plan.duty_assignment.agency, "focal_point")
        actions.register_sub_plan(
            sub_plan, number=row["number"], issued_on=_day(row["on"]), title=row["title"], by=person
        )

    # guidance -----------------------------------------------------------------------------------------
    def guide(self, note: dict[str, Any]) -> None:
        guidance = actions.write_guidance(
            self.plan,
            title=note["title"],
            text=note["text"],
            groups=AgencyGroup.objects.filter(code__in=note["groups"]),
            agencies=Agency.objects.filter(code__in=note["agencies"]),
            acknowledge_by=_day(note["acknowledge_by"]),
            by=self.coordinator,
        )
        actions.send_guidance(guidance, by=self.coordinator)

    def acknowledge(self, note: dict[str, Any]) -> None:
        """Most do, some have not looked, one asks."""
        for number, receipt in enumerate(self._receipts(note)):
            person = self.cast.of(receipt.agency, "focal_point")
            if number == 1:
                actions.ask_about_guidance(receipt, question=note["question"], by=person)
            elif number % note["silent"]:
                actions.acknowledge_guidance(receipt, by=person)

    def answer(self, note: dict[str, Any]) -> None:
        for receipt in self._receipts(note):
            if receipt.state == "questioned":
                actions.answer_about_guidance(receipt, answer=note["answer"], by=self.coordinator)

    def _receipts(self, note: dict[str, Any]) -> list[GuidanceReceipt]:
        rows = GuidanceReceipt.objects.filter(guidance__plan=self.plan, guidance__title=note["title"])
        return list(rows.select_related("guidance__plan", "agency").order_by("agency__code"))

    # talks woven into meetings --------------------------------------------------------------------------
    def talk(self, row: dict[str, Any]) -> None:
        duty = (
            DutyAssignment.objects.filter(
                plan=self.plan, agency__code=row["agency"], duty__text__startswith=self.facts["talk_duty"]
            )
            .select_related("plan", "agency", "duty")
            .get()
        )
        form = CommunicationForm.objects.get(plan=self.plan, label__startswith=self.facts["talk_form"])
        topics = [topic for topic in self.plan.topics.all() if topic.label.strip(") ") in row["topics"]]
        actions.record_talk(
            duty,
            meeting=row["meeting"],
            on=_day(row["on"]),
            place=row["place"],
            people_count=row["people"],
            minutes=row["minutes"],
            topics=topics,
            form=form,
            by=self.cast.of(duty.agency, "focal_point"),
        )

    # the amendment --------------------------------------------------------------------------------------
    def amend(self) -> None:
        paper = self.facts["amendment"]
        amendment = actions.draft_amendment(
            self.plan,
            kind=paper["kind"],
            number=paper["number"],
            subject=paper["subject"],
            issued_on=_day(paper["on"]),
            effective_on=_day(paper["on"]),
            by=self.coordinator,
        )
        for no in paper["brought_forward"]:
            self._bring_forward(amendment, no, paper)
        new = paper["new_task"]
        codes = {row.code: row for row in Agency.objects.filter(code__in=[new["lead"], *new["coordinating"]])}
        bodies = {code: {"printed": row.name, "code": code} for code, row in codes.items()}
        after = {
            "no": new["no"],
            "content": new["content"],
            "product": "",
            "lead": [bodies[new["lead"]]],
            "coordinating": [bodies[code] for code in new["coordinating"]],
            "due_text": new["due_text"],
            "due_on": new["due_on"],
            "is_before": False,
            "targets": new["targets"],
            "note": "",
        }
        actions.propose_change(amendment, "add_task", after=after, by=self.coordinator)
        actions.issue_amendment(amendment, by=self.head)

    def _bring_forward(self, amendment: Amendment, no: str, paper: dict[str, Any]) -> None:
        task = self.plan.tasks.get(no=no)
        after = {**printed_task(task), "due_text": paper["due_text"], "due_on": paper["due_on"]}
        actions.propose_change(
            amendment, "change_task", touched=task, after=after, reason=paper["reason"], by=self.coordinator
        )

    # questions ------------------------------------------------------------------------------------------
    def ask_for_reasons(self) -> None:
        asked = self.facts["explanation"]
        assignment = self._assignment(asked["task"])
        actions.ask_explanation(
            assignment,
            question=asked["question"],
            due_on=_day(asked["on"]) + timedelta(days=asked["days"]),
            by=self.cast.who_accepts(self.plan, assignment.agency),
        )

    def ask_for_time(self) -> None:
        """Asked for after the date has passed, which is possible."""
        asked = self.facts["extension"]
        assignment = self._assignment(asked["task"])
        actions.ask_extension(
            assignment,
            new_due_on=_day(asked["new_due_on"]),
            reason=asked["reason"],
            by=self.cast.of(assignment.agency, "focal_point"),
        )

    def _assignment(self, no: str) -> Assignment:
        return Assignment.objects.select_related("task", "plan", "agency").get(
            plan=self.plan, task__no=no, words=""
        )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    played = PlanLife(plan, cast)
    facts = played.facts
    return [
        (_day(facts["sub_plans"]["asked_on"]), played.ask_for_plans),
        *((_day(row["on"]), partial(played.register_plan, row)) for row in facts["sub_plans"]["issued"]),
        *((_day(note["sent_on"]), partial(played.guide, note)) for note in facts["guidance"]),
        *((_day(note["acknowledged_on"]), partial(played.acknowledge, note)) for note in facts["guidance"]),
        *(
            (_day(note["answered_on"]), partial(played.answer, note))
            for note in facts["guidance"]
            if note["answered_on"]
        ),
        *((_day(row["on"]), partial(played.talk, row)) for row in facts["talks"]),
        (_day(facts["amendment"]["on"]), played.amend),
        (_day(facts["explanation"]["on"]), played.ask_for_reasons),
        (_day(facts["extension"]["on"]), played.ask_for_time),
    ]
