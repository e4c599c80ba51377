"""One definition for each figure: sums equal the rows behind, on random rows."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from factories import (
    make_agency,
    make_approval,
    make_budget,
    make_estimate,
    make_line,
    make_task,
    make_user,
)
from loa.budgets.arithmetic import line_amount
from loa.budgets.models import Commitment, Payment
from loa.budgets.queries import (
    Money,
    money_by_agency,
    money_by_source,
    money_by_task,
    money_of_plan,
    money_of_task,
)
from loa.budgets.states import APPRAISED_STATES, APPROVED_STATES, ESTIMATE_STATES, HANDED_IN_STATES

NOW = datetime(2019, 5, 1, tzinfo=UTC)

quantities = st.decimals(min_value=0, max_value=10**8, places=2)
prices = st.integers(min_value=0, max_value=10**10)


@given(quantities, quantities, prices)
def test_amount_is_the_product_rounded_half_up(quantity, times, price):
    exact = Fraction(quantity) * Fraction(times) * price

    amount = line_amount(quantity, times, price)

    assert type(amount) is int
    assert amount == (exact + Fraction(1, 2)).__floor__()


@pytest.mark.parametrize(
    ("quantity", "times", "price", "amount"),
    [
        (Decimal("0.5"), 1, 1, 1),
        (Decimal("0.33"), Decimal("0.1"), 15, 0),
        (Decimal("2.5"), Decimal("1.5"), 333, 1249),
        (3, 2, 150_000, 900_000),
    ],
)
def test_amount_of_known_lines(quantity, times, price, amount):
    assert line_amount(Decimal(quantity), Decimal(times), price) == amount


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [999_998, 1_000_002, -1])
def test_a_wrong_amount_is_refused_by_the_database(amount):
    line = make_line(make_estimate(), quantity=10, unit_price=100_000)

    line.amount = amount

    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


@pytest.mark.django_db
def test_a_plan_without_money_has_none():
    budget = make_budget()

    assert money_of_plan(budget.plan) == Money()
    assert not money_of_plan(budget.plan)
    assert money_by_task(budget.plan) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_equals_the_rows_behind_it(seed, django_assert_num_queries):
    luck = random.Random(seed)
    budget = make_budget()
    tasks = [make_task(budget.plan) for _ in range(3)]
    rows = [row for state in ESTIMATE_STATES for row in _random_rows(luck, budget, state, tasks)]
    until = date(2019, 3, 1) + timedelta(days=luck.randrange(120))

    with django_assert_num_queries(4):
        whole = money_of_plan(budget.plan)
        then = money_of_plan(budget.plan, until=until)
        by_task = money_by_task(budget.plan)
        by_agency = money_by_agency(budget.plan, until=until)

    assert whole == _sum(rows, None)
    assert then == _sum(rows, until)
    assert by_task == _by(rows, lambda row: row["line"].task_id, None, skip=None)
    assert by_agency == _by(rows, lambda row: row["line"].estimate.agency_id, until)
    assert money_by_source(budget.plan) == _by(rows, lambda row: row["line"].funding_source, None)
    assert sum(money_by_agency(budget.plan).values(), Money()) == whole
    one = tasks[0]
    assert money_of_task(one.pk) == _by(
        [row for row in rows if row["line"].task_id == one.pk],
        lambda row: row["line"].estimate.agency_id,
        None,
    )


def _random_rows(luck, budget, state, tasks):
    days = [date(2019, 2, 20) + timedelta(days=luck.randrange(140)) for _ in range(4)]
    estimate = make_estimate(budget, make_agency(), state=state, submitted_on=days[0], appraised_on=days[1])
    by = make_user(estimate.agency)
    for _ in range(luck.randrange(1, 5)):
        line = make_line(
            estimate,
            task=luck.choice([None, *tasks]),
            quantity=Decimal(luck.randrange(1, 900)) / 100,
            unit_price=luck.randrange(10**7),
            funding_source=luck.choice(["fund", "own"]),
            appraised_amount=luck.choice([None, luck.randrange(10**6)]),
        )
        row = {"line": line, "days": days, "approved": 0, "committed": [], "spent": []}
        if state in APPROVED_STATES and luck.random() < 0.8:
            row["approved"] = luck.randrange(10**7)
            make_approval(budget, {line: row["approved"]}, decided_on=days[2])
            row["committed"] = [(days[3], luck.randrange(1, 10**6)) for _ in range(luck.randrange(3))]
            row["spent"] = [(days[3], luck.randrange(1, 10**6)) for _ in range(luck.randrange(3))]
        for number, (day, amount) in enumerate(row["committed"]):
            kept = {"line": line, "contract": str(number), "supplier": "A", "on": day, "by": by, "at": NOW}
            Commitment.objects.create(amount=amount, **kept)
            Commitment.objects.create(amount=7, withdrawn_at=NOW, **kept)
        for number, (day, amount) in enumerate(row["spent"]):
            kept = {"line": line, "voucher": str(number), "on": day, "by": by, "at": NOW}
            Payment.objects.create(amount=amount, **kept)
            Payment.objects.create(amount=7, withdrawn_at=NOW, **kept)
        yield row


def _money_of(row, until):
    line, state = row["line"], row["line"].estimate.state
    submitted, appraised, approved, _ = row["days"]

    def by(day):
        return until is None or day <= until

    return Money(
        line.amount if state in HANDED_IN_STATES and by(submitted) else 0,
        (line.appraised_amount or 0) if state in APPRAISED_STATES and by(appraised) else 0,
        row["approved"] if by(approved) else 0,
        sum(amount for day, amount in row["committed"] if by(day)),
        sum(amount for day, amount in row["spent"] if by(day)),
    )


def _sum(rows, until):
    return sum((_money_of(row, until) for row in rows), Money())


def _by(rows, key, until, skip=()):
    found = {}
    for row in rows:
        name = key(row)
        if name is not None or skip == ():
            found[name] = found.get(name, Money()) + _money_of(row, until)
    return {name: money for name, money in found.items() if money}
