from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import STATE_TONES, badge, day, quantity
from loa.desk.queries.leadership import assignment_days, owed_for_assignment
from loa.desk.tables.leadership.base import NUMBER, LeadershipTable, link
from loa.plans.models import Assignment, Deliverable, Talk, Target, Task
from loa.plans.queries import Standing, TargetCount, target_counts
from loa.plans.states import ASSIGNMENT_STATES

STANDING_TONES = {
    Standing.DONE: "done",
    Standing.DONE_LATE: "soon",
    Standing.ON_SCHEDULE: "run",
    Standing.LATE: "late",
}


class LeadershipAssignmentTable(LeadershipTable):
    no = tables.Column(verbose_name=_("No."), accessor="task__no", order_by=("task__position", "pk"))
    task = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="task__search_text")
    agency = tables.Column(verbose_name=_("Lead agency"), order_by="agency__sort_name")
    state = tables.Column(verbose_name=_("State"), accessor="then_state", order_by="then_state")
    due_on = DayColumn(verbose_name=_("Due"), accessor="then_due_on", order_by="then_due_on", empty_values=())
    standing = tables.Column(verbose_name=_("In time"))
    days = tables.Column(
        verbose_name=_("Days overdue"), empty_values=(), order_by="-then_due_on", attrs=NUMBER
    )
    owed = tables.Column(verbose_name=_("Owes the next step"), empty_values=(), orderable=False)

    class Meta:
        model = Assignment
        fields = ("no", "task", "agency", "state", "due_on", "standing", "days", "owed")
        empty_text = _("No work matches. Take a filter away.")

    def render_task(self, record: Assignment) -> SafeString:
        return link(record.get_absolute_url(), record.task.content)

    def value_task(self, record: Assignment) -> str:
        return record.task.content

    def render_state(self, value: str) -> SafeString:
        return badge(ASSIGNMENT_STATES[value], STATE_TONES.get(value, "plain"))

    def value_state(self, value: str) -> str:
        return str(ASSIGNMENT_STATES[value])

    def render_due_on(self, record: Any) -> str:
        return day(record.then_due_on) or "–"

    def value_due_on(self, record: Any) -> date | None:
        return record.then_due_on

    def render_standing(self, value: int) -> SafeString:
        standing = Standing(value)
        return badge(standing.label, STANDING_TONES.get(standing, "plain"))

    def value_standing(self, value: int) -> str:
        return str(Standing(value).label)

    def value_days(self, record: Any) -> int | None:
        late = record.standing == Standing.LATE
        return assignment_days(record, self.scope.day) if late else None

    def render_days(self, record: Any) -> str:
        count = self.value_days(record)
        return "" if count is None else str(count)

    def render_owed(self, record: Any) -> str:
        if record.standing != Standing.LATE:
            return ""
        owed = owed_for_assignment(record, record.then_state, waits_for_extension=record.waits_for_extension)
        return f"{owed.agency} – {owed.role}: {owed.step}"


class LeadershipTaskTable(LeadershipTable):
    no = tables.Column(verbose_name=_("No."), order_by="position")
    content = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="search_text")
    leads = tables.Column(verbose_name=_("Lead"), empty_values=(), orderable=False)

    class Meta:
        model = Task
        fields = ("no", "content", "leads")
        empty_text = _("No task matches. Take a filter away.")

    def render_content(self, record: Task) -> SafeString:
        return link(record.get_absolute_url(), record.content)

    def value_content(self, record: Task) -> str:
        return record.content

    def render_leads(self, record: Task) -> str:
        return "; ".join(body.printed for body in record.bodies.all() if body.role == "lead")


class LeadershipTargetTable(LeadershipTable):
    no = tables.Column(verbose_name=_("No."), accessor="task__no", order_by=("task__position", "pk"))
    task = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="task__search_text")
    measure = tables.Column(verbose_name=_("Target"))
    counted = tables.Column(verbose_name=_("Counted"), empty_values=(), orderable=False, attrs=NUMBER)
    quantity = tables.Column(verbose_name=_("Asked"), attrs=NUMBER)
    unit = tables.Column(verbose_name=_("Unit"))

    class Meta:
        model = Target
        fields = ("no", "task", "measure", "counted", "quantity", "unit")
        empty_text = _("No target matches. Take a filter away.")

    @cached_property
    def _counts(self) -> dict[int, TargetCount]:
        """Counted over the tasks of the rows that are shown."""
        tasks = {row.task for row in self._shown()}
        counts = target_counts(tasks, self.scope.day, self.scope.moment)
        return {count.target.pk: count for of_task in counts.values() for count in of_task}

    def render_task(self, record: Target) -> SafeString:
        return link(record.task.get_absolute_url(), record.task.content)

    def value_task(self, record: Target) -> str:
        return record.task.content

    def render_counted(self, record: Target) -> SafeString:
        counted = quantity(self._counts[record.pk].counted)
        if not record.counts_itself:
            return format_html("{}", counted)
        return format_html('<a href="{}target={}">{}</a>', self.request.deliverables_url, record.pk, counted)

    def value_counted(self, record: Target) -> str:
        return quantity(self._counts[record.pk].counted)

    def render_quantity(self, record: Target) -> str:
        return quantity(record.quantity)


class LeadershipDeliverableTable(LeadershipTable):
    on = DayColumn(verbose_name=_("Date"))
    title = tables.Column(verbose_name=_("Evidence"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    quantity = tables.Column(verbose_name=_("Quantity"), attrs=NUMBER)
    unit = tables.Column(verbose_name=_("Unit"))

    class Meta:
        model = Deliverable
        fields = ("on", "title", "agency", "quantity", "unit")
        empty_text = _("Nothing is counted here. What a person typed in has no rows of its own.")

    def render_title(self, record: Deliverable) -> SafeString:
        return link(record.assignment.get_absolute_url() if record.assignment else "", record.title)

    def value_title(self, record: Deliverable) -> str:
        return record.title

    def render_quantity(self, record: Deliverable) -> str:
        return quantity(record.quantity)


class LeadershipTalkTable(LeadershipTable):
    on = DayColumn(verbose_name=_("Date"))
    meeting = tables.Column(verbose_name=_("Meeting"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    place = tables.Column(verbose_name=_("Place"))
    people_count = tables.Column(verbose_name=_("People"), attrs=NUMBER)

    class Meta:
        model = Talk
        fields = ("on", "meeting", "agency", "place", "people_count")
        empty_text = _("No talk matches. Take a filter away.")

    def render_meeting(self, record: Talk) -> SafeString:
        return link(record.get_absolute_url(), record.meeting)

    def value_meeting(self, record: Talk) -> str:
        return record.meeting
