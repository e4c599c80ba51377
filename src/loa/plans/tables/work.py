from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, quantity, state_badge
from loa.core.text import headline
from loa.plans.models import Assignment, DutyAssignment, Plan, Task
from loa.plans.queries import Standing, TargetCount, TaskProgress, target_counts, task_progress
from loa.plans.queries.standing import awaits_result

STANDING_TONES = {
    Standing.ENDED: "plain",
    Standing.DONE: "done",
    Standing.DONE_LATE: "soon",
    Standing.ON_SCHEDULE: "run",
    Standing.LATE: "late",
}


def title_link(record: Any, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), Truncator(headline(text)).chars(260))


class PlanTable(tables.Table):
    number = tables.Column(verbose_name=_("Number"))
    title = tables.Column(verbose_name=_("Plan"))
    year = tables.Column(verbose_name=_("Year"), attrs={"td": {"class": "number"}})
    issued_on = DayColumn(verbose_name=_("Issued on"))
    coordinator = tables.Column(verbose_name=_("Coordinator"), order_by="coordinator__sort_name")
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Plan
        fields = ("number", "title", "year", "issued_on", "coordinator", "state")
        empty_text = _("No plan names your agency yet.")

    def render_title(self, record: Plan) -> SafeString:
        return title_link(record, record.title)

    def value_title(self, record: Plan) -> str:
        return record.title

    def render_state(self, record: Plan) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Plan) -> str:
        return record.get_state_display()


class TaskTable(tables.Table):
    """Progress and targets are read once for the rows that are shown."""

    no = tables.Column(verbose_name=_("No."), order_by="position")
    content = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="search_text")
    leads = tables.Column(verbose_name=_("Lead"), empty_values=(), orderable=False)
    progress = tables.Column(verbose_name=_("Progress"), empty_values=(), orderable=False)
    targets = tables.Column(verbose_name=_("Targets"), empty_values=(), orderable=False)
    due_on = DayColumn(verbose_name=_("Due"), empty_values=())

    class Meta:
        model = Task
        fields = ("no", "content", "leads", "progress", "targets", "due_on")
        empty_text = _("No task matches. Take a filter away.")

    def _shown(self) -> list[Task]:
        return [row.record for row in self.paginated_rows]

    @cached_property
    def _progress(self) -> dict[int, TaskProgress]:
        return task_progress(self._shown(), clock.today())

    @cached_property
    def _targets(self) -> dict[int, list[TargetCount]]:
        return target_counts(self._shown())

    def render_content(self, record: Task) -> SafeString:
        return title_link(record, record.content)

    def value_content(self, record: Task) -> str:
        return record.content

    def render_leads(self, record: Task) -> SafeString:
        return format_html_join(mark_safe("<br>"), "{}", ((name,) for name in _leads(record)))

    def value_leads(self, record: Task) -> str:
        return "; ".join(_leads(record))

    def render_progress(self, record: Task) -> SafeString:
        progress = self._progress.get(record.pk)
        if progress is None or progress.standing is None:
            return badge(_("Without a lead"), "plain")
        shown = badge(progress.standing.label, STANDING_TONES[progress.standing])
        if progress.tally.total <= 1:
            return shown
        return format_html(
            "{} <span class='nowrap'>{}/{}</span>", shown, progress.tally.finished, progress.tally.total
        )

    def value_progress(self, record: Task) -> str:
        progress = self._progress.get(record.pk)
        if progress is None or progress.standing is None:
            return str(_("Without a lead"))
        if not progress.tally.total:
            return str(progress.standing.label)
        return f"{progress.standing.label} {progress.tally.finished}/{progress.tally.total}"

    def render_targets(self, record: Task) -> SafeString:
        return format_html_join(" ", "<span>{}</span>", ((words,) for words in self._target_words(record)))

    def value_targets(self, record: Task) -> str:
        return "; ".join(self._target_words(record))

    def _target_words(self, record: Task) -> list[str]:
        return [
            f"{quantity(count.counted)}/{quantity(count.quantity)} {count.target.unit}"
            for count in self._targets.get(record.pk, [])
        ]

    def render_due_on(self, record: Task) -> SafeString | str:
        progress = self._progress.get(record.pk)
        is_open = awaits_result(progress.standing if progress else None, record.due_on, clock.today())
        if record.due_on is None:
            return record.due_text or "–"
        return due_badge(record.due_on, record.is_due_before, is_open)

    def value_due_on(self, record: Task) -> date | str:
        return record.due_on or record.due_text


def _leads(task: Task) -> list[str]:
    return [body.printed for body in task.bodies.all() if body.role == "lead"]


class AssignmentTable(tables.Table):
    no = tables.Column(verbose_name=_("No."), accessor="task__no", order_by=("task__position", "pk"))
    task = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="task__search_text")
    agency = tables.Column(verbose_name=_("Lead agency"), order_by="agency__sort_name")
    state = tables.Column(verbose_name=_("State"))
    due_on = DayColumn(verbose_name=_("Due"), empty_values=())

    class Meta:
        model = Assignment
        fields = ("no", "task", "agency", "state", "due_on")
        empty_text = _("No work matches. Take a filter away.")

    def render_task(self, record: Assignment) -> SafeString:
        return title_link(record, record.words or record.task.content)

    def value_task(self, record: Assignment) -> str:
        return record.words or record.task.content

    def render_state(self, record: Assignment) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Assignment) -> str:
        return record.get_state_display()

    def render_due_on(self, record: Assignment) -> SafeString:
        is_before = record.task.is_due_before and record.due_on == record.task.due_on
        return due_badge(record.due_on, is_before, record.awaits_result)


class OwnWorkTable(AssignmentTable):
    """With the officer in charge, whom only the agency itself and those it works with see."""

    officer = tables.Column(verbose_name=_("Officer in charge"), order_by="officer__full_name", default="–")
    plan = tables.Column(
        verbose_name=_("Plan"), accessor="plan__number", order_by=("plan__year", "plan__number")
    )

    class Meta(AssignmentTable.Meta):
        fields = ("plan", "no", "task", "officer", "state", "due_on")
        exclude = ("agency",)
        sequence = ("plan", "no", "task", "officer", "state", "due_on")
        empty_text = _("No work of your agency matches.")


class DutyTable(tables.Table):
    agency = tables.Column(verbose_name=_("Body"), order_by="agency__sort_name")
    duty = tables.Column(verbose_name=_("Standing duty"), order_by="duty__position")
    evidence = tables.BooleanColumn(verbose_name=_("Answered"), accessor="has_evidence")

    class Meta:
        model = DutyAssignment
        fields = ("agency", "duty", "evidence")
        empty_text = _("No standing duty matches.")

    def render_duty(self, record: DutyAssignment) -> SafeString:
        return title_link(record, record.duty.text)

    def value_duty(self, record: DutyAssignment) -> str:
        return record.duty.text

    def render_evidence(self, record: Any) -> SafeString:
        return badge(_("Answered"), "done") if record.has_evidence else badge(_("Not yet"), "plain")

    def value_evidence(self, record: Any) -> str:
        return str(_("Answered") if record.has_evidence else _("Not yet"))
