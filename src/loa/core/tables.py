"""Lists of core; a value without markup goes into the .xlsx."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import queries
from loa.core.due import weekday
from loa.core.lists import DayColumn
from loa.core.models import CalendarChange, CalendarDay, Job, LegalRule
from loa.core.templatetags.ui import badge, day, day_name, moment, state_badge

_BREAK = SafeString("<br>")
_COLUMNS, _RULE_COLUMNS = queries.CALENDAR_COLUMNS, queries.RULE_COLUMNS


class CalendarTable(tables.Table):
    date = DayColumn(verbose_name=_COLUMNS["date"], linkify=("core:day_detail", {"pk": tables.A("pk")}))
    weekday = tables.Column(verbose_name=gettext_lazy("Weekday"), accessor="date", orderable=False)
    kind = tables.Column(verbose_name=_COLUMNS["kind"])
    name = tables.Column(verbose_name=_COLUMNS["name"])
    legal_act = tables.Column(verbose_name=_COLUMNS["legal_act"], empty_values=())

    class Meta:
        model = CalendarDay
        fields = ["date", "weekday", "kind", "name", "legal_act"]
        order_by = "date"
        empty_text = gettext_lazy("No day of this kind. Days that are not listed follow the plain week.")

    def render_weekday(self, value: Any) -> str:
        return weekday(value)

    def value_weekday(self, value: Any) -> str:
        return weekday(value)

    def render_kind(self, record: CalendarDay) -> SafeString:
        return badge(record.get_kind_display(), "run" if record.kind == "work" else "plain")

    def value_kind(self, record: CalendarDay) -> str:
        return str(record.get_kind_display())

    def render_name(self, record: CalendarDay) -> str:
        return day_name(record)

    def value_name(self, record: CalendarDay) -> str:
        return record.name

    def render_legal_act(self, record: CalendarDay) -> SafeString:
        said = record.legal_act or badge(_("Not yet announced"), "soon")
        announced = f"{_COLUMNS['announced_on']}: {day(record.announced_on)}" if record.announced_on else ""
        further = "; ".join(filter(None, [announced, record.source]))
        return format_html('{}<br><span class="muted small">{}</span>', said, further)

    def value_legal_act(self, value: str) -> str:
        return value


class CalendarSheet(CalendarTable):
    """The same rows as a sheet that can be handed in again: the headings are those of the import."""

    name_en = tables.Column(verbose_name=_COLUMNS["name_en"])
    announced_on = DayColumn(verbose_name=_COLUMNS["announced_on"])
    source = tables.Column(verbose_name=_COLUMNS["source"])

    class Meta(CalendarTable.Meta):
        fields = ["date", "weekday", "kind", "name", "name_en", "legal_act", "announced_on", "source"]


class ChangeTable(tables.Table):
    at = tables.Column(
        verbose_name=gettext_lazy("When"), linkify=("core:calendar_change", {"pk": tables.A("pk")})
    )
    note = tables.Column(verbose_name=gettext_lazy("What"), orderable=False)
    day_count = tables.Column(verbose_name=gettext_lazy("Days"))
    moved_count = tables.Column(verbose_name=gettext_lazy("Due dates moved"))
    by = tables.Column(verbose_name=gettext_lazy("Who"), order_by=("by__sort_name",))

    class Meta:
        model = CalendarChange
        fields = ["at", "note", "day_count", "moved_count", "by"]
        order_by = ("-at",)
        empty_text = gettext_lazy("The calendar is as it was loaded: nobody has changed it.")

    def render_at(self, value: Any) -> str:
        return moment(value)


class RuleTable(tables.Table):
    name = tables.Column(
        verbose_name=gettext_lazy("Rule"),
        accessor="name_vi",
        linkify=("core:rule_detail", {"pk": tables.A("pk")}),
        order_by=("code", "-valid_from"),
    )
    said = tables.Column(verbose_name=_RULE_COLUMNS["values"], accessor="values", orderable=False)
    valid_from = DayColumn(verbose_name=_RULE_COLUMNS["valid_from"])
    legal_basis = tables.Column(verbose_name=_RULE_COLUMNS["legal_basis"])

    class Meta:
        model = LegalRule
        fields = ["name", "said", "valid_from", "legal_basis"]
        order_by = "name"
        empty_text = gettext_lazy("No rule fits.")

    def render_name(self, record: LegalRule) -> SafeString:
        return format_html(
            '{}<br><span class="muted small">{}</span>', queries.rule_name(record), record.code
        )

    def value_name(self, record: LegalRule) -> str:
        return queries.rule_name(record)

    def render_said(self, value: dict[str, Any]) -> SafeString:
        return format_html_join(_BREAK, "{}: <b>{}</b>", queries.told_values(value))

    def value_said(self, value: dict[str, Any]) -> str:
        return str(queries.in_words("values", value))

    def render_valid_from(self, record: LegalRule) -> str:
        return f"{day(record.valid_from)} – {day(record.valid_to) or '…'}"

    def render_legal_basis(self, record: LegalRule) -> SafeString:
        mark = badge(_("Verified"), "done") if record.is_checked else badge(_("Not verified"), "soon")
        return format_html(
            '{} {}<br><span class="muted small">{}</span>', record.legal_basis, mark, record.note
        )

    def value_legal_basis(self, record: LegalRule) -> str:
        return record.legal_basis


class RuleSheet(RuleTable):
    """The list as a sheet to read; the one to fill in is `rule_export`."""

    code = tables.Column(verbose_name=_RULE_COLUMNS["code"])
    valid_to = DayColumn(verbose_name=_RULE_COLUMNS["valid_to"])
    is_checked = tables.Column(verbose_name=_RULE_COLUMNS["is_checked"])
    note = tables.Column(verbose_name=_RULE_COLUMNS["note"])

    class Meta(RuleTable.Meta):
        fields = ["code", "name", "said", "valid_from", "valid_to", "legal_basis", "is_checked", "note"]

    def value_is_checked(self, value: bool) -> str:
        return _("Verified") if value else _("Not verified")


def _told_retry(job: Job) -> str:
    return _("Will be tried again at %(at)s") % {"at": moment(job.try_again_at)}


class JobTable(tables.Table):
    title = tables.Column(
        verbose_name=gettext_lazy("What"), linkify=("core:job_detail", {"pk": tables.A("pk")})
    )
    state = tables.Column(verbose_name=gettext_lazy("State"))
    progress = tables.Column(
        verbose_name=gettext_lazy("Progress"), accessor="total_count", orderable=False, empty_values=()
    )
    started_by = tables.Column(verbose_name=gettext_lazy("Who"), order_by=("started_by__sort_name",))
    created_at = tables.Column(verbose_name=gettext_lazy("Started at"))
    ended_at = tables.Column(verbose_name=gettext_lazy("Ended at"))
    error = tables.Column(verbose_name=gettext_lazy("Error"), orderable=False)

    class Meta:
        model = Job
        fields = ["title", "state", "progress", "started_by", "created_at", "ended_at", "error"]
        order_by = ("-created_at",)
        empty_text = gettext_lazy("No background job fits.")

    def render_state(self, record: Job) -> SafeString:
        if record.try_again_at is None:
            return state_badge(record)
        return format_html(
            '{}<br><span class="muted small">{}</span>', state_badge(record), _told_retry(record)
        )

    def value_state(self, record: Job) -> str:
        told = _told_retry(record) if record.try_again_at else ""
        return ". ".join(filter(None, [str(record.get_state_display()), told]))

    def render_progress(self, record: Job) -> SafeString | str:
        if not record.total_count:
            return "–"
        return format_html("{}/{} ({}%)", record.done_count, record.total_count, record.percent)

    def value_progress(self, record: Job) -> str:
        return f"{record.done_count}/{record.total_count}" if record.total_count else ""

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    def render_ended_at(self, value: Any) -> str:
        return moment(value)

    def render_error(self, value: str) -> str:
        return value[:200]

    def value_error(self, value: str) -> str:
        return value
