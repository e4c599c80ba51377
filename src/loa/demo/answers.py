"""Answers of the sample city become public: looked through week by week, some rated, one kept private, one taken back."""

from __future__ import annotations

from datetime import date, timedelta

from loa.demo.year import Cast, Happening
from loa.directory.models import User
from loa.feedback import actions, queries
from loa.feedback.models import Case, IntakeDesk, KeptPrivate, Publication
from loa.plans.models import DutyAssignment, Plan

FIRST, LAST = date(2019, 3, 22), date(2019, 7, 12)
COUNTED_ON, TAKEN_BACK_ON = date(2019, 3, 21), date(2019, 6, 27)
STARS = (5, 4, 5, 3, 4, 2, 5)


class AnswerStory:
    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan, self.cast = plan, cast

    def count(self) -> None:
        """The coordinator says for which standing duty answers count."""
        by = self.cast.of(self.plan.coordinator, "focal_point")
        duty = DutyAssignment.objects.filter(plan=self.plan, agency__code="so-tu-phap").order_by("pk").first()
        if duty is not None:
            actions.count_for(duty, agency=duty.agency, unit="câu trả lời", by=by)

    def publish_waiting(self) -> None:
        by = self._intake()
        for case in queries.unpublished_cases(queries.cases_of_intake(by))[:12]:
            if case.kind == Case.Kind.PRAISE and not KeptPrivate.objects.exists():
                note = "Lời khen riêng; người gửi không muốn nêu tên cán bộ."
                actions.keep_private(case, ground=KeptPrivate.Ground.WISH, note=note, by=by)
                continue
            texts = queries.original_texts(case)
            marked = queries.marked_texts(case, texts)
            ticked = [piece.key for each in marked.values() for piece in each.proposals if piece.is_ticked]
            actions.publish_case(case, **queries.with_ticked_replaced(marked, ticked), by=by)

    def rate(self) -> None:
        rows = Case.objects.filter(state__in=("answered", "published"), rating__isnull=True)
        for case in rows.order_by("pk")[:2]:
            actions.rate_case(case, stars=STARS[case.pk % len(STARS)])

    def take_one_back(self) -> None:
        row = Publication.objects.filter(withdrawn_at__isnull=True).select_related("case").first()
        if row is not None:
            actions.withdraw_publication(row, note="Còn chi tiết để nhận ra người gửi.", by=self._intake())

    def _intake(self) -> User:
        desk = IntakeDesk.objects.get(is_main=True)
        return self.cast.of(desk.agency, "focal_point")


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = AnswerStory(plan, cast)
    weeks = range((LAST - FIRST).days // 7 + 1)
    found: list[Happening] = [(COUNTED_ON, story.count)]
    for week in weeks:
        found.append((FIRST + timedelta(weeks=week), story.publish_waiting))
        found.append((FIRST + timedelta(weeks=week, days=3), story.rate))
    return [*found, (TAKEN_BACK_ON, story.take_one_back)]
