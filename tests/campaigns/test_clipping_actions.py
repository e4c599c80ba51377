"""The press log and what it counts for."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from loa.campaigns import actions, queries
from loa.campaigns.models import Clipping
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.plans.models import Deliverable


def test_a_clipping_counts_for_the_body_that_must_publish(scene):
    clipping = actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)

    row = Deliverable.objects.get()
    assert (row.agency, row.kind, row.source, row.unit, row.on) == (
        scene.paper,
        "press",
        f"clipping:{clipping.pk}",
        "tin, bài",
        date(2019, 6, 3),
    )
    assert (row.link, clipping.plan, clipping.deliverable) == (clipping.link, scene.plan, row)


def test_taken_back_it_counts_no_more_and_history_says_who(scene):
    clipping = actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)

    actions.withdraw_clipping(clipping, note="Nhầm bài", by=scene.coordinator)

    assert Deliverable.objects.get().withdrawn_at is not None
    entry = Entry.objects.filter(action="assignment.withdraw_deliverable").get()
    assert (entry.by, entry.note) == (scene.coordinator, "Nhầm bài")


def test_taken_back_it_may_be_recorded_again(scene):
    first = actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)
    actions.withdraw_clipping(first, note="Nhầm", by=scene.coordinator)

    actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)

    assert Deliverable.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://www.baothanhpho.example/cchc/mot-cua.html?utm_source=zalo#top",
        "https://m.baothanhpho.example/cchc/mot-cua.html/",
    ],
)
@pytest.mark.usefixtures("in_english")
def test_the_same_address_is_named(scene, link):
    actions.record_clipping(**scene.said(), by=scene.coordinator)

    with pytest.raises(FlowError) as refused:
        actions.record_clipping(**scene.said(link=link, title="Khác"), by=scene.coordinator)

    assert str(refused.value) == "It is in the log already: “Một cửa điện tử về xã”, 03/06/2019."


def test_two_agencies_keep_the_same_but_it_counts_once(scene):
    actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)
    actions.record_clipping(**scene.said(), by=scene.local)

    with pytest.raises(FlowError):
        actions.record_clipping(**scene.said(), work=scene.work, by=scene.reporter)

    assert Deliverable.objects.count() == 1
    assert queries.clippings_in(scene.plan, date(2019, 1, 1), date(2019, 12, 31)).count() == 1


def test_a_stranger_to_the_work_cannot_count_for_it(scene):
    with pytest.raises(PermissionDenied):
        actions.record_clipping(**scene.said(), work=scene.work, by=scene.local)

    assert not Clipping.objects.exists()


def test_what_another_body_published_is_not_the_papers_work(scene):
    with pytest.raises(FlowError):
        actions.record_clipping(**scene.said(press_body=scene.outside), work=scene.work, by=scene.coordinator)


def test_what_others_publish_counts_for_a_duty_of_ones_own(scene):
    actions.record_clipping(**scene.said(press_body=scene.outside), work=scene.duty, by=scene.local)

    assert scene.duty.deliverables.get().agency == scene.district


def test_a_correction_is_seen_at_the_deliverable(scene):
    clipping = actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)

    actions.change_clipping(
        clipping, **scene.said(title="Tên đúng", on=date(2019, 6, 4)), work=scene.work, by=scene.coordinator
    )

    row = Deliverable.objects.get()
    assert (row.title, row.on) == ("Tên đúng", date(2019, 6, 4))


def test_it_may_count_later_but_not_elsewhere(scene):
    clipping = actions.record_clipping(**scene.said(), by=scene.reporter)

    clipping = actions.change_clipping(clipping, **scene.said(), work=scene.work, by=scene.reporter)

    assert scene.work.deliverables.count() == 1
    with pytest.raises(FlowError):
        actions.change_clipping(clipping, **scene.said(), work=None, by=scene.reporter)


def test_tomorrow_is_refused(scene):
    with pytest.raises(FlowError):
        actions.record_clipping(**scene.said(on=date(2019, 6, 11)), by=scene.local)


def test_a_closed_plan_takes_nothing(scene):
    type(scene.plan).objects.filter(pk=scene.plan.pk).update(state="closed")
    scene.work.plan.refresh_from_db()

    with pytest.raises(FlowError):
        actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)

    assert not Clipping.objects.exists()


def test_only_the_own_log_is_changed(scene):
    clipping = actions.record_clipping(**scene.said(), by=scene.reporter)

    with pytest.raises(PermissionDenied):
        actions.withdraw_clipping(clipping, note="x", by=scene.coordinator)
    with pytest.raises(PermissionDenied):
        actions.change_clipping(clipping, **scene.said(), by=scene.local)


def test_who_sees_a_clipping(scene):
    actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)
    actions.record_clipping(
        **scene.said(link="", topic=None, form=None, press_body=scene.outside), by=scene.local
    )

    seen = {
        name: queries.clippings_visible_to(getattr(scene, name)).count()
        for name in ("coordinator", "reporter", "local", "stranger")
    }
    assert seen == {"coordinator": 1, "reporter": 1, "local": 1, "stranger": 0}


def test_the_public_sees_what_is_marked_once_and_with_an_address(scene):
    actions.record_clipping(**scene.said(), by=scene.coordinator)
    actions.record_clipping(**scene.said(), by=scene.local)
    actions.record_clipping(**scene.said(link="", title="Trên sóng"), by=scene.local)
    actions.record_clipping(**scene.said(link="https://trunguong.example/1", is_public=False), by=scene.local)

    assert [row.title for row in queries.public_clippings()] == ["Một cửa điện tử về xã"]


def test_statistics_add_up(scene):
    for number in range(3):
        actions.record_clipping(
            **scene.said(link=f"https://a.example/{number}", on=date(2019, 4 + number // 2, 1)),
            by=scene.local,
        )
    actions.record_clipping(
        **scene.said(link="https://b.example/1", press_body=scene.outside, topic=None, form=None),
        by=scene.local,
    )

    found = queries.statistics(queries.clippings_visible_to(scene.local))

    assert found.total == 4
    assert found.by_body == [("Báo Thành phố", 3), ("Báo Trung ương", 1)]
    assert found.by_topic == [("a) Thủ tục hành chính", 3), ("", 1)]
    assert found.by_month == [(date(2019, 4, 1), 2), (date(2019, 5, 1), 1), (date(2019, 6, 1), 1)]
