"""Two people at the same moment: nothing is lost, nothing counted twice, nothing paid beyond what was approved."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from budget_scene import TODAY, Scene
from django.db import connection

from loa.budgets import actions
from loa.budgets.models import Estimate, EstimateLine, LineAppraisal, Payment
from loa.core.workflow import FlowError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def scene(today):
    today(TODAY)
    return Scene()


def at_once(*acts):
    """Run acts in threads started together; the name of what each returned or raised, sorted."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            results.append(type(act()).__name__)
        except FlowError as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def line_of(scene):
    rows = EstimateLine.objects.select_related("estimate__budget__plan", "estimate__agency")
    return rows.filter(estimate=scene.estimate).first()


def estimate_of(scene):
    return Estimate.objects.select_related("budget__plan", "agency").get(pk=scene.estimate.pk)


def word(scene, side, by, quantity, version=0):
    line = line_of(scene)
    return lambda: actions.appraise_line(
        line,
        side=side,
        quantity=Decimal(quantity),
        times=Decimal(1),
        unit_price=100_000,
        reason="Trùng",
        version=version,
        by=by,
    )


def test_both_bodies_speak_on_a_line_at_once(scene):
    scene.lead_to("in_appraisal")

    results = at_once(
        word(scene, "content", scene.content_head, 8), word(scene, "money", scene.money_head, 7)
    )

    assert results == ["LineAppraisal", "LineAppraisal"]
    assert line_of(scene).appraised_amount == 700_000


def test_of_two_colleagues_on_a_line_the_second_is_told(scene):
    scene.lead_to("in_appraisal")

    results = at_once(word(scene, "content", scene.content, 8), word(scene, "content", scene.content_head, 7))

    assert results == ["LineAppraisal", "StaleError"]
    assert LineAppraisal.objects.count() == 1


def test_both_bodies_finish_at_once_and_the_appraisal_is_complete_once(scene):
    scene.lead_to("in_appraisal")
    actions.accept_rest(scene.estimate, side="content", by=scene.content)
    actions.accept_rest(scene.estimate, side="money", by=scene.money)
    one, other = estimate_of(scene), estimate_of(scene)

    at_once(
        lambda: actions.finish_side(one, side="content", by=scene.content_head),
        lambda: actions.finish_side(other, side="money", by=scene.money_head),
    )

    assert scene.fresh().state == "appraised"
    assert scene.estimate.versions.filter(kind="appraised").count() == 1


def test_two_payments_at_once_do_not_pass_what_was_approved(scene):
    scene.lead_to("approved", count=1)
    lines = [line_of(scene), line_of(scene)]

    results = at_once(
        *(
            lambda line=line, number=number: actions.pay(
                line, voucher=f"PC{number}", amount=600_000, on=date(2019, 4, 15), by=scene.writer
            )
            for number, line in enumerate(lines)
        )
    )

    assert results == ["FlowError", "Payment"]
    assert sum(row.amount for row in Payment.objects.all()) == 600_000


def test_a_double_click_pays_once(scene):
    scene.lead_to("spending", count=1)
    lines = [line_of(scene), line_of(scene)]

    results = at_once(
        *(
            lambda line=line: actions.pay(
                line, voucher="PC7", amount=100, on=date(2019, 4, 15), by=scene.writer
            )
            for line in lines
        )
    )

    assert results == ["Payment", "Payment"]
    assert Payment.objects.filter(voucher="PC7").count() == 1


def test_a_double_submit_submits_once(scene):
    scene.lead_to("with_head")
    one, other = estimate_of(scene), estimate_of(scene)

    results = at_once(*(lambda row=row: actions.submit_estimate(row, by=scene.head) for row in (one, other)))

    assert results == ["EstimateVersion", "StaleError"]
    assert scene.fresh().versions.count() == 1
