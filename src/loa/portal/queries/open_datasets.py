"""The plan's own tables of open data. Every number comes from the queries that the desk counts with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from loa.budgets.models import FundingSource
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
from loa.portal.queries.open_data import Field, Rows, Value, register_dataset
from loa.portal.queries.results import Result, result_label, result_sources
from loa.portal.queries.transparency import (
    public_assignments,
    public_money,
    public_plans,
    public_tasks,
    reports_for_everybody,
)
from loa.portal.states.transparency import PUBLIC_STATE_OF, PUBLIC_STATES

_PLAN = Field("plan_id", _("Plan"), "integer", _("Id of the plan, as in the table of plans"))
_NUMBER = Field("plan_number", _("Number of the plan"))
_TASK = Field("task_id", _("Task"), "integer", _("Id of the task, as in the table of tasks"))
_NO = Field("task_no", _("Number of the task"), description=_("As printed in the plan"))
_URL = Field("url", _("Page"), "uri")
_AS_OF = Field("as_of", _("As of"), "date", _("The day on which it was counted"))


def _url(name: str, *args: int) -> str:
    return str(settings.BASE_URL + reverse(name, args=args))


def _words(label: Any) -> str:
    """The data speak Vietnamese, whoever asks; codes stand beside the words."""
    with override("vi"):
        return str(label)


def _standing(value: int | None) -> tuple[str, str]:
    if value is None:
        return "", ""
    standing = Standing(value)
    return standing.name.lower(), _words(standing.label)


def _of(plan: int | None, field: str) -> Q:
    return Q(**{field: plan}) if plan else Q()


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
    Field("tasks", _("Tasks"), "integer", _("Without those that were ended")),
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
    _AS_OF,
    _URL,
)


def plan_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = public_plans().filter(_of(plan, "pk")).select_related("issuer", "coordinator")
    tallies = tallies_by_plan(public_tasks().filter(_of(plan, "plan")), today)

    def row(record: Plan) -> tuple[Value, ...]:
        tally = tallies.get(record.pk, Tally())
        return (
            record.pk, record.number, record.title, record.year, record.issued_on,
            record.issuer.code, record.issuer.name, record.coordinator.code, record.coordinator.name,
            record.state, _words(PLAN_STATES[record.state]),
            tally.total, tally.in_good_time, tally.done, tally.done_late, tally.on_schedule, tally.late,
            tally.unassigned, tally.ended, today, _url("portal:plan_public", record.pk),
        )  # fmt: skip

    return Rows([(records, row)])


# Tasks --------------------------------------------------------------------------------------------

TASK_FIELDS = (
    Field("id", _("Id"), "integer"),
    _PLAN,
    _NUMBER,
    Field("no", _("Number of the task"), description=_("As printed in the plan")),
    Field("group", _("Group of tasks")),
    Field("content", _("Task")),
    Field("product", _("Product")),
    Field("due_text", _("Due as printed")),
    Field("starts_on", _("From"), "date"),
    Field("due_on", _("Due"), "date"),
    Field("is_due_before", _("Due before that day"), "boolean", _("The day itself is too late")),
    Field("lead_count", _("Lead agencies"), "integer"),
    Field("leads_done", _("Lead agencies that have completed it"), "integer"),
    Field("standing", _("In time")),
    Field("standing_name", _("In time, in words")),
    _AS_OF,
    _URL,
)


def task_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    led = Count("assignments", filter=~Q(assignments__state="passed_on"))
    done = Count("assignments", filter=Q(assignments__state="done"))
    records = public_tasks().filter(_of(plan, "plan")).select_related("plan").order_by("plan_id", "position")
    records = with_task_standing(records.annotate(lead_count=led, leads_done=done), today)

    def row(record: Any) -> tuple[Value, ...]:
        return (
            record.pk, record.plan_id, record.plan.number, record.no, record.group, record.content, record.product,
            record.due_text, record.starts_on, record.due_on, record.is_due_before,
            record.lead_count, record.leads_done, *_standing(record.standing), today,
            _url("portal:task_public", record.pk),
        )  # fmt: skip

    return Rows([(records, row)])


# Assignments --------------------------------------------------------------------------------------

ASSIGNMENT_FIELDS = (
    Field("id", _("Id"), "integer"),
    _PLAN,
    _NUMBER,
    _TASK,
    _NO,
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
    _AS_OF,
    _URL,
)


def assignment_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = with_standing(public_assignments().filter(_of(plan, "plan")), today)
    records = records.select_related("plan", "task", "agency").order_by("plan_id", "task__position", "pk")

    def row(record: Any) -> tuple[Value, ...]:
        state = PUBLIC_STATE_OF[record.state]
        is_in = state in ("checked", "done")
        return (
            record.pk, record.plan_id, record.plan.number, record.task_id, record.task.no,
            record.agency.code, record.agency.name, record.due_on, record.original_due_on,
            state, _words(PUBLIC_STATES[state]), *_standing(record.standing),
            record.submitted_on if is_in else None, _day(record) if state == "done" else None, today,
            _url("portal:task_public", record.task_id),
        )  # fmt: skip

    return Rows([(records, row)])


def _day(record: Assignment) -> date | None:
    return timezone.localtime(record.done_at).date() if record.done_at else None


# Targets ------------------------------------------------------------------------------------------

TARGET_FIELDS = (
    Field("id", _("Id"), "integer"),
    _PLAN,
    _NUMBER,
    _TASK,
    _NO,
    Field("measure", _("Measure")),
    Field("quantity", _("Quantity asked"), "decimal"),
    Field("unit", _("Unit")),
    Field("counted", _("Quantity counted"), "decimal"),
    Field("is_reached", _("Reached"), "boolean"),
    _AS_OF,
    _URL,
)


def target_rows(plan: int | None = None) -> Rows:
    today = clock.today()
    records = Target.objects.filter(task__in=public_tasks().filter(_of(plan, "plan")))
    records = records.select_related("task__plan").order_by("task__plan_id", "task__position", "pk")
    count = target_counter(records)

    def row(record: Target) -> tuple[Value, ...]:
        counted, task = count(record), record.task
        return (
            record.pk, task.plan_id, task.plan.number, task.pk, task.no,
            record.measure, record.quantity, record.unit, counted.counted, counted.is_reached, today,
            _url("portal:task_public", task.pk),
        )  # fmt: skip

    return Rows([(records, row)])


# What was published -------------------------------------------------------------------------------

RESULT_FIELDS = (
    _PLAN,
    _NUMBER,
    _TASK,
    _NO,
    Field("kind", _("Kind")),
    Field("kind_name", _("Kind in words")),
    Field("title", _("Title")),
    Field("published_on", _("Published on"), "date"),
    _URL,
)


def result_rows(plan: int | None = None) -> Rows:
    tasks = public_tasks().filter(_of(plan, "plan"), plan__publication__shows_results=True)
    known: dict[int, tuple[int, str, str]] = {}

    def row(result: Result) -> tuple[Value, ...]:
        if not known:  # the tasks of all results, once and only where there is one
            named = tasks.values_list("pk", "plan_id", "plan__number", "no")
            known.update((pk, tuple(rest)) for pk, *rest in named)  # type: ignore[misc]
        plan_id, number, no = known[result.task_id]
        url = result.url if "//" in result.url or not result.url else settings.BASE_URL + result.url
        return (
            plan_id, number, result.task_id, no,
            result.kind, _words(result_label(result.kind)), result.title, result.on, url,
        )  # fmt: skip

    return Rows([(source.rows(tasks), _after(source.make, row)) for source in result_sources()])


def _after(make: Any, row: Any) -> Any:
    return lambda record: row(make(record))


# Reports ------------------------------------------------------------------------------------------

REPORT_FIELDS = (
    Field("id", _("Id"), "integer"),
    _PLAN,
    _NUMBER,
    Field("period", _("Period")),
    Field("title", _("Title")),
    Field("number", _("Number")),
    Field("issued_on", _("Issued on"), "date"),
    Field("issuer", _("Issued by")),
    Field("file_url", _("File"), "uri", _("Where its issuer has made it public")),
)


def report_rows(plan: int | None = None) -> Rows:
    records = reports_for_everybody().filter(_of(plan, "round__plan"))

    def row(record: Any) -> tuple[Value, ...]:
        paper, its_round = record.document, record.round
        return (
            record.pk, its_round.plan_id, its_round.plan.number, its_round.period, its_round.title,
            paper.printed_number, paper.issued_on, paper.issuer.name if paper.issuer else paper.issuer_name,
            _url("portal:report_file", record.pk) if record.has_public_file else "",
        )  # fmt: skip

    return Rows([(records, row)])


# Money --------------------------------------------------------------------------------------------

MONEY_FIELDS = (
    _PLAN,
    _NUMBER,
    _TASK,
    _NO,
    Field("agency_code", _("Code of the agency")),
    Field("agency", _("Agency")),
    Field("funding_source", _("Source of funds")),
    Field("funding_source_name", _("Source of funds in words")),
    Field("approved", _("Approved (đồng)"), "integer", _("By decisions; nothing that is only proposed")),
)


def money_rows(plan: int | None = None) -> Rows:
    """Sums of approved lines per task, agency and source; `task_id` is empty for standing duties."""
    names = {
        "plan_id": F("line__estimate__plan_id"),
        "number": F("line__estimate__plan__number"),
        "task": F("line__task_id"),
        "task_no": F("line__task__no"),
        "code": F("line__estimate__agency__code"),
        "agency": F("line__estimate__agency__name"),
        "source": F("line__funding_source"),
    }
    records = public_money().filter(_of(plan, "line__estimate__plan")).order_by().values(**names)
    summed = records.annotate(approved=Sum("amount")).order_by(
        "plan_id", "line__task__position", "code", "source"
    )
    labels = {value: _words(label) for value, label in FundingSource.choices}

    def row(record: dict[str, Any]) -> tuple[Value, ...]:
        return (
            record["plan_id"], record["number"], record["task"], record["task_no"] or "",
            record["code"], record["agency"], record["source"], labels[record["source"]], record["approved"],
        )  # fmt: skip

    return Rows([(summed, row)])


def register_own() -> None:
    """The tables of plans, in the order in which people look for them."""
    register_dataset(
        "ke-hoach",
        title=_("Plans"),
        description=_("Communication plans made public, with how many of their tasks stand how."),
        fields=PLAN_FIELDS,
        rows=plan_rows,
    )
    register_dataset(
        "nhiem-vu",
        title=_("Tasks"),
        description=_(
            "The tasks of public plans as printed, with their due dates and whether they are in time."
        ),
        fields=TASK_FIELDS,
        rows=task_rows,
    )
    register_dataset(
        "tien-do",
        title=_("Progress of each lead agency"),
        description=_(
            "Each lead agency's part of each task: its state, its due dates, when it was completed."
        ),
        fields=ASSIGNMENT_FIELDS,
        rows=assignment_rows,
    )
    register_dataset(
        "chi-tieu",
        title=_("Targets"),
        description=_("How much each task is to produce and how much has been counted."),
        fields=TARGET_FIELDS,
        rows=target_rows,
    )
    register_dataset(
        "san-pham",
        title=_("Published results"),
        description=_("What was published for the tasks and can be read by everybody."),
        fields=RESULT_FIELDS,
        rows=result_rows,
        key=("task_id", "kind", "url"),
    )
    register_dataset(
        "bao-cao",
        title=_("Reports issued"),
        description=_(
            "The consolidated reports on public plans, with their numbers and, where public, their files."
        ),
        fields=REPORT_FIELDS,
        rows=report_rows,
    )
    register_dataset(
        "kinh-phi",
        title=_("Money approved"),
        description=_("Money approved for tasks and agencies, in whole đồng."),
        fields=MONEY_FIELDS,
        rows=money_rows,
        key=("plan_id", "task_id", "agency_code", "funding_source"),
    )
