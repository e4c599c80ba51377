"""After the sessions of the sample city: a promise becomes work, askers say what answers were worth, a course is held
in two sessions.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from loa.demo.year import Cast, Happening
from loa.events import actions as events
from loa.events.models import Event
from loa.events.shapes import Line
from loa.feedback import actions
from loa.feedback.models import IntakeDesk, Promise, Rating
from loa.feedback.queries import may_be_rated
from loa.plans.models import Plan

PLANNED_ON, SAID_ON, HELD_ON, WORK_ON = (date(2019, 7, day) for day in (2, 8, 11, 12))
COURSE = "Tập huấn kỹ năng trả lời phản ánh, kiến nghị trên mạng"
PEOPLE = ("Chuyên viên phường Một", "Chuyên viên phường Hai", "Chuyên viên xã Ba", "Chuyên viên xã Bốn")
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
        """Some askers add words to their stars; the first may be read by everybody, the second waits."""
        desk = IntakeDesk.objects.get(is_main=True)
        by = self.cast.of(desk.agency, "focal_point")
        public = Rating.objects.filter(case__publication__withdrawn_at__isnull=True, words="")
        rows = [
            row for row in public.select_related("case").order_by("-stars", "pk") if may_be_rated(row.case)
        ]
        for row, (words, may_show) in zip(rows, SAID, strict=False):
            said = actions.rate_case(row.case, stars=row.stars, words=words, may_show=may_show)
            if words == SAID[0][0]:
                actions.show_words(said, public_words=words, by=by)

    def plan_course(self) -> None:
        """A course in two sessions, each with its own attendance; a certificate asks for both."""
        officer, head = (self.cast.of(self.plan.coordinator, role) for role in ("focal_point", "head"))
        event = events.draft_event(
            kind=Event.Kind.TRAINING,
            title=COURSE,
            purpose="Cán bộ đầu mối trả lời phản ánh, kiến nghị của người dân đúng hạn, dễ hiểu.",
            place="Hội trường Trung tâm Thông tin và Truyền thông",
            starts_at=_at(HELD_ON, 8),
            ends_at=_at(HELD_ON, 17),
            needs_conclusion=False,
            gives_certificates=True,
            certificate_share=100,
            by=officer,
        )
        lines = [
            Line(_at(HELD_ON, 8), "Buổi sáng: nghe và phân loại", takes_attendance=True),
            Line(_at(HELD_ON, 12), "Nghỉ trưa"),
            Line(_at(HELD_ON, 13), "Buổi chiều: viết câu trả lời", takes_attendance=True),
        ]
        events.set_programme(event, lines, by=officer)
        for step, by in (("hand_in", officer), ("approve", head), ("announce", officer)):
            event.refresh_from_db()
            events.take_event_step(event, step, by=by)
        for name in PEOPLE:
            events.add_own(event, name=name, title="Chuyên viên", by=officer)

    def hold_course(self) -> None:
        """Everybody is there in the morning; one is missing in the afternoon, and gets no certificate."""
        event = Event.objects.get(title=COURSE)
        officer = self.cast.of(self.plan.coordinator, "focal_point")
        events.take_event_step(event, "open", by=officer)
        people = dict.fromkeys(event.registrations.values_list("pk", flat=True), "present")
        morning, afternoon = event.sessions.filter(takes_attendance=True)
        events.mark_session(morning, people, by=officer)
        events.mark_session(afternoon, people | {max(people): "excused"}, by=officer)
        event.refresh_from_db()
        events.take_event_step(event, "end", by=officer)
        event.refresh_from_db()
        events.give_certificates(event, by=officer)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = Afterwards(plan, cast)
    acts = [(SAID_ON, story.say), (PLANNED_ON, story.plan_course), (HELD_ON, story.hold_course)]
    return [(WORK_ON, story.make_work), *acts]
