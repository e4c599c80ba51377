from datetime import date, timedelta

import pytest

from factories import (
    make_agency,
    make_assignment,
    make_event,
    make_invitation,
    make_plan,
    make_registration,
    make_task,
    make_user,
)
from loa.core import clock
from loa.events.models import Event
from loa.plans.models import Occurrence

TODAY = date(2019, 6, 10)
HOUR = timedelta(hours=1)


class Scene:
    """An organiser with a task to train people, an invited district, a stranger."""

    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.agency = make_agency("Sở Nội vụ", symbol="SNV", place="Hải Phòng")
        self.district = make_agency("UBND quận Lê Chân", kind="district")
        self.other = make_agency("Sở Khác")
        self.task = make_task(self.plan, content="Tập huấn nghiệp vụ tuyên truyền")
        self.work = make_assignment(self.agency, task=self.task, state="in_progress")
        self.occurrence = Occurrence.objects.create(
            task=self.task, position=1, title="Lớp thứ nhất", lead=self.agency
        )
        self.officer = make_user(self.agency, "officer")
        self.focal = make_user(self.agency, "focal_point")
        self.head = make_user(self.agency, "head")
        self.local = make_user(self.district, "focal_point")
        self.guest = make_user(self.district, "officer")
        self.stranger = make_user(self.other, "focal_point")

    def said(self, **changes):
        starts_at = changes.pop("starts_at", clock.now() + timedelta(days=5))
        return {
            "kind": "training",
            "title": "Tập huấn kỹ năng tuyên truyền",
            "purpose": "Cho cán bộ đầu mối",
            "place": "Hội trường tầng 3",
            "starts_at": starts_at,
            "ends_at": starts_at + 3 * HOUR,
            **changes,
        }

    def event(self, **fields):
        return make_event(self.agency, self.officer, **fields)

    def held(self, *, people=3, **fields):
        """One that has ended an hour ago, with some people on its list."""
        now = clock.now()
        fields = {"began_at": now - 3 * HOUR, "ended_at": now - HOUR, **fields}
        event = self.event(state="ended", starts_at=now - 3 * HOUR, **fields)
        for number in range(people):
            make_registration(event, name=f"Người thứ {number}", origin="invited", organisation="Sở Khác")
        return event

    def invitation(self, event, **fields):
        return make_invitation(event, self.district, **fields)


def again(row):
    """As the database has it now."""
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def scene(db, today):
    today(TODAY)
    return Scene()


@pytest.fixture
def events():
    return Event.objects
