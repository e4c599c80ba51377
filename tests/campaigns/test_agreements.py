"""Agreements: what was promised, what is published, and the reminder before the end."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from loa.campaigns import actions, clocks, queries
from loa.campaigns.models import PressAgreement
from loa.channels.models import Notice
from loa.core.workflow import FlowError


def sign(scene, **changes):
    said = {
        "press_body": scene.body,
        "number": "5/TT",
        "subject": "Chuyên trang",
        "starts_on": date(2019, 6, 1),
        "ends_on": date(2019, 12, 31),
        "amount": 48_000_000,
        "remind_days": 30,
        "promises": [
            {"column": "Cải cách hành chính", "topic": None, "count": 4},
            {"column": "", "topic": scene.topic, "count": 1},
            {"column": "", "topic": None, "count": 10},
        ],
        "by": scene.local,
    }
    return actions.sign_agreement(**{**said, **changes})


def test_published_is_counted_for_each_promise(scene):
    agreement = sign(scene)
    for number, column, topic in ((1, "cai cach hanh chinh", None), (2, "Khác", scene.topic), (3, "", None)):
        actions.record_clipping(
            **scene.said(link=f"https://a.example/{number}", column=column, topic=topic, form=None),
            by=scene.local,
        )
    actions.record_clipping(**scene.said(link="https://a.example/9", on=date(2019, 5, 31)), by=scene.local)
    actions.record_clipping(**scene.said(), by=scene.coordinator)

    kept = queries.promises_kept(agreement)
    counted = queries.with_counts(PressAgreement.objects.all()).get()

    assert [(each.published, each.missing) for each in kept] == [(1, 3), (1, 0), (3, 7)]
    assert (counted.promised_count, counted.published_count) == (15, 3)


def test_the_same_number_twice_and_a_wrong_order_are_refused(scene):
    sign(scene)

    with pytest.raises(FlowError):
        sign(scene)
    with pytest.raises(FlowError):
        sign(scene, number="6", ends_on=date(2019, 5, 1))
    with pytest.raises(FlowError):
        sign(scene, number="7", promises=[{"column": "A", "topic": None, "count": 1}] * 2)

    assert PressAgreement.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2019, 11, 30), 0), (date(2019, 12, 1), 1), (date(2019, 12, 31), 1), (date(2020, 1, 1), 0)],
)
def test_the_end_is_told_once(scene, today, day, told):
    sign(scene)
    today(day)

    assert [clocks.remind(), clocks.remind()] == [told, 0]
    assert Notice.objects.filter(receiver=scene.local).count() == told


def test_a_later_end_is_told_again(scene, today):
    agreement = sign(scene, ends_on=date(2019, 6, 20))
    clocks.remind()

    actions.change_agreement(
        agreement,
        press_body=scene.body,
        promises=[],
        number="5/TT",
        subject="Chuyên trang",
        starts_on=date(2019, 6, 1),
        ends_on=date(2019, 7, 31),
        amount=None,
        remind_days=30,
        by=scene.local,
    )
    today(date(2019, 7, 1))

    assert clocks.remind() == 1


def test_one_that_ended_early_is_not_told(scene, today):
    agreement = sign(scene)
    actions.take_agreement_step(agreement, "end", note="Thôi", by=scene.local)
    today(date(2019, 12, 10))

    assert clocks.remind() == 0


def test_agreements_are_seen_by_the_own_agency_alone(scene):
    agreement = sign(scene)

    seen = [
        queries.agreements_visible_to(user).count()
        for user in (scene.local, scene.coordinator, scene.stranger)
    ]
    assert seen == [1, 0, 0]
    with pytest.raises(PermissionDenied):
        actions.take_agreement_step(agreement, "end", note="x", by=scene.coordinator)
