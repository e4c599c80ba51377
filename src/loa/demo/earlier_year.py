"""The year before: a smaller plan of 2018, its unfinished tasks closed and carried into the sample plan."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from loa.core import clock, uploads
from loa.demo.papers import evidence_paper
from loa.demo.sample_plan import sample_facts, sample_plan
from loa.demo.taking_in import take_in
from loa.demo.year import Cast, Happening
from loa.plans import actions
from loa.plans.models import Assignment, Plan, Task
from loa.plans.queries import proposed_matches, unfinished_tasks
from officialdoc.write.word import write_docx

NUMBER, SYMBOL, ISSUED_ON = 38, "KH-UBND", date(2018, 2, 5)
NAME = "ke_hoach_38_kh_ubnd_2018.docx"
DONE = "Tổ chức họp báo công bố kết quả cải cách hành chính năm 2018"
DROPPED = "Xây dựng trang tin cải cách hành chính riêng của thành phố"
NOT_NEEDED = "Nội dung đã đưa vào chuyên mục trên Cổng Thông tin điện tử thành phố, không làm trang riêng."
CLOSED_BECAUSE = "Kết thúc năm kế hoạch 2018; các nhiệm vụ chưa hoàn thành chuyển sang năm 2019."


def plan_of_2018() -> bytes:
    """The tasks that plan 42 prints as carried over, as they stood the year before, and two more."""
    facts = sample_facts()
    carried = [task for task in facts["tasks"] if task.get("carried_over_from")]
    more = [
        {"content": DONE, "lead": "Sở Thông tin và Truyền thông", "coordinating": ["Sở Nội vụ"]},
        {"content": DROPPED, "lead": "Sở Thông tin và Truyền thông", "coordinating": ["Sở Nội vụ"]},
    ]
    tasks: list[dict[str, Any]] = [
        {**task, "content": _earlier(task["content"]), "carried_over_from": None} for task in carried
    ]
    facts |= {
        "number": NUMBER,
        "on": ISSUED_ON.isoformat(),
        "tasks": [*more[:1], *tasks, *more[1:]],
        "duties": facts["duties"][:1],
    }
    for key in ("title", "opening", "specific_tasks", "budget", "due_text", "annex_title", "closing"):
        facts[key] = _earlier(facts[key])
    return write_docx(sample_plan(facts))


def _earlier(words: str) -> str:
    return words.replace("2019", "2018")


class EarlierYear:
    """Plan 38 of 2018: read by the real import, partly carried out, closed; then linked with plan 42."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(number=f"{NUMBER}/{SYMBOL}", year=2018)

    def take_in(self) -> None:
        take_in(plan_of_2018(), NAME, cast=self.cast)

    def finish_one(self) -> None:
        """One task is done; others leave a part of their work as evidence."""
        for assignment in self._led(DONE):
            focal = self.cast.of(assignment.agency, "focal_point")
            self._paper(assignment, "Tài liệu họp báo")
            actions.hand_to_head(assignment, by=focal)
            actions.submit_assignment(assignment, by=self.cast.of(assignment.agency, "head"))
            actions.accept_result(assignment, by=self.cast.who_accepts(self.plan, assignment.agency))
        for task in self.plan.tasks.exclude(content=DONE).order_by("position")[:4]:
            for assignment in task.assignments.select_related("task", "plan", "agency"):
                self._paper(assignment, "Kết quả bước đầu năm 2018")

    def _led(self, content: str) -> list[Assignment]:
        rows = Assignment.objects.filter(plan=self.plan, task__content=content)
        return list(rows.select_related("task", "plan", "agency"))

    def _paper(self, assignment: Assignment, title: str) -> None:
        paper = evidence_paper(assignment.agency.name, title, clock.today())
        actions.attach_file(
            assignment,
            upload=uploads.check_upload(BytesIO(paper), f"{title}.docx"),
            title=title,
            on=clock.today(),
            by=self.cast.of(assignment.agency, "focal_point"),
        )

    def close(self) -> None:
        plan = self.plan
        fates = {
            item.task.pk: actions.Fate(Task.Closing.END, NOT_NEEDED)
            if item.task.content == DROPPED
            else actions.Fate(Task.Closing.CARRY)
            for item in unfinished_tasks(plan)
        }
        head = self.cast.of(plan.coordinator, "head")
        actions.close_plan(plan, note=CLOSED_BECAUSE, fates=fates, by=head)

    def link(self, following: Plan) -> None:
        """The coordinator confirms the matches that are proposed for "chuyển tiếp năm 2018"."""
        links = {
            item.task.pk: item.likely.pk for item in proposed_matches(following) if item.likely is not None
        }
        coordinator = self.cast.of(following.coordinator, "focal_point")
        actions.link_predecessors(following, links=links, by=coordinator)


def before(cast: Cast) -> list[Happening]:
    """What happened before the sample year begins."""
    played = EarlierYear(cast)
    return [
        (ISSUED_ON, played.take_in),
        (date(2018, 11, 20), played.finish_one),
        (date(2018, 12, 26), played.close),
    ]


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    return [(date(2019, 2, 12), lambda: EarlierYear(cast).link(plan))]
