from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, state_badge
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate, StandingRule
from loa.reports.queries.board import BOARD_STATUSES, BOARD_TONES, HANDED_IN
from loa.reports.states import NOT_OWED_STATES


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


class BoardTable(tables.Table):
    """Every body that was asked in a round, by name; what may be done with it for who accepts its report."""

    agency = tables.Column(verbose_name=_("Agency"), order_by=("agency__sort_name",))
    asked = tables.Column(verbose_name=_("Owes"), accessor="agency__is_political", orderable=False)
    status = tables.Column(verbose_name=_("Where it stands"))
    due_on = DayColumn(verbose_name=_("Due"), order_by=("extended_due_on",))
    first_submitted_at = tables.Column(verbose_name=_("First sent"))
    accepted_at = tables.Column(verbose_name=_("Accepted"))
    reason = tables.Column(verbose_name=_("Reason"), empty_values=(), orderable=False)
    acts = tables.Column(
        verbose_name=_("What can be done"), empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta:
        model = AgencyReport
        fields = (
            "agency",
            "asked",
            "status",
            "due_on",
            "first_submitted_at",
            "accepted_at",
            "reason",
            "acts",
        )
        empty_text = _("No body fits this choice.")

    def render_agency(self, record: Any) -> str:
        if record.state in HANDED_IN:
            return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.agency)
        return str(record.agency)

    def value_agency(self, record: Any) -> str:
        return str(record.agency)

    def render_asked(self, value: bool) -> str:
        return str(_("Kindly asked") if value else _("Has to report"))

    def render_status(self, record: Any) -> str:
        badges = [badge(BOARD_STATUSES[record.status], BOARD_TONES[record.status])]
        badges += [badge(words, tone) for words, tone in _flags(record)]
        return format_html_join(" ", "{}", ((each,) for each in badges))

    def value_status(self, record: Any) -> str:
        words = [BOARD_STATUSES[record.status], *(words for words, _tone in _flags(record))]
        return ", ".join(str(word) for word in words)

    def render_due_on(self, record: Any) -> str:
        is_open = record.first_submitted_at is None and record.state not in NOT_OWED_STATES
        return due_badge(record.due_on, is_before=record.is_due_before, open=is_open, link=False)

    def render_reason(self, record: Any) -> str:
        return record.excuse_reason or record.late_reason

    def render_acts(self, record: Any) -> str:
        acts = [] if not getattr(self, "may_act", False) else _acts_on(record)
        urls = [(reverse("reports:board_act", args=[record.pk, act]), words) for act, words in acts]
        if getattr(self, "may_act", False) and (record.is_late or record.is_overdue):
            urls.append(
                (
                    reverse("reports:report_explanation_ask", args=[record.pk]),
                    gettext("Ask for an explanation"),
                )
            )
        return format_html_join(" · ", '<a href="{}">{}</a>', urls)


def _flags(record: Any) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    if record.is_late:
        found.append((_("Late"), "late"))
    elif record.is_overdue:
        found.append((_("Overdue"), "late"))
    if record.is_extended:
        found.append((_("More time given"), "plain"))
    if record.asks_time:
        found.append((_("Asks for more time"), "soon"))
    return found


def _acts_on(record: Any) -> list[tuple[str, str]]:
    if record.state in NOT_OWED_STATES:
        return [("hoi-lai", gettext("Ask again"))]
    if record.state in HANDED_IN or record.first_submitted_at:
        return []
    return [("gia-han", gettext("More time")), ("mien", gettext("Excuse"))]


class StandingRuleTable(tables.Table):
    """Every standing rule one sees."""

    rule = tables.Column(verbose_name=_("Rule"), accessor="pk", order_by=("kind", "pk"))
    plan = tables.Column(verbose_name=_("Plan"), empty_values=(), order_by=("plan__number",))
    asker = tables.Column(verbose_name=_("Who asks"), order_by=("asker__sort_name",))
    state = tables.Column(verbose_name=_("State"))
    active_from = DayColumn(verbose_name=_("Active from"))
    active_to = DayColumn(verbose_name=_("Active to"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"), orderable=False)

    class Meta:
        model = StandingRule
        fields = ("rule", "plan", "asker", "state", "active_from", "active_to", "legal_basis")
        order_by = ("plan",)
        empty_text = _("No standing rule yet. They are read from an issued plan or set by hand.")

    def render_rule(self, record: StandingRule) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)

    def value_rule(self, record: StandingRule) -> str:
        return str(record)

    def render_plan(self, record: StandingRule) -> str:
        return record.plan.number if record.plan else gettext("Every plan of the agency")

    def render_state(self, record: StandingRule) -> str:
        return state_badge(record)

    def value_state(self, record: StandingRule) -> str:
        return record.get_state_display()
