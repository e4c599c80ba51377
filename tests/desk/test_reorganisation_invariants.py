"""Whatever is reorganised: no target loses a piece, nothing is open twice, nothing finished changes its body."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desk.reorganisation_scene import DAY, NOW, TODAY, coordinate, produce
from factories import make_agency, make_assignment, make_duty, make_plan, make_task, make_user
from loa.core import clock
from loa.desk import actions
from loa.directory import actions as directory
from loa.directory.models import Agency
from loa.plans.models import (
    Assignment,
    CoordinationRequest,
    Deliverable,
    DutyAssignment,
    ProgressNote,
    Target,
    Task,
)
from loa.plans.queries import target_counts
from loa.plans.states import OPEN_ASSIGNMENT_STATES
from loa.reports.actions import load_templates
from loa.reports.models import AgencyReport, ReportLine, ReportRound, ReportTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BODIES = 5

works = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, BODIES - 1),
        st.sampled_from(["assigned", "in_progress", "submitted", "returned", "done"]),
        st.integers(0, 4),
    ),
    max_size=14,
    unique_by=lambda row: row[:2],
)
requests = st.sets(st.tuples(st.integers(0, 3), st.integers(0, BODIES - 1)), max_size=6)
duties = st.sets(st.integers(0, BODIES - 1), max_size=BODIES)
acts = st.sampled_from(["merge", "merge_two", "split", "transfer", "swap_in"])


class Town:
    def __init__(self, drawn_works, drawn_requests, drawn_duties):
        self.plan = make_plan()
        self.bodies = [make_agency() for _number in range(BODIES)]
        self.administrator = make_user(make_agency(), "administrator")
        self.tasks = [make_task(self.plan) for _number in range(4)]
        for task in self.tasks:
            Target.objects.create(task=task, measure="bài", quantity=6, unit="")
        for task, body, state, pieces in drawn_works:
            done_at = NOW if state == "done" else None
            work = make_assignment(self.bodies[body], task=self.tasks[task], state=state, done_at=done_at)
            for _piece in range(pieces):
                produce(work, self.bodies[body])
        leads = {(task, body) for task, body, _state, _pieces in drawn_works}
        for task, body in drawn_requests - leads:
            coordinate(self.tasks[task], self.bodies[body])
        first = None
        for body in drawn_duties:
            if first is None:
                first = make_duty(self.plan, self.bodies[body])
            else:
                first.duty.assignments.create(plan=self.plan, agency=self.bodies[body], assigned_on=TODAY)
        self._reports()

    def _reports(self):
        report_round = ReportRound.objects.create(
            plan=self.plan,
            template=ReportTemplate.objects.first(),
            kind="yearly",
            period="2019",
            title="Báo cáo năm",
            data_from=date(2019, 1, 1),
            data_to=date(2019, 6, 30),
            due_on=date(2019, 7, 10),
            opened_at=NOW,
        )
        for number, body in enumerate(self.bodies):
            state = "accepted" if number == 3 else "draft"
            report = AgencyReport.objects.create(
                round=report_round, agency=body, state=state, prefilled_at=NOW
            )
            for position, work in enumerate(body.assignments.all(), start=1):
                report.lines.create(assignment=work, position=position, result=f"việc {work.pk}")

    def decide(self, kind):
        one, two, three, *_rest = self.bodies
        fields = {
            "merge": {"kind": "merge", "predecessors": [one], "successors": [three]},
            "merge_two": {"kind": "merge", "predecessors": [one, two], "successors": [three]},
            "split": {
                "kind": "split",
                "predecessors": [one],
                "successors": [two, three],
                "default_successor": two,
            },
            "transfer": {"kind": "transfer", "predecessors": [one], "successors": [two]},
            "swap_in": {"kind": "merge", "predecessors": [one, two], "successors": [two]},
        }[kind]
        decision = directory.prepare_decision(number="1", subject="x", on=DAY, by=self.administrator)
        act = directory.add_act(decision, **fields, by=self.administrator)
        if kind in {"split", "transfer"}:
            heir = fields["successors"][-1].code
            shares = {"task": {task.pk: heir for task in self.tasks[:2]}}
            directory.share_work(act, shares=shares, by=self.administrator)
        actions.rehearse_decision(decision, by=self.administrator)
        return decision


def finished():
    done = Assignment.objects.filter(state="done").values_list("pk", "agency")
    handed_in = AgencyReport.objects.filter(state="accepted").values_list("pk", "agency")
    lines = ReportLine.objects.filter(report__state="accepted").values_list("pk", "report", "result")
    return sorted(done), sorted(handed_in), sorted(lines)


def totals(plan):
    counts = target_counts(Task.objects.filter(plan=plan))
    return {task: [count.counted for count in rows] for task, rows in counts.items()}


def everything():
    return {
        model.__name__: sorted(map(str, model.objects.order_by("pk").values_list()))
        for model in (Agency, Assignment, CoordinationRequest, DutyAssignment, AgencyReport, ReportLine)
    }


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn_works=works, drawn_requests=requests, drawn_duties=duties, kind=acts)
def test_totals_stay_whatever_is_reorganised(drawn_works, drawn_requests, drawn_duties, kind):
    load_templates()
    with transaction.atomic():
        try:
            check(Town(drawn_works, drawn_requests, drawn_duties), kind)
        finally:
            clock.set_today(None)
            transaction.set_rollback(True)


def check(town, kind):
    clock.set_today(TODAY)
    before, counted = finished(), totals(town.plan)
    pieces = sorted(Deliverable.objects.values_list("pk", "agency", "quantity"))
    notes = ProgressNote.objects.count()
    words = Counter(ReportLine.objects.values_list("result", flat=True))
    as_it_was = everything()
    decision = town.decide(kind)
    assert everything() == as_it_was
    clock.set_today(DAY)

    actions.apply_decision(decision, by=town.administrator)

    assert finished() == before
    assert totals(town.plan) == counted
    assert sorted(Deliverable.objects.values_list("pk", "agency", "quantity")) == pieces
    assert ProgressNote.objects.count() == notes
    said = "\n".join(ReportLine.objects.values_list("result", flat=True))
    assert all(word in said for word in words)
    open_ones = Assignment.objects.filter(state__in=OPEN_ASSIGNMENT_STATES)
    assert max(Counter(open_ones.values_list("task", "agency")).values(), default=1) == 1
    ended = Agency.objects.filter(valid_to__lt=DAY)
    assert not open_ones.filter(agency__in=ended).exists()
    assert not DutyAssignment.objects.filter(agency__in=ended, ended_on__isnull=True).exists()
    leads = set(open_ones.values_list("task", "agency"))
    asked = CoordinationRequest.objects.filter(state="asked").values_list("task", "agency")
    assert not leads & set(asked)
