"""Over random data: a figure on the page is the number of rows behind its link, now and for any past day,
and what the report counts of the same thing is the same number.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from desk.leadership_world import RandomWorld
from loa.core import clock
from loa.core.then import end_of
from loa.desk import actions
from loa.desk.models import KeptFigures
from loa.desk.queries import leadership as queries
from loa.plans.models import Assignment
from loa.plans.queries import plan_overview
from loa.reports.queries import figures_of, gather_facts, round_board

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST = date(2019, 6, 3)
LAST = date(2019, 6, 24)
LINK = re.compile(r'<a[^>]* href="(/dieu-hanh/\d+/[^"]*)"[^>]*>\s*<b>(\d+)</b>')
CELL = re.compile(r'<td class=""><a href="(/dieu-hanh/\d+/nhiem-vu/[^"]*)">(\d+)</a>')
RANK = re.compile(r'<a href="(/dieu-hanh/\d+/(?:viec|bao-cao)/[^"]*)">(\d+)</a>')


@pytest.fixture
def world(today):
    made = RandomWorld(1, FIRST)
    made.live_until(LAST)
    return made


def linked_figures(html):
    found = [*LINK.findall(html), *CELL.findall(html), *RANK.findall(html)]
    return {unescape(url): int(number) for url, number in found}


def row_count(client, url):
    html = client.get(url).content.decode()
    return int(re.search(r'rows__count" role="status">(\d+) ', html).group(1))


def sheet_rows(client, url):
    content = client.get(f"{url}&export=xlsx").content
    return load_workbook(BytesIO(content)).active.max_row - 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "days_ago"), [("leader", 0), ("coordinator", 15), ("head", 0), ("political", 7)]
)
def test_each_figure_is_the_number_of_rows_behind_its_link(world, as_user, who, days_ago):
    person = {
        "leader": world.leader,
        "coordinator": world.head_of(world.plan.coordinator),
        "head": world.head_of(world.agencies[0]),
        "political": world.head_of(world.agencies[-1]),
    }[who]
    client = as_user(person)
    day = LAST - timedelta(days=days_ago)

    figures = linked_figures(client.get(f"/dieu-hanh/?day={day}").content.decode())
    counted = {url: row_count(client, url) for url in figures}

    assert len(figures) > 8
    assert counted == figures


@pytest.mark.slow
def test_a_sheet_has_as_many_rows_as_the_figure_says(world, as_user):
    client = as_user(world.leader)
    figures = linked_figures(client.get("/dieu-hanh/").content.decode())

    assert {url: sheet_rows(client, url) for url in figures} == figures


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_those_of_the_plan_and_of_the_report(seed, today):
    world = RandomWorld(seed, FIRST)
    world.live_until(LAST)
    world.round.data_to = LAST
    scope = queries.list_scope(world.leader, world.plan, today=LAST)

    figures = queries.count_figures(scope)
    overview = plan_overview(world.plan, LAST)
    reported = figures_of(gather_facts(world.round))
    board = round_board(world.round, LAST)

    targets = {key: figure for key, figure in reported.items() if key.startswith("target:")}
    assert figures.tally.finished
    assert figures.tally == overview.assignments
    assert figures.states == overview.states
    assert dict(figures.agencies) == {row.agency.pk: row.tally for row in overview.agencies}
    assert figures.task_count == reported["tasks"].value
    assert figures.tally.total + figures.tally.ended == reported["lines"].value
    assert figures.target_count == len(targets)
    assert figures.reached_count == sum(figure.is_reached for figure in targets.values())
    assert {row.target: row.counted for row in figures.targets} == {
        int(key.removeprefix("target:")): figure.value
        for key, figure in targets.items()
        if int(key.removeprefix("target:")) in {row.target for row in figures.targets}
    }
    count = figures.rounds[0]
    assert (count.agencies, count.reported, count.late, count.missing) == tuple(
        reported[key].value for key in ("agencies", "reported", "late", "missing")
    )
    assert (count.reported, count.late, count.missing) == (
        board.reported_count, board.late_count, board.missing_count
    )  # fmt: skip
    assert figures.late_report_count == sum(row.is_overdue for row in board.rows)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_past_day_reads_as_it_was_read_on_that_day(seed, today):
    """What is read back from the history is what stood there then, whatever happened since."""
    world = RandomWorld(seed, FIRST)
    seen = {}
    for offset in (0, 6, 13):
        world.live_until(FIRST + timedelta(days=offset))
        seen[world.day] = _without_changes(
            queries.count_figures(queries.list_scope(world.leader, world.plan, today=world.day))
        )
    world.live_until(LAST)

    read = {
        day: _without_changes(
            queries.count_figures(
                queries.list_scope(world.leader, world.plan, today=LAST, moment=end_of(day))
            )
        )
        for day in seen
    }

    assert read == seen


def _without_changes(figures):
    """Changes are compared with another day's end, which is a moment either way."""
    return {**figures.to_json(), "changes": figures.changes.newly_late}


def test_kept_figures_are_counted_again_alike_whatever_happened_since(world, as_user):
    moment = end_of(LAST - timedelta(days=1))
    actions.keep_figures(world.plan, moment)
    kept = KeptFigures.objects.get()
    world.live_until(LAST + timedelta(days=9))

    again = queries.count_figures(queries.scope_to_keep(world.plan, moment))

    assert queries.Figures.from_json(kept.figures) == again


@pytest.mark.slow
def test_figures_shown_from_what_is_kept_lead_to_the_same_rows(world, as_user):
    client = as_user(world.leader)
    actions.keep_figures(world.plan, end_of(LAST - timedelta(days=1)))
    for _ in range(10):
        world.act()

    html = client.get("/dieu-hanh/").content.decode()
    figures = linked_figures(html)

    assert all("at=2019-06-24T00%3A00" in url for url in figures)
    assert {url: row_count(client, url) for url in figures} == figures


def test_changes_add_up_over_two_periods(world):
    """Done since Monday is done in the first half and in the second."""
    middle = LAST - timedelta(days=10)
    whole = queries.list_scope(world.leader, world.plan, today=LAST, since=FIRST)
    first = queries.list_scope(world.leader, world.plan, today=LAST, since=FIRST, moment=end_of(middle))
    second = queries.list_scope(world.leader, world.plan, today=LAST, since=middle)

    sums = [queries.count_changes(scope).counts for scope in (whole, first, second)]

    assert sums[0] == {kind: sums[1][kind] + sums[2][kind] for kind in sums[0]}


def test_sum_of_evidence_is_what_the_target_counts(world, as_user):
    client = as_user(world.leader)
    scope = queries.list_scope(world.leader, world.plan, today=LAST)
    for row in queries.count_figures(scope).targets:
        html = client.get(f"/dieu-hanh/{world.plan.pk}/minh-chung/?target={row.target}&export=xlsx")
        cells = load_workbook(BytesIO(html.content)).active.iter_rows(min_row=2, values_only=True)
        counted = sum(Decimal(str(cell[3]).replace(",", ".")) for cell in cells)
        target = world.plan.tasks.get(targets=row.target).targets.get()

        assert not target.counts_itself or counted == row.counted


def test_clock_keeps_figures_of_large_plans_only(world, monkeypatch):
    from loa.desk import clocks

    assert clocks.keep_figures_fresh() == 0

    monkeypatch.setattr("loa.desk.queries.leadership.kept.LIVE_UP_TO", Assignment.objects.count() - 1)
    assert clocks.keep_figures_fresh() == 1
    assert clocks.keep_figures_fresh() == 0

    clock.set_today(LAST + timedelta(days=1))
    assert clocks.keep_figures_fresh() == 2  # the day that has ended, and the new one
    assert [row.at for row in KeptFigures.objects.filter(day=LAST)] == [end_of(LAST)]


def test_count_that_dies_leaves_what_was_kept(world, monkeypatch):
    moment = end_of(LAST - timedelta(days=1))
    actions.keep_figures(world.plan, moment)
    before = list(KeptFigures.objects.values())

    def die(_scope):
        raise MemoryError

    monkeypatch.setattr("loa.desk.queries.leadership.figures._rounds", die)
    with pytest.raises(MemoryError):
        actions.keep_figures(world.plan, moment + timedelta(minutes=5))

    assert list(KeptFigures.objects.values()) == before


def test_earlier_figures_never_replace_later_ones(world):
    moment = end_of(LAST - timedelta(days=1))

    assert actions.keep_figures(world.plan, moment)
    assert not actions.keep_figures(world.plan, moment - timedelta(minutes=5))
    assert not actions.keep_figures(world.plan, moment)
    assert KeptFigures.objects.get().at == moment


def test_kept_figures_are_compared_with_the_day_that_was_chosen(world, as_user):
    client = as_user(world.leader)
    actions.keep_figures(world.plan, end_of(LAST - timedelta(days=1)))

    html = client.get(f"/dieu-hanh/?since={FIRST}").content.decode()
    figures = {url: number for url, number in linked_figures(html).items() if "kind=" in url}

    assert figures
    assert {url: row_count(client, url) for url in figures} == figures
