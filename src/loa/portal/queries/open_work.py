"""Tables of the plan's work. Every number comes from the queries that the desk counts with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.plans.models import Assignment, Plan, Target
from loa.plans.queries import (
    Standing,
    Tally,
    tallies_by_plan,
    target_counter,
    with_standing,
    with_task_standing,
)
from loa.plans.states import PLAN_STATES
from loa.portal.queries.open_columns import (
    AS_OF,
    NO,
    NUMBER,
    PLAN,
    TASK,
    URL,
    in_vietnamese,
    of_plan,
    public_url,
)
from loa.portal.queries.open_data import Field, Rows, Value
from loa.portal.queries.transparency import public_assignments, public_plans, public_tasks
from loa.portal.states.transparency import PUBLIC_STATE_OF, PUBLIC_STATES


def _standing(value: int | None) -> tuple[str, str]:
    if value is None:
        return "", ""
    standing = Standing(value)
    return standing.name.lower(), in_vietnamese(standing.label)


# Plans --------------------------------------------------------------------------------------------

PLAN_FIELDS = (
    Field("id", _("Id"), "integer"),
    Field("number", _("Number")),
    Field("title", _("Title")),
    Field("year", _("Year"), "integer"),
    Field("issued_on", _("Issued on"), "date"),
    Field("issuer_code", _("Code of the issuer")),
    Field("issuer", _("Issued by")),
    Field("coordinator_code", _("Code of the coordinator")),
    Field("coordinator", _("Coordinator")),
    Field("state", _("State")),
    Field("state_name", _("State in words")),
    Field("tasks", pgettext_lazy("of a plan", "Tasks"), "integer", _("Without those that were ended")),
    Field(
        "tasks_in_good_time",
        _("Tasks on schedule"),
        "integer",
        _("Done on time or running within their date"),
    ),
    Field("tasks_done_on_time", _("Done on time"), "integer"),
    Field("tasks_done_late", _("Done late"), "integer"),
    Field("tasks_running", _("Running within their date"), "integer"),
    Field("tasks_overdue", _("Overdue"), "integer"),
    Field("tasks_without_lead", _("Without a lead"), "integer"),
    Field("tasks_ended", _("Ended"), "integer"),
    AS_OF,
    URL,
)


def plan_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = public_plans().filter(of_plan(plan, "pk")).select_related("issuer", "coordinator")
    tallies = tallies_by_plan(public_tasks().filter(of_plan(plan, "plan")), today)

    def row(record: Plan) -> tuple[Value, ...]:
        tally = tallies.get(record.pk, Tally())
        return (
            record.pk, record.number, record.title, record.year, record.issued_on,
            record.issuer.code, record.issuer.name, record.coordinator.code, record.coordinator.name,
            record.state, in_vietnamese(PLAN_STATES[record.state]),
            tally.total, tally.in_good_time, tally.done, tally.done_late, tally.on_schedule, tally.late,
            tally.unassigned, tally.ended, today, public_url("portal:plan_public", record.pk),
        )  # fmt: skip

    return Rows([(records, row)])


# Tasks --------------------------------------------------------------------------------------------

TASK_FIELDS = (
    Field("id", _("Id"), "integer"),
    PLAN,
    NUMBER,
    Field("no", _("Number of the task"), description=_("As printed in the plan")),
    Field("group", _("Group of tasks")),
    Field("content", pgettext_lazy("of a plan", "Task")),
    Field("product", _("Product")),
    Field("due_text", _("Due as printed")),
    Field("starts_on", _("From"), "date"),
    Field("due_on", _("Due"), "date"),
    Field("is_due_before", _("Due before that day"), "boolean", _("The day itself is too late")),
    Field("lead_count", _("Lead agencies"), "integer"),
    Field("leads_done", _("Lead agencies that have completed it"), "integer"),
    Field("standing", _("In time")),
    Field("standing_name", _("In time, in words")),
    AS_OF,
    URL,
)


def task_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    led = Count("assignments", filter=~Q(assignments__state="passed_on"))
    done = Count("assignments", filter=Q(assignments__state="done"))
    records = (
        public_tasks().filter(of_plan(plan, "plan")).select_related("plan").order_by("plan_id", "position")
    )
    records = with_task_standing(records.annotate(lead_count=led, leads_done=done), today)

    def row(record: Any) -> tuple[Value, ...]:
        return (
            record.pk, record.plan_id, record.plan.number, record.no, record.group, record.content, record.product,
            record.due_text, record.starts_on, record.due_on, record.is_due_before,
            record.lead_count, record.leads_done, *_standing(record.standing), today,
            public_url("portal:task_public", record.pk),
        )  # fmt: skip

    return Rows([(records, row)])


# Assignments --------------------------------------------------------------------------------------

ASSIGNMENT_FIELDS = (
    Field("id", _("Id"), "integer"),
    PLAN,
    NUMBER,
    TASK,
    NO,
    Field("agency_code", _("Code of the agency")),
    Field("agency", _("Lead agency")),
    Field("due_on", _("Due"), "date", _("More time that was granted included")),
    Field("original_due_on", _("First due date"), "date"),
    Field("state", _("State")),
    Field("state_name", _("State in words")),
    Field("standing", _("In time")),
    Field("standing_name", _("In time, in words")),
    Field("handed_in_on", _("Handed in on"), "date"),
    Field("completed_on", _("Completed on"), "date"),
    AS_OF,
    URL,
)


def assignment_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = with_standing(public_assignments().filter(of_plan(plan, "plan")), today)
    records = records.select_related("plan", "task", "agency").order_by("plan_id", "task__position", "pk")

    def row(record: Any) -> tuple[Value, ...]:
        state = PUBLIC_STATE_OF[record.state]
        is_in = state in ("checked", "done")
        return (
            record.pk, record.plan_id, record.plan.number, record.task_id, record.task.no,
            record.agency.code, record.agency.name, record.due_on, record.original_due_on,
            state, in_vietnamese(PUBLIC_STATES[state]), *_standing(record.standing),
            record.submitted_on if is_in else None, _day(record) if state == "done" else None, today,
            public_url("portal:task_public", record.task_id),
        )  # fmt: skip

    return Rows([(records, row)])


def _day(record: Assignment) -> date | None:
    return clock.day_of(record.done_at) if record.done_at else None


# Targets ------------------------------------------------------------------------------------------

TARGET_FIELDS = (
    Field("id", _("Id"), "integer"),
    PLAN,
    NUMBER,
    TASK,
    NO,
    Field("measure", _("Measure")),
    Field("quantity", _("Quantity asked"), "decimal"),
    Field("unit", _("Unit")),
    Field("counted", _("Quantity counted"), "decimal"),
    Field("is_reached", _("Reached"), "boolean"),
    AS_OF,
    URL,
)


def target_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = Target.objects.filter(task__in=public_tasks().filter(of_plan(plan, "plan")))
    records = records.select_related("task__plan").order_by("task__plan_id", "task__position", "pk")
    count = target_counter(records)

    def row(record: Target) -> tuple[Value, ...]:
        counted, task = count(record), record.task
        return (
            record.pk, task.plan_id, task.plan.number, task.pk, task.no,
            record.measure, record.quantity, record.unit, counted.counted, counted.is_reached, today,
            public_url("portal:task_public", task.pk),
        )  # fmt: skip

    return Rows([(records, row)])
