"""The overview as pictures, with the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from loa.plans.queries import PlanOverview, Tally
from officialdoc.write.charts import Bar, Chart, Series, stacked_bars

DRAWN = 15  # bars in a picture; the list of work shows every agency


def overview_charts(overview: PlanOverview) -> list[Chart]:
    """By lead agency (the most overdue first where there are many) and by topic; none for an empty plan."""
    agencies = sorted(overview.agencies, key=lambda row: (-row.tally.late, -row.tally.total))[:DRAWN]
    return [
        chart
        for chart in (
            _chart(_("By lead agency"), _("Lead agency"), [(row.agency.name, row.tally) for row in agencies]),
            _chart(
                _("By topic"),
                _("Topic"),
                [
                    (str(row.topic) if row.topic else _("Not classified"), row.tally)
                    for row in overview.topics
                ],
            ),
        )
        if chart.figures
    ]


def _chart(title: str, group: str, rows: Iterable[tuple[str, Tally]]) -> Chart:
    series = [
        Series("done", _("Done"), "#2f7d4a"),
        Series("run", _("On schedule"), "#4b6f94"),
        Series("late", _("Overdue"), "#b3322b"),
    ]
    bars = [
        Bar(label, (tally.finished, tally.on_schedule, tally.late)) for label, tally in rows if tally.total
    ]
    return stacked_bars(title, group_label=group, series=series, bars=bars)
