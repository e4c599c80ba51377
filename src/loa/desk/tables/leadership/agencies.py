from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.core.templatetags.ui import money
from loa.desk.queries.leadership import Ranked
from loa.desk.tables.leadership.base import NUMBER, LeadershipTable
from loa.directory.models import Agency


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
