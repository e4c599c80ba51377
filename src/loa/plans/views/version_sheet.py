"""The plan as it read on a day, as a workbook: tasks, standing duties, reporting rules."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loa.plans.queries.amendment import PlanReading, TaskReading
from loa.plans.queries.printed import in_words
from officialdoc.write.xlsx import Sheet, SheetColumn, write_xlsx

_TASK = ("no", "content", "product", "lead", "coordinating", "due_text", "due_on", "targets", "note")


def version_workbook(reading: PlanReading) -> bytes:
    duties = Sheet(
        _("Standing duties"),
        (SheetColumn(_("Body"), 40), SheetColumn(_("Standing duty"), 80)),
        tuple((row["body"], row["text"]) for row in reading.duties),
    )
    rules = Sheet(
        _("Reporting"),
        tuple(SheetColumn(name, 40) for name in (_("Who reports"), _("Reports to"), _("When, as printed"))),
        tuple((row["who"], row["to"], row["when_text"]) for row in reading.rules),
    )
    return write_xlsx([_tasks(reading), duties, rules])


def _tasks(reading: PlanReading) -> Sheet:
    headings = (
        _("No."), pgettext("of a plan", "Task"), _("Product"), _("Lead agency"), _("Coordinating agency"), _("Due, as printed"),
        _("Due"), _("Targets"), _("Note"), _("Amended by"),
    )  # fmt: skip
    rows = [(*(in_words(key, row.reading.get(key)) for key in _TASK), _papers(row)) for row in reading.tasks]
    return Sheet(
        pgettext("of a plan", "Tasks"), tuple(SheetColumn(name, 28) for name in headings), tuple(rows)
    )


def _papers(row: TaskReading) -> str:
    ended = [row.ended_by] if row.ended_by else []
    return "; ".join(map(str, [*row.changed_by, *ended]))
