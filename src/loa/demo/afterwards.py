"""After the sessions of the sample city: a promise becomes work, askers say what answers were worth, a course is planned
in two sessions.
"""

from __future__ import annotations

from datetime import date, timedelta

from loa.core import clock
from loa.demo.year import Cast, Happening
from loa.events import actions as events
from loa.events.models import Event
from loa.events.shapes import Line
from loa.feedback import actions
from loa.feedback.models import IntakeDesk, Promise, Rating
from loa.plans.models import Plan

WORK_ON, SAID_ON, PLANNED_ON = date(2019, 6, 25), date(2019, 7, 8), date(2019, 7, 10)
SAID = (
    ("Trả lời rõ ràng, đúng việc tôi hỏi. Cảm ơn cơ quan.", True),
    ("Trả lời đúng hạn nhưng còn chung chung, mong nói rõ cần nộp giấy tờ gì.", True),
    ("Tôi hài lòng.", False),
)


class Afterwards:
    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast

    def make_work(self) -> None:
        """The coordinator gives what was promised for the end of August as work under the task of dialogues."""
        promise = Promise.objects.filter(state="open", assignment=None).order_by("-due_on").first()
        task = self.plan.tasks.filter(search_text__contains="doi thoai", ended_on=None).first()
        if promise is None or task is None:
            return
        task.plan = self.plan
        by = self.cast.of(self.plan.coordinator, "focal_point")
        actions.make_promise_work(promise, task=task, words=promise.words, due_on=promise.due_on, by=by)

    def say(self) -> None:
        """Three askers add words to their stars; the first may be read by everybody, the second waits."""
        desk = IntakeDesk.objects.get(is_main=True)
        by = self.cast.of(desk.agency, "focal_point")
        public = Rating.objects.filter(case__publication__withdrawn_at__isnull=True, case__state="rated")
        rows = list(public.select_related("case").order_by("-stars", "pk")[: len(SAID)])
        for row, (words, may_show) in zip(rows, SAID, strict=False):
            said = actions.rate_case(row.case, stars=row.stars, words=words, may_show=may_show)
            if words == SAID[0][0]:
                actions.show_words(said, public_words=words, by=by)

    def plan_sessions(self) -> None:
        """A gathering to come is held in two parts, each with its own attendance."""
        rows = Event.objects.filter(state="announced", starts_at__gt=clock.now() + timedelta(days=6))
        event = rows.exclude(kind=Event.Kind.DIALOGUE).order_by("starts_at").first()
        if event is None:
            return
        half = event.starts_at + (event.ends_at - event.starts_at) / 2
        lines = [
            Line(event.starts_at, "Phần thứ nhất", takes_attendance=True),
            Line(half, "Phần thứ hai", takes_attendance=True),
        ]
        events.set_programme(event, lines, by=self.cast.of(event.agency, "focal_point"))


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = Afterwards(plan, cast)
    return [(WORK_ON, story.make_work), (SAID_ON, story.say), (PLANNED_ON, story.plan_sessions)]
