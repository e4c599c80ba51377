"""Load the sample once: the city, the plan by the real import, and its year."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import resources
from typing import Any

from django.db import transaction

from loa.core import clock
from loa.core.clocks import failing_clocks, run_clocks
from loa.demo import (
    TODAY,
    afterwards,
    answers,
    casework,
    citizen,
    composing,
    dialogues,
    earlier_year,
    events,
    in_the_open,
    intake,
    legal,
    machines,
    money,
    newsroom,
    next_year,
    plan_life,
    portal,
    press,
    procedures,
    publications,
    reminding,
    reorganisation,
    rounds,
    storm,
    year,
)
from loa.demo.city import data, load_city
from loa.demo.taking_in import take_in
from loa.plans.actions import add_note, answer_request
from loa.plans.models import CoordinationRequest, Plan

FIRST = date(2019, 1, 1)
IMPORTED_ON = date(2019, 2, 11)
ANSWERED_ON = date(2019, 2, 25)
DUTIES_NOTED_ON = (date(2019, 3, 7), date(2019, 6, 20), date(2019, 10, 18), date(2019, 12, 9))
SAMPLE = "ke_hoach_mau.docx"


def load_sample(tell: Callable[[str], None]) -> Plan:
    """Play everything up to `TODAY`; what is there already is left alone. All or nothing."""
    tell("Nạp danh bạ thành phố mẫu…")
    load_city()
    plan = Plan.objects.filter(document__sha256=digest_of_sample()).first()
    if plan is not None:
        return plan
    try:
        with transaction.atomic():
            tell("Nhập kế hoạch mẫu, diễn lại từng ngày thực hiện…")
            return play(TODAY)
    finally:
        clock.set_today(None)


def play(until: date) -> Plan:
    """From new year to a day and with it, day by day: what people do, then what the clocks do by themselves."""
    cast = year.Cast()
    for day, happen in earlier_year.before(cast):
        clock.set_today(day)
        happen()
    by_day: dict[date, list[Callable[[], Any]]] = {}
    for day in days_between(FIRST, until):
        clock.set_today(day)
        if day == IMPORTED_ON:
            plan = import_plan()
            for on, happen in told(plan, cast):
                by_day.setdefault(on, []).append(happen)
        for happen in by_day.get(day, ()):
            happen()
        turn_clocks()
    return plan


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def turn_clocks() -> None:
    """A clock that fails is a fault of the program, not of the day: the story does not go on."""
    run_clocks()
    if failing := failing_clocks():
        raise RuntimeError("; ".join(f"{run.name}: {run.error}" for run in failing))


def sample() -> bytes:
    return resources.files("loa.demo").joinpath("data", SAMPLE).read_bytes()


def digest_of_sample() -> str:
    return hashlib.sha256(sample()).hexdigest()


def import_plan() -> Plan:
    """The path the pages take: read, look at what is unresolved, confirm, issue."""
    clock.set_today(IMPORTED_ON)
    return take_in(sample(), SAMPLE, cast=year.Cast())


def told(plan: Plan, cast: year.Cast) -> list[year.Happening]:
    """Each story gives its happenings; on one day they come in the order of this list."""
    return [
        (ANSWERED_ON, lambda: answer_requests(plan, cast)),
        *((day, partial(note_duties, plan, cast, day, turn)) for turn, day in enumerate(DUTIES_NOTED_ON)),
        *year.happenings(plan, cast),
        *composing.happenings(plan, cast),
        *rounds.happenings(plan, cast),
        *storm.happenings(plan, cast),
        *money.happenings(plan, cast),
        *earlier_year.happenings(plan, cast),
        *plan_life.happenings(plan, cast),
        *publications.happenings(plan, cast),
        *citizen.happenings(plan, cast),
        *reorganisation.happenings(plan, cast),
        *procedures.happenings(plan, cast),
        *reminding.happenings(plan, cast),
        *press.happenings(plan, cast),
        *next_year.happenings(plan, cast),
        *portal.happenings(plan, cast),
        *legal.happenings(plan, cast),
        *in_the_open.happenings(plan, cast),
        *newsroom.happenings(plan, cast),
        *intake.happenings(plan, cast),
        *casework.happenings(plan, cast),
        *events.happenings(plan, cast),
        *dialogues.happenings(plan, cast),
        *machines.happenings(plan, cast),
        *answers.happenings(plan, cast),
        *afterwards.happenings(plan, cast),
    ]


def answer_requests(plan: Plan, cast: year.Cast) -> None:
    """Most coordinating bodies agree, one declines, some have not answered."""
    asked = CoordinationRequest.objects.filter(task__plan=plan, agency__level="city").select_related(
        "agency", "task__plan"
    )
    for number, request in enumerate(asked.order_by("task__position", "agency__code")):
        person = cast.of(request.agency, "focal_point")
        if number % 23 == 7:
            answer_request(
                request, step="decline", answer="Nội dung không thuộc lĩnh vực cơ quan phụ trách.", by=person
            )
        elif number % 5:
            answer_request(request, step="agree", by=person)


def note_duties(plan: Plan, cast: year.Cast, day: date, turn: int) -> None:
    """A part of the bodies note what they did on a part of their standing duties."""
    words = data("year.json")["duty_results"]
    duties = plan.duty_assignments.select_related("agency", "plan", "duty").order_by("pk")
    for number, work in enumerate(duties):
        if (number + turn) % 4 == 0:
            done = words[number % len(words)].format(n=3 + number % 7)
            add_note(work, on=day, done=done, by=cast.of(work.agency, "focal_point"))
