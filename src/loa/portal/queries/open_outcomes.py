"""Tables of what was made public by decisions and by publishing: results, reports, money."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from loa.budgets.models import FundingSource
from loa.portal.queries.open_columns import NO, NUMBER, PLAN, TASK, URL, in_vietnamese, of_plan, public_url
from loa.portal.queries.open_data import Field, Rows, Value
from loa.portal.queries.results import Result, result_label, result_sources
from loa.portal.queries.transparency import public_money, public_tasks, reports_for_everybody

# What was published -------------------------------------------------------------------------------

RESULT_FIELDS = (
    PLAN,
    NUMBER,
    TASK,
    NO,
    Field("kind", _("Kind")),
    Field("kind_name", _("Kind in words")),
    Field("title", _("Title")),
    Field("published_on", _("Published on"), "date"),
    URL,
)


def result_rows(plan: int | None = None) -> Rows:
    tasks = public_tasks().filter(of_plan(plan, "plan"), plan__publication__shows_results=True)
    known: dict[int, tuple[int, str, str]] = {}

    def row(result: Result) -> tuple[Value, ...]:
        if not known:  # the tasks of all results, once and only where there is one
            named = tasks.values_list("pk", "plan_id", "plan__number", "no")
            known.update((pk, tuple(rest)) for pk, *rest in named)  # type: ignore[misc]
        plan_id, number, no = known[result.task_id]
        url = result.url if "//" in result.url or not result.url else settings.BASE_URL + result.url
        return (
            plan_id, number, result.task_id, no,
            result.kind, in_vietnamese(result_label(result.kind)), result.title, result.on, url,
        )  # fmt: skip

    return Rows([(source.rows(tasks), _after(source.make, row)) for source in result_sources()])


def _after(make: Any, row: Any) -> Any:
    return lambda record: row(make(record))


# Reports ------------------------------------------------------------------------------------------

REPORT_FIELDS = (
    Field("id", _("Id"), "integer"),
    PLAN,
    NUMBER,
    Field("period", _("Period")),
    Field("title", _("Title")),
    Field("number", _("Number")),
    Field("issued_on", _("Issued on"), "date"),
    Field("issuer", _("Issued by")),
    Field("file_url", _("File"), "uri", _("Where its issuer has made it public")),
)


def report_rows(plan: int | None = None) -> Rows:
    records = reports_for_everybody().filter(of_plan(plan, "round__plan"))

    def row(record: Any) -> tuple[Value, ...]:
        paper, its_round = record.document, record.round
        return (
            record.pk, its_round.plan_id, its_round.plan.number, its_round.period, its_round.title,
            paper.printed_number, paper.issued_on, paper.issuer.name if paper.issuer else paper.issuer_name,
            public_url("portal:report_file", record.pk) if record.has_public_file else "",
        )  # fmt: skip

    return Rows([(records, row)])


# Money --------------------------------------------------------------------------------------------

MONEY_FIELDS = (
    PLAN,
    NUMBER,
    TASK,
    NO,
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
    records = public_money().filter(of_plan(plan, "line__estimate__plan")).order_by().values(**names)
    summed = records.annotate(approved=Sum("amount")).order_by(
        "plan_id", "line__task__position", "code", "source"
    )
    labels = {value: in_vietnamese(label) for value, label in FundingSource.choices}

    def row(record: dict[str, Any]) -> tuple[Value, ...]:
        return (
            record["plan_id"], record["number"], record["task"], record["task_no"] or "",
            record["code"], record["agency"], record["source"], labels[record["source"]], record["approved"],
        )  # fmt: skip

    return Rows([(summed, row)])
