"""A running plan with one person per role, for the tests of pages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.directory.models import Agency, User
from loa.plans import actions
from loa.plans.models import CommunicationForm, CoordinationRequest, Occurrence, Plan, Target, Task, Topic

TODAY = date(2019, 6, 3)


@dataclass
class Scene:
    """A running plan, its lead with one person per role, and what the pages show."""

    plan: Plan
    task: Task
    lead: Agency
    focal_point: User
    head: User
    officer: User
    coordinator: User
    stranger: User

    @property
    def assignment(self):
        return self.task.assignments.get()

    def url(self, name, *args):
        return reverse(f"plans:{name}", args=args)


def make_scene() -> Scene:
    plan = make_plan(number="42/KH-UBND")
    lead = make_agency("Sở Tư pháp")
    made = Scene(
        plan,
        make_task(plan, content="Mở lớp tập huấn pháp chế", due_on=date(2019, 6, 28)),
        lead,
        make_user(lead, "focal_point"),
        make_user(lead, "head"),
        make_user(lead, "officer"),
        make_user(plan.coordinator, "head"),
        make_user(make_agency("Sở Y tế"), "head"),
    )
    make_assignment(lead, task=made.task, state="in_progress", officer=made.officer)
    return made


def fill(scene, count):
    """`count` more tasks, each with everything that a page shows."""
    topic = Topic.objects.create(plan=scene.plan, label="a", text="Thủ tục hành chính", position=1)
    form = CommunicationForm.objects.create(plan=scene.plan, label="a", text="Báo chí", position=1)
    for number in range(count):
        task = make_task(
            scene.plan, content=f"Đối thoại lần {number}", due_on=date(2019, 6, 10 + number % 15)
        )
        task.bodies.create(role="lead", printed=scene.lead.name, agency=scene.lead, position=1)
        task.topics.add(topic)
        task.forms.add(form)
        Target.objects.create(task=task, measure="đối thoại", quantity=6, unit="cuộc")
        assignment = make_assignment(scene.lead, task=task, state="in_progress", officer=scene.officer)
        CoordinationRequest.objects.create(task=task, agency=scene.lead)
        add_evidence(scene, task, assignment, 0)
        make_duty(scene.plan, scene.lead, text=f"Đăng tin số {number}")


def add_evidence(scene, task, assignment, number):
    """An occurrence, a note and a counted link."""
    Occurrence.objects.create(
        task=task, position=number, title=f"Kỳ {number}", lead=scene.lead, on=date(2019, 6, 20)
    )
    actions.add_note(assignment, on=TODAY, done=f"Việc {number}", by=scene.officer)
    actions.attach_link(
        assignment,
        link=f"https://example.test/{task.pk}/{number}",
        title="Tin bài",
        on=TODAY,
        quantity=Decimal(1),
        unit="cuộc",
        by=scene.officer,
    )
