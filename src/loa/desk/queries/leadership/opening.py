"""Opening the view: which figures are shown, as of when, and with what words and names around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from loa.budgets.queries import Money, money_by_agency, money_of_plan
from loa.core.then import end_of, last_day_before
from loa.desk.queries.leadership import rows
from loa.desk.queries.leadership.figures import Figures, count_changes, count_figures
from loa.desk.queries.leadership.kept import figures_kept, kept_at, kept_for
from loa.desk.queries.leadership.ranking import Ranked, Ranking, ranking_of
from loa.desk.queries.leadership.red import RedRow, red_rows
from loa.desk.queries.leadership.scope import WEEK, Scope, agency_of_figures
from loa.directory.models import Agency, User
from loa.plans.models import CommunicationForm, Plan, Target, Topic
from loa.plans.queries import THEN, Tally, TargetCount, by_agency_and_state
from loa.plans.queries.board import Cell, Coverage
from loa.reports.models import ReportRound
from loa.reports.queries import RoundCount, report_tallies

GAPS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Leadership:
    scope: Scope
    figures: Figures
    ranking: Ranking
    red: list[RedRow]
    targets: list[TargetCount]
    changes: list[tuple[str, Any, int]]  # kind of act, its words, how many
    rounds: list[tuple[ReportRound, RoundCount]]
    coverage: Coverage
    gaps: list[str]
    money: Money

    @property
    def most_late(self) -> Ranked | None:
        """The body with the most overdue work; party and mass bodies are not singled out."""
        late = [row for row in self.ranking.all if row.work.late and not row.agency.is_political]
        return max(late, key=lambda row: row.work.late, default=None)

    @property
    def is_red_cut(self) -> bool:
        return self.figures.overdue_count > sum(row.count for row in self.figures.overdue)

    @property
    def matrix(self) -> list[tuple[Topic, list[tuple[CommunicationForm, Cell]]]]:
        forms = self.coverage.forms
        return [(topic, list(zip(forms, cells, strict=True))) for topic, cells in self.coverage.rows]

    @property
    def hidden_gap_count(self) -> int:
        return max(0, len(self.gaps) - GAPS_SHOWN)

    @property
    def shown_gaps(self) -> list[str]:
        return self.gaps[:GAPS_SHOWN]


def list_scope(
    user: User, plan: Plan, *, today: date, moment: datetime | None = None, since: date | None = None
) -> Scope:
    """What a list behind a figure is read with."""
    day = last_day_before(moment) if moment else today
    return Scope(plan, agency_of_figures(user, plan), day, since or day - WEEK, moment)


def open_leadership(
    user: User, plan: Plan, *, today: date, day: date | None = None, since: date | None = None
) -> Leadership:
    """The view of a plan as things stand, as they were counted last (large plans), or at the end of a past day."""
    agency = agency_of_figures(user, plan)
    past = day if day and day < today else None
    kept = None if agency else kept_for(plan, past)
    if kept:
        scope = Scope(plan, None, kept.day, kept.day - WEEK, kept.at)
        figures = figures_kept(kept)
        if since and since != scope.since:
            scope = replace(scope, since=since)
            figures = replace(figures, since=since, changes=count_changes(scope))
    else:
        on = past or today
        scope = Scope(plan, agency, on, since or on - WEEK, end_of(past) if past else None)
        figures = count_figures(scope)
    return _shown(scope, figures)


def _shown(scope: Scope, figures: Figures) -> Leadership:
    covered = _coverage(scope, figures)
    labels = rows.CHANGE_LABELS
    return Leadership(
        scope=scope,
        figures=figures,
        ranking=_ranking(figures.agencies, figures.reports),
        red=red_rows(figures.overdue, scope),
        targets=_targets(figures),
        changes=[(kind, labels[kind], count) for kind, count in figures.changes.counts.items()],
        rounds=_rounds(figures),
        coverage=covered,
        gaps=[] if scope.agency else gap_words(covered),
        money=money_of_plan(scope.plan, until=scope.day, agency=scope.agency),
    )


def ranking(scope: Scope) -> Ranking:
    """As kept for the scope's moment, else counted."""
    if scope.moment and scope.agency is None:
        kept = kept_at(scope.plan, scope.moment)
        if kept:
            return _ranking(kept.agencies, kept.reports)
    work = by_agency_and_state(rows.assignments(scope), scope.day, THEN)[0]
    reported = report_tallies(rows.reports(scope), scope.day, scope.moment)
    return _ranking([(row.agency.pk, row.tally) for row in work], reported.items())


def _ranking(work: Iterable[tuple[int, Tally]], reports: Iterable[tuple[int, Tally]]) -> Ranking:
    worked, reported = dict(work), dict(reports)
    agencies = Agency.objects.filter(pk__in=worked.keys() | reported.keys())
    nothing = Tally()
    return ranking_of(
        Ranked(agency, worked.get(agency.pk, nothing), reported.get(agency.pk, nothing))
        for agency in agencies
    )


def money_of_agencies(scope: Scope) -> dict[int, Money]:
    """Agency id → its part of the plan's money by the day."""
    if scope.agency:
        own = money_of_plan(scope.plan, until=scope.day, agency=scope.agency)
        return {scope.agency.pk: own} if own else {}
    return money_by_agency(scope.plan, until=scope.day)


def _targets(figures: Figures) -> list[TargetCount]:
    found = Target.objects.select_related("task").in_bulk([row.target for row in figures.targets])
    return [TargetCount(found[row.target], row.counted) for row in figures.targets]


def _rounds(figures: Figures) -> list[tuple[ReportRound, RoundCount]]:
    found = ReportRound.objects.in_bulk([count.round for count in figures.rounds])
    pairs = [(found[count.round], count) for count in figures.rounds]
    return sorted(pairs, key=lambda pair: (pair[0].data_to, pair[0].pk), reverse=True)


def _coverage(scope: Scope, figures: Figures) -> Coverage:
    """The matrix as the plan's own page shows it, with counted cells."""
    forms, topics = list(scope.plan.forms.all()), list(scope.plan.topics.all())
    counts = {(cell.topic, cell.form): Cell(cell.task_count, cell.talk_count) for cell in figures.cells}
    return Coverage(
        forms=forms,
        rows=[(topic, [counts.get((topic.pk, form.pk), Cell()) for form in forms]) for topic in topics],
        unclassified_count=figures.unclassified_count,
    )


def gap_words(covered: Coverage) -> list[str]:
    """What nobody tells, a sentence for each topic."""
    sentences = []
    for position, (topic, cells) in enumerate(covered.rows, 1):
        missing = [
            _label(form, number)
            for number, (form, cell) in enumerate(zip(covered.forms, cells, strict=True), 1)
            if cell.is_gap
        ]
        words = {"topic": _label(topic, position), "text": Truncator(topic.text).chars(60)}
        if missing and len(missing) == len(cells):
            sentences.append(_("No agency tells topic %(topic)s (%(text)s) in any form.") % words)
        elif missing:
            words["forms"] = ", ".join(missing)
            sentences.append(_("No agency tells topic %(topic)s (%(text)s) in form %(forms)s.") % words)
    return sentences


def _label(row: Any, position: int) -> str:
    return f"{row.label or position})"
