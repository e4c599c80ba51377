from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import history
from loa.core.lists import DayColumn
from loa.core.models import Entry
from loa.core.templatetags.ui import STATE_TONES, badge, moment
from loa.desk.queries.leadership import overdue_days
from loa.desk.tables.leadership.base import NUMBER, LeadershipTable, link
from loa.plans.models import Explanation
from loa.reports.models import AgencyReport
from loa.reports.states import REPORT_STATES


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
    note = tables.Column(verbose_name=pgettext_lazy("sent with a report", "Words"))

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
