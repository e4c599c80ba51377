"""A day off announced late: an explanation that was counted over it falls due a day later, and the page says so."""

from __future__ import annotations

from datetime import date
from functools import partial

from loa.core.actions import add_day
from loa.demo.year import Cast, Happening
from loa.directory.models import Membership
from loa.plans.actions import ask_explanation, give_explanation
from loa.plans.models import Explanation, Plan

ASKED_ON, ANNOUNCED_ON, DAY_OFF, ANSWERED_ON = (date(2019, 7, day) for day in (1, 3, 4, 9))
QUESTION = "Đề nghị cơ quan cho biết lý do tiến độ chậm so với kế hoạch và thời gian dự kiến hoàn thành."
ANSWER = "Kinh phí được cấp muộn so với dự kiến; cơ quan bố trí nhân lực để hoàn thành trong quý III."


def ask(plan: Plan, cast: Cast) -> None:
    running = plan.assignments.filter(state__in=("accepted", "in_progress")).exclude(agency=plan.coordinator)
    ordered = running.select_related("agency", "plan", "task").order_by("-pk")
    assignment = next((each for each in ordered if not each.agency.is_political), None)
    if assignment:
        ask_explanation(
            assignment, question=QUESTION, working_days=5, by=cast.who_accepts(plan, assignment.agency)
        )


def announce(_plan: Plan, cast: Cast) -> None:
    """The administrator enters the day; the due date moves and those concerned are told."""
    keeper = Membership.objects.select_related("agency").filter(role="administrator").order_by("pk").first()
    if keeper:
        add_day(
            date=DAY_OFF,
            kind="off",
            name="Nghỉ tránh bão (tình huống mẫu)",
            name_en="Storm (made up for the sample)",
            legal_act="Thông báo của Ủy ban nhân dân thành phố (mẫu)",
            announced_on=ANNOUNCED_ON,
            source="Dữ liệu mẫu",
            by=cast.of(keeper.agency, "administrator"),
        )


def answer(plan: Plan, cast: Cast) -> None:
    asked = Explanation.objects.filter(assignment__plan=plan, question=QUESTION, state="asked")
    for explanation in asked.select_related("assignment__agency", "assignment__plan"):
        give_explanation(explanation, answer=ANSWER, by=cast.of(explanation.assignment.agency, "focal_point"))


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    return [
        (ASKED_ON, partial(ask, plan, cast)),
        (ANNOUNCED_ON, partial(announce, plan, cast)),
        (ANSWERED_ON, partial(answer, plan, cast)),
    ]
