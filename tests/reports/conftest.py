from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import pytest

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.plans.models import Deliverable, ProgressNote, Target
from loa.reports.actions import load_templates, open_round
from loa.reports.queries.proposing import propose_round

_serial = count(1)


@dataclass
class Scene:
    """A plan whose coordinator, office, press agency and district have work of their own."""

    plan: object
    coordinator: object
    office: object
    press: object
    district: object
    dialogue: object  # the office's task with a target of six
    articles: object  # the press agency's task
    contest: object  # the coordinator's own task
    duty: object  # the district's standing duty
    people: dict = field(default_factory=dict)

    def person(self, agency, *roles):
        """The same person for the same hat."""
        key = (agency.pk, roles)
        if key not in self.people:
            self.people[key] = make_user(agency, *roles)
        return self.people[key]

    @property
    def writer(self):
        return self.person(self.press, "focal_point")

    @property
    def head(self):
        return self.person(self.press, "head")

    @property
    def accepter(self):
        return self.person(self.coordinator, "focal_point")


@pytest.fixture
def scene(db):
    load_templates()
    issuer = make_agency("UBND thành phố", kind="peoples_committee", symbol="UBND", place="Hải Phòng")
    coordinator = make_agency(
        "Sở Thông tin và Truyền thông", symbol="STTTT", place="Hải Phòng", parent=issuer
    )
    office = make_agency("Văn phòng UBND thành phố", kind="office")
    plan = make_plan(issuer=issuer, coordinator=coordinator, accepting_office=office, number="42/KH-UBND")
    press = make_agency("Báo Hải Phòng", kind="press")
    district = make_agency("UBND quận Hồng Bàng", kind="district", level="district")
    plan.reporting_rules.create(
        when_text="trước ngày 02/11", recurrence="yearly", month_day="11-02", is_before=True, position=1
    )
    dialogue = make_assignment(office, task=make_task(plan, content="Tổ chức 06 cuộc đối thoại"))
    Target.objects.create(
        task=dialogue.task, measure="đối thoại trực tuyến", quantity=6, unit="cuộc đối thoại"
    )
    articles = make_assignment(press, task=make_task(plan, content="Đăng tin, bài"))
    contest = make_assignment(coordinator, task=make_task(plan, content="Tổ chức cuộc thi"))
    duty = make_duty(plan, district)
    return Scene(plan, coordinator, office, press, district, dialogue, articles, contest, duty)


@pytest.fixture
def note():
    """`note(work, "đã đăng bài", on=…, obstacles=…)` on an assignment or a duty's assignment."""

    def make(work, done, *, on=date(2019, 6, 3), **fields):
        by = make_user(work.agency)
        return ProgressNote.objects.create(
            **_work(work), done=done, on=on, by=by, at=datetime(2019, 6, 3, tzinfo=UTC), **fields
        )

    return make


@pytest.fixture
def deliverable():
    def make(work, title="Bài viết", *, on=date(2019, 6, 3), quantity=1, unit="", **fields):
        return Deliverable.objects.create(
            **_work(work),
            agency=work.agency,
            kind="file",
            title=title,
            on=on,
            source=f"test:{next(_serial)}",
            quantity=Decimal(quantity),
            unit=unit,
            recorded_at=datetime(2019, 6, 3, tzinfo=UTC),
            **fields,
        )

    return make


def _work(work):
    return {"assignment" if hasattr(work, "task_id") else "duty_assignment": work}


@pytest.fixture
def opened(scene):
    """`opened()` opens the yearly round; keyword arguments replace what the rules propose."""

    def make(**changes):
        proposal = propose_round(scene.plan, date(2019, 10, 15))
        fields = {key: getattr(proposal, key) for key in proposal.__slots__} | changes
        return open_round(scene.plan, **fields, by=scene.accepter)

    return make


@pytest.fixture
def report_of(opened):
    """`report_of(agency)`: the agency's report in the yearly round, opened the first time it is asked."""
    rounds = []

    def get(agency):
        if not rounds:
            rounds.append(opened())
        return rounds[0].reports.select_related("round__plan", "round__template", "agency").get(agency=agency)

    return get


@pytest.fixture
def filled(scene):
    """`filled(report)` writes what is missing and leaves it with the head."""
    from loa.reports.actions import hand_to_head, save_report

    def fill(report, result="Đã làm xong."):
        by = scene.person(report.agency, "focal_point")
        lines = {
            line.pk: {"result": result, "completion": "full", "reason": ""} for line in report.lines.all()
        }
        texts = {"strengths": "Kịp thời", "obstacles": "Thiếu kinh phí"}
        figures = {row.pk: {"reason": "Không phát sinh."} for row in report.figures.filter(value=0)}
        save_report(report, version=report.version, texts=texts, lines=lines, figures=figures, by=by)
        hand_to_head(report, by=by)
        return report

    return fill


@pytest.fixture
def submitted(scene, filled):
    from loa.reports.actions import submit_report

    def submit(report, **texts):
        filled(report, **texts)
        submit_report(report, by=scene.person(report.agency, "head"))
        return report

    return submit


@pytest.fixture
def accepted(scene, submitted):
    from loa.reports.actions import accept_report

    def accept(report, **texts):
        submitted(report, **texts)
        own = report.agency_id == scene.coordinator.pk
        accept_report(report, by=scene.person(scene.office, "head") if own else scene.accepter)
        return report

    return accept


@pytest.fixture
def consolidation(scene, opened, today):
    from loa.reports.actions import draft_consolidation

    today(date(2019, 11, 5))
    return draft_consolidation(opened(), by=scene.accepter)
