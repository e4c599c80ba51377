"""The rows behind the figures of the leadership view. What costs a query is read once for the rows shown."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.core import history
from loa.core.lists import DayColumn
from loa.core.models import Entry
from loa.core.templatetags.ui import STATE_TONES, badge, day, moment, money, quantity
from loa.core.text import headline
from loa.desk.queries.leadership import Ranked, Scope, assignment_days, overdue_days, owed_for_assignment
from loa.directory.models import Agency
from loa.plans.models import Assignment, Deliverable, Explanation, Target, Task
from loa.plans.queries import Standing, TargetCount, target_counts
from loa.plans.states import ASSIGNMENT_STATES
from loa.reports.models import AgencyReport
from loa.reports.states import REPORT_STATES

NUMBER = {"td": {"class": "number"}}
STANDING_TONES = {
    Standing.DONE: "done",
    Standing.DONE_LATE: "soon",
    Standing.ON_SCHEDULE: "run",
    Standing.LATE: "late",
}


def link(url: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, Truncator(headline(text)).chars(200))


class LeadershipTable(tables.Table):
    """Read with the scope that the view leaves on the request."""

    @property
    def scope(self) -> Scope:
        return self.request.scope

    def _shown(self) -> list[Any]:
        return [row.record for row in self.paginated_rows]


class LeadershipAssignmentTable(LeadershipTable):
    no = tables.Column(verbose_name=_("No."), accessor="task__no", order_by=("task__position", "pk"))
    task = tables.Column(verbose_name=_("Task"), order_by="task__search_text")
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
    content = tables.Column(verbose_name=_("Task"), order_by="search_text")
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


class LeadershipAgencyTable(LeadershipTable):
    """`ranked` on the table: agency id → its place and figures."""

    rank = tables.Column(verbose_name=_("Rank"), empty_values=(), order_by="listed", attrs=NUMBER)
    name = tables.Column(verbose_name=_("Agency"), order_by="sort_name")
    block = tables.Column(verbose_name=_("Block"), empty_values=(), orderable=False)
    rate = tables.Column(verbose_name=_("On time"), empty_values=(), orderable=False, attrs=NUMBER)
    done = tables.Column(verbose_name=_("Done on time"), empty_values=(), orderable=False, attrs=NUMBER)
    done_late = tables.Column(verbose_name=_("Done late"), empty_values=(), orderable=False, attrs=NUMBER)
    late = tables.Column(verbose_name=_("Overdue"), empty_values=(), orderable=False, attrs=NUMBER)
    on_schedule = tables.Column(verbose_name=_("On schedule"), empty_values=(), orderable=False, attrs=NUMBER)
    reported = tables.Column(
        verbose_name=_("Reports on time"), empty_values=(), orderable=False, attrs=NUMBER
    )
    reported_late = tables.Column(
        verbose_name=_("Reports late"), empty_values=(), orderable=False, attrs=NUMBER
    )
    unreported = tables.Column(
        verbose_name=_("Reports overdue"), empty_values=(), orderable=False, attrs=NUMBER
    )

    class Meta:
        model = Agency
        fields = (
            "rank",
            "name",
            "block",
            "rate",
            "done",
            "done_late",
            "late",
            "on_schedule",
            "reported",
            "reported_late",
            "unreported",
        )
        empty_text = _("No agency matches. Take a filter away.")

    def _of(self, record: Agency) -> Ranked:
        return self.request.ranked[record.pk]

    def value_rank(self, record: Agency) -> int | None:
        return self._of(record).rank

    def render_rank(self, record: Agency) -> str:
        return str(self.value_rank(record) or "–")

    def render_block(self, record: Agency) -> str:
        row = self._of(record)
        if record.is_political:
            return gettext("Asked, not ranked")
        return str(row.block_label) if row.rank else gettext("Too few matters to rank")

    def render_rate(self, record: Agency) -> str:
        """A party or mass body has no rate, only its work."""
        percent = self._of(record).percent
        return "–" if percent is None or record.is_political else f"{percent} %"

    def value_done(self, record: Agency) -> int:
        return self._of(record).work.done

    def render_done(self, record: Agency) -> SafeString:
        return self._figure(record, "done")

    def value_done_late(self, record: Agency) -> int:
        return self._of(record).work.done_late

    def render_done_late(self, record: Agency) -> SafeString:
        return self._figure(record, "done_late")

    def value_late(self, record: Agency) -> int:
        return self._of(record).work.late

    def render_late(self, record: Agency) -> SafeString:
        return self._figure(record, "late")

    def value_on_schedule(self, record: Agency) -> int:
        return self._of(record).work.on_schedule

    def render_on_schedule(self, record: Agency) -> SafeString:
        return self._figure(record, "on_schedule")

    def value_reported(self, record: Agency) -> int:
        return self._of(record).reports.done

    def render_reported(self, record: Agency) -> SafeString:
        return self._report_figure(record, "in_time", self.value_reported(record))

    def value_reported_late(self, record: Agency) -> int:
        return self._of(record).reports.done_late

    def render_reported_late(self, record: Agency) -> SafeString:
        return self._report_figure(record, "late", self.value_reported_late(record))

    def value_unreported(self, record: Agency) -> int:
        return self._of(record).reports.late

    def render_unreported(self, record: Agency) -> SafeString:
        return self._report_figure(record, "overdue", self.value_unreported(record))

    def _report_figure(self, record: Agency, which: str, count: int) -> SafeString:
        url = f"{self.request.reports_url}lead={record.pk}&which={which}"
        return format_html('<a href="{}">{}</a>', url, count) if count else SafeString("0")

    def _figure(self, record: Agency, standing: str) -> SafeString:
        url = f"{self.request.assignments_url}lead={record.pk}&standing={standing}"
        count = getattr(self._of(record).work, standing)
        return format_html('<a href="{}">{}</a>', url, count) if count else SafeString("0")


class MoneyColumn(tables.Column):
    """A sum of the agency's money; the name of the column is the field's."""

    def __init__(self, label: Any) -> None:
        super().__init__(verbose_name=label, empty_values=(), orderable=False, attrs=NUMBER)

    def render(self, record: Agency, bound_column: Any, table: Any) -> str:
        return money(self.value(record, bound_column, table))

    def value(self, record: Agency, bound_column: Any, table: Any) -> int:
        return getattr(table.request.money[record.pk], bound_column.name)


class LeadershipMoneyTable(LeadershipTable):
    name = tables.Column(verbose_name=_("Agency"), order_by="sort_name")
    proposed = MoneyColumn(_("Proposed"))
    approved = MoneyColumn(_("Approved"))
    committed = MoneyColumn(_("Committed"))
    spent = MoneyColumn(_("Spent"))

    class Meta:
        model = Agency
        fields = ("name", "proposed", "approved", "committed", "spent")
        empty_text = _("No money is proposed yet.")


class LeadershipTargetTable(LeadershipTable):
    no = tables.Column(verbose_name=_("No."), accessor="task__no", order_by=("task__position", "pk"))
    task = tables.Column(verbose_name=_("Task"), order_by="task__search_text")
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


class LeadershipReportTable(LeadershipTable):
    round = tables.Column(verbose_name=_("Round"), order_by=("round__data_to", "round"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    state = tables.Column(verbose_name=_("State"), accessor="then_state", order_by="then_state")
    due_on = DayColumn(verbose_name=_("Due"), accessor="round__due_on")
    days = tables.Column(verbose_name=_("Days overdue"), empty_values=(), orderable=False, attrs=NUMBER)

    class Meta:
        model = AgencyReport
        fields = ("round", "agency", "state", "due_on", "days")
        empty_text = _("No report matches. Take a filter away.")

    def render_round(self, record: AgencyReport) -> SafeString:
        return link(record.round.get_absolute_url(), record.round.title)

    def value_round(self, record: AgencyReport) -> str:
        return record.round.title

    def render_state(self, value: str) -> SafeString:
        return badge(REPORT_STATES[value], STATE_TONES.get(value, "plain"))

    def value_state(self, value: str) -> str:
        return str(REPORT_STATES[value])

    def value_days(self, record: Any) -> int | None:
        if not record.is_overdue:
            return None
        return overdue_days(record.round.due_on, self.scope.day, is_before=record.round.is_due_before)

    def render_days(self, record: Any) -> str:
        count = self.value_days(record)
        return "" if count is None else str(count)


class LeadershipExplanationTable(LeadershipTable):
    question = tables.Column(verbose_name=_("Explanation asked"))
    agency = tables.Column(
        verbose_name=_("Agency"), accessor="assignment__agency", order_by="assignment__agency__sort_name"
    )
    due_on = DayColumn(verbose_name=_("Due"))
    days = tables.Column(verbose_name=_("Days overdue"), empty_values=(), order_by="-due_on", attrs=NUMBER)

    class Meta:
        model = Explanation
        fields = ("question", "agency", "due_on", "days")
        empty_text = _("No explanation is overdue.")

    def render_question(self, record: Explanation) -> SafeString:
        return link(record.assignment.get_absolute_url(), record.question)

    def value_question(self, record: Explanation) -> str:
        return record.question

    def value_days(self, record: Explanation) -> int | None:
        return overdue_days(record.due_on, self.scope.day) if record.due_on else None

    def render_days(self, record: Explanation) -> str:
        return str(self.value_days(record))


class LeadershipChangeTable(LeadershipTable):
    at = tables.Column(verbose_name=_("When"))
    action = tables.Column(verbose_name=_("What happened"), orderable=False)
    what = tables.Column(verbose_name=_("Matter"), empty_values=(), orderable=False)
    by = tables.Column(verbose_name=_("By"), empty_values=(), orderable=False)
    note = tables.Column(verbose_name=_("Words"))

    class Meta:
        model = Entry
        fields = ("at", "action", "what", "by", "note")
        empty_text = _("Nothing of this kind has happened since.")

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_action(self, record: Entry) -> str:
        return history.line(record).sentence

    def render_what(self, record: Entry) -> SafeString:
        return link(record.object.get_absolute_url(), str(record.object))

    def value_what(self, record: Entry) -> str:
        return str(record.object)

    def render_by(self, record: Entry) -> str:
        return history.line(record).who
