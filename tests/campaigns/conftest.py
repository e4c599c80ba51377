from datetime import date

import pytest

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.campaigns.actions import load_radio
from loa.campaigns.models import PressBody
from loa.plans.models import CommunicationForm, Topic

TODAY = date(2019, 6, 10)


class Scene:
    """A plan with a newspaper that must publish, its coordinator, and a district outside the task."""

    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.paper = make_agency("Báo Thành phố", kind="press")
        self.district = make_agency("Quận Một", kind="district")
        self.task = make_task(self.plan, content="Mở chuyên mục cải cách hành chính")
        self.work = make_assignment(self.paper, task=self.task, state="in_progress")
        self.duty = make_duty(self.plan, self.district)
        self.topic = Topic.objects.create(plan=self.plan, label="a)", text="Thủ tục hành chính", position=1)
        self.form = CommunicationForm.objects.create(plan=self.plan, label="a)", text="Báo chí", position=1)
        self.coordinator = make_user(self.plan.coordinator, "focal_point")
        self.reporter = make_user(self.paper, "focal_point")
        self.local = make_user(self.district, "focal_point")
        self.stranger = make_user(make_agency("Sở Khác"), "focal_point")
        self.body = PressBody.objects.create(
            name="Báo Thành phố",
            kind="print",
            agency=self.paper,
            host="baothanhpho.example",
            agency_of_entry=self.plan.coordinator,
        )
        self.outside = PressBody.objects.create(
            name="Báo Trung ương", kind="online", host="trunguong.example", agency_of_entry=self.district
        )

    def said(self, **changes):
        return {
            "press_body": self.body,
            "title": "Một cửa điện tử về xã",
            "link": "https://baothanhpho.example/cchc/mot-cua.html",
            "on": date(2019, 6, 3),
            "author": "",
            "column": "Cải cách hành chính",
            "genre": "news",
            "topic": self.topic,
            "form": self.form,
            "is_public": True,
            **changes,
        }


@pytest.fixture
def scene(db, today):
    today(TODAY)
    load_radio()
    return Scene()
