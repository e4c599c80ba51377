"""The end of the sample year: the plan of 2019 is closed and the plan of 2020 takes what was not finished.

Played only where a whole year is told: after `CLOSED_ON` nothing of the plan of 2019 moves any more.
"""

from __future__ import annotations

from datetime import date

from loa.demo.year import Cast, Happening
from loa.plans import actions
from loa.plans.actions.issue import issue_plan
from loa.plans.models import Plan, Task
from loa.plans.queries import unfinished_tasks

CLOSED_ON = date(2019, 12, 30)
OPENED_ON = date(2019, 12, 31)
NUMBER = "318/KH-UBND"
TITLE = "Tuyên truyền cải cách hành chính nhà nước\nthành phố Hải Phòng năm 2020"
CLOSED_BECAUSE = "Kết thúc năm kế hoạch 2019; các nhiệm vụ chưa hoàn thành chuyển sang năm 2020."


def close_year(plan: Plan, cast: Cast) -> None:
    """Every unfinished task goes on."""
    plan.refresh_from_db()
    fates = {item.task.pk: actions.Fate(Task.Closing.CARRY) for item in unfinished_tasks(plan)}
    actions.close_plan(plan, note=CLOSED_BECAUSE, fates=fates, by=cast.of(plan.coordinator, "head"))


def open_next_year(plan: Plan, cast: Cast) -> Plan:
    """The plan of 2020, issued, with the tasks that the plan of 2019 hands on."""
    plan.refresh_from_db()
    coordinator = cast.of(plan.coordinator, "focal_point")
    following = actions.open_next_plan(plan, number=NUMBER, title=TITLE, issued_on=OPENED_ON, by=coordinator)
    return issue_plan(following, by=coordinator)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    return [
        (CLOSED_ON, lambda: close_year(plan, cast)),
        (OPENED_ON, lambda: open_next_year(plan, cast)),
    ]
