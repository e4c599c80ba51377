from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, state_badge
from loa.reports.models import ReportRound, ReportTemplate
from loa.reports.queries.board import BOARD_STATUSES, BOARD_TONES


class RoundTable(tables.Table):
    """Rounds with the state of one's own report; how many have reported for who oversees the plan."""

    title = tables.Column(verbose_name=_("Round"), linkify=True)
    plan = tables.Column(verbose_name=_("Plan"), accessor="plan__number")
    period = tables.Column(verbose_name=_("Period"))
    due_on = DayColumn(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"))
    our_state = tables.Column(verbose_name=_("Our report"), empty_values=(), orderable=False)
    reported = tables.Column(verbose_name=_("Reported"), empty_values=(), orderable=False)

    class Meta:
        model = ReportRound
        fields = ("title", "plan", "period", "due_on", "state", "our_state", "reported")
        order_by = ("-due_on",)
        empty_text = _("No reports are asked for yet.")

    def render_due_on(self, record: ReportRound) -> str:
        is_open = record.state == "open"
        return due_badge(record.due_on, is_before=record.is_due_before, open=is_open, link=False)

    def render_state(self, record: ReportRound) -> str:
        return state_badge(record)

    def value_state(self, record: ReportRound) -> str:
        return record.get_state_display()

    def render_our_state(self, record: Any) -> str:
        status = _our_status(record)
        return badge(BOARD_STATUSES[status], BOARD_TONES[status]) if status else ""

    def value_our_state(self, record: Any) -> str:
        status = _our_status(record)
        return str(BOARD_STATUSES[status]) if status else ""

    def render_reported(self, record: Any) -> str:
        return f"{record.reported_count}/{record.report_count}" if record.is_overseen else ""


def _our_status(record: Any) -> str:
    return (
        "not_started" if record.our_state == "draft" and record.our_version == 0 else record.our_state or ""
    )


class TemplateTable(tables.Table):
    """Outlines and their versions: what each asks, since when, and how many rounds use it."""

    name_vi = tables.Column(verbose_name=_("Outline"), linkify=True)
    valid_from = DayColumn(verbose_name=_("In force from"))
    valid_to = DayColumn(verbose_name=_("In force to"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    asked = tables.Column(verbose_name=_("Asked sections"), empty_values=(), orderable=False)
    figures = tables.Column(verbose_name=_("Figures"), empty_values=(), orderable=False)
    round_count = tables.Column(verbose_name=_("Rounds"))

    class Meta:
        model = ReportTemplate
        fields = ("name_vi", "valid_from", "valid_to", "legal_basis", "asked", "figures", "round_count")
        order_by = ("name_vi", "-valid_from")
        empty_text = _("No outline is loaded yet.")

    def render_asked(self, record: ReportTemplate) -> int:
        return len(record.asked_sections)

    def render_figures(self, record: ReportTemplate) -> int:
        return len(record.figure_rows)
