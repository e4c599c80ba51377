"""A city with one plan, two departments that become one, a third that takes a part, and who works there."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.directory import actions as directory
from loa.plans.models import CoordinationRequest, Deliverable, Occurrence

TODAY = date(2019, 6, 3)
DAY = date(2019, 7, 1)
NOW = datetime(2019, 6, 3, 3, 0, tzinfo=UTC)


def make_scene():
    plan = make_plan()
    scene = SimpleNamespace(
        plan=plan,
        press=make_agency("Sở Báo chí", code="so-bao-chi"),
        tourism=make_agency("Sở Du lịch", code="so-du-lich"),
        culture=make_agency("Sở Văn hóa", code="so-van-hoa"),
        science=make_agency("Sở Khoa học", code="so-khoa-hoc"),
        administrator=make_user(make_agency("Văn phòng"), "administrator", full_name="Quản trị"),
    )
    scene.officer = make_user(scene.press, "officer", full_name="Chuyên viên Báo chí")
    scene.focal_point = make_user(scene.press, "focal_point", full_name="Đầu mối Báo chí")
    scene.head = make_user(scene.press, "head", full_name="Giám đốc Báo chí")
    scene.heir_point = make_user(scene.culture, "focal_point", full_name="Đầu mối Văn hóa")
    scene.heir_head = make_user(scene.culture, "head", full_name="Giám đốc Văn hóa")
    scene.stranger = make_user(make_agency("Sở Ngoài cuộc"), "focal_point", "head")
    scene.open = make_assignment(
        scene.press,
        task=make_task(plan, content="Họp báo hằng quý"),
        state="in_progress",
        officer=scene.officer,
    )
    scene.done = make_assignment(
        scene.press, task=make_task(plan, content="In tờ gấp"), state="done", done_at=NOW
    )
    scene.duty = make_duty(plan, scene.press)
    return scene


def coordinate(task, agency, state="asked"):
    return CoordinationRequest.objects.create(task=task, agency=agency, state=state)


def produce(work, agency, *, quantity=1, source=""):
    place = "duty_assignment" if hasattr(work, "duty_id") else "assignment"
    return Deliverable.objects.create(
        **{place: work},
        agency=agency,
        kind="file",
        title="Bài viết",
        on=TODAY,
        source=source or f"file:{place}:{work.pk}:{Deliverable.objects.count()}",
        quantity=quantity,
        recorded_at=NOW,
    )


def hold(task, lead, **fields):
    return Occurrence.objects.create(
        task=task, position=task.occurrences.count() + 1, title="Kỳ", lead=lead, **fields
    )


def prepare(scene, *, on=DAY, number="Nghị quyết 1/NQ-HĐND"):
    return directory.prepare_decision(number=number, subject="Sắp xếp các sở", on=on, by=scene.administrator)


def merge(scene, decision, *before, into):
    return directory.add_act(
        decision, kind="merge", predecessors=before, successors=[into], by=scene.administrator
    )
