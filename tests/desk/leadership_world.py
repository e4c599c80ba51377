"""A plan with work, targets, evidence, reports and questions, moved at random through the real actions."""

import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.core import clock
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans import actions
from loa.plans.models import Assignment, CommunicationForm, Explanation, Extension, Target, Topic
from loa.plans.states import ASSIGNMENT
from loa.reports import actions as report_actions
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate
from loa.reports.states import REPORT

KINDS = ("department", "department", "district", "district", "press", "mass_organisation")


class RandomWorld:
    """Every choice comes from the seed. `live_until(day)` lets days pass, with some acts on each."""

    def __init__(self, seed, first_day):
        self.chance = random.Random(seed)
        self.day = first_day
        clock.set_today(first_day)
        report_actions.load_templates()
        self.plan = make_plan()
        self.agencies = [make_agency(kind=kind) for kind in KINDS]
        people = [*self.agencies, self.plan.coordinator, self.plan.accepting_office]
        self.workers = {agency.pk: make_user(agency, "focal_point").pk for agency in people}
        self.heads = {agency.pk: make_user(agency, "head").pk for agency in people}
        self.leader = make_user(self.plan.issuer, "leader")
        self._classes()
        self.tasks = [self._task() for _ in range(6)]
        self._round()

    def head_of(self, agency):
        return User.objects.get(pk=self.heads[agency.pk])

    def worker_of(self, agency_id):
        return User.objects.get(pk=self.workers[agency_id])

    def _classes(self):
        for number in range(3):
            Topic.objects.create(
                plan=self.plan, label="abc"[number], text=f"Chủ đề {number}", position=number
            )
            CommunicationForm.objects.create(
                plan=self.plan, label="abc"[number], text="Hình thức", position=number
            )

    def _task(self):
        due_on = self.day + timedelta(days=self.chance.randint(-3, 25))
        task = make_task(self.plan, due_on=due_on, is_due_before=self.chance.random() < 0.4)
        task.topics.set(self.chance.sample(list(self.plan.topics.all()), self.chance.randint(0, 2)))
        task.forms.set(self.chance.sample(list(self.plan.forms.all()), self.chance.randint(0, 2)))
        for agency in self.chance.sample([*self.agencies, self.plan.coordinator], 3):
            make_assignment(agency, task=task)
        Target.objects.create(
            task=task, measure="bài", quantity=self.chance.randint(1, 4), unit="bài",
            counts_itself=self.chance.random() < 0.7,
        )  # fmt: skip
        return task

    def _round(self):
        self.round = ReportRound.objects.create(
            plan=self.plan, template=ReportTemplate.objects.first(), kind="ad_hoc", period="1", title="Đợt 1",
            data_from=self.day, data_to=self.day + timedelta(days=30), opened_at=clock.now(),
            due_on=self.day + timedelta(days=10), is_due_before=self.chance.random() < 0.5,
        )  # fmt: skip
        for agency in self.agencies:
            AgencyReport.objects.create(round=self.round, agency=agency, prefilled_at=clock.now())

    def live_until(self, day):
        while self.day < day:
            self.day += timedelta(days=1)
            clock.set_today(self.day)
            for _ in range(self.chance.randint(2, 7)):
                self.act()

    def act(self):
        """Something happens; what the rules refuse (work that was ended, say) does not."""
        often = (self.step,) * 6
        happens = self.chance.choice(
            (*often, self.evidence, self.more_time, self.question, self.report, self.typed, self.end)
        )
        with suppress(FlowError):
            happens()

    def work(self):
        rows = Assignment.objects.select_related("task", "plan", "agency")
        return self.chance.choice(list(rows.order_by("pk")))

    def step(self):
        """Mostly onward: work comes to its end, and now and then back."""
        work = self.work()
        onward = [step.name for step in ASSIGNMENT.steps if step.tone != "danger"]
        back = [step.name for step in ASSIGNMENT.steps if step.tone == "danger"]
        for name in [*onward, *back] if self.chance.random() < 0.8 else back:
            if work.state in ASSIGNMENT.by_name[name].sources and name in actions.assignment.STEPS:
                actions.take_assignment_step(work, name, note="Vì vậy.", by=self.who(work, name))
                if self.chance.random() < 0.4:
                    return

    def who(self, work, name):
        permission = ASSIGNMENT.by_name[name].permission
        if permission == "plans.accept_assignment":
            own = work.agency_id == self.plan.coordinator_id
            return self.head_of(self.plan.accepting_office if own else self.plan.coordinator)
        return self.head_of(work.agency)

    def end(self):
        """An amendment ends some work, or takes it up again."""
        work = self.work()
        name = "resume" if work.state == "ended" else "end"
        if self.chance.random() < 0.4 and work.state in ASSIGNMENT.by_name[name].sources:
            ASSIGNMENT.take(work, name, note="Vì vậy.", by=self.head_of(self.plan.coordinator))

    def evidence(self):
        work = self.work()
        if work.state not in ("submitted", "done"):
            on = self.day - timedelta(days=self.chance.randint(0, 3))
            link = f"https://example.test/{self.chance.random()}"
            actions.attach_link(
                work, link=link, title="Bài", on=on, unit=self.chance.choice(("bài", "", "phóng sự")),
                quantity=Decimal(self.chance.randint(1, 2)), by=self.worker_of(work.agency_id),
            )  # fmt: skip

    def more_time(self):
        work = self.work()
        waiting = Extension.objects.filter(assignment=work, state="asked").first()
        try:
            if waiting:
                accepting = self.who(work, "accept_result")
                step = self.chance.choice(("grant", "refuse"))
                actions.decide_extension(waiting, step, answer="Đã xem xét.", by=accepting)
            else:
                new_due_on = work.due_on + timedelta(days=self.chance.randint(1, 9))
                actions.ask_extension(
                    work, new_due_on=new_due_on, reason="Bão", by=self.worker_of(work.agency_id)
                )
        except FlowError:
            return

    def question(self):
        work = self.work()
        asked = Explanation.objects.filter(assignment=work, state="asked").first()
        if asked:
            actions.give_explanation(asked, answer="Thiếu người", by=self.head_of(work.agency))
        elif work.state != "done":
            due_on = self.day + timedelta(days=self.chance.randint(0, 3))
            actions.ask_explanation(
                work, question="Vì sao?", due_on=due_on, by=self.who(work, "accept_result")
            )

    def report(self):
        report = self.chance.choice(
            list(self.round.reports.select_related("agency", "round__plan").order_by("pk"))
        )
        names = {"draft": "submit", "submitted": self.chance.choice(("accept", "return_to_agency"))}
        name = names.get(report.state)
        if name == "submit":
            late = self.round.is_late_on(self.day)
            REPORT.take(report, "hand_to_head", by=self.worker_of(report.agency_id))
            REPORT.take(
                report, "submit", by=self.head_of(report.agency), is_late=late, submitted_at=clock.now(),
                first_submitted_at=clock.now(),
            )  # fmt: skip
        elif name:
            REPORT.take(report, name, by=self.head_of(self.plan.coordinator), note="Vì vậy.")

    def typed(self):
        targets = Target.objects.filter(counts_itself=False).order_by("pk").select_related("task__plan")
        if targets:
            target = self.chance.choice(list(targets))
            by = self.worker_of(self.plan.coordinator_id)
            actions.enter_target(target, quantity=Decimal(self.chance.randint(0, 5)), by=by)
