"""Guidance notes: sent down, acknowledged, asked about."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_group, make_plan, make_user
from loa.channels.models import Notice
from loa.core.workflow import FlowError, StaleError
from loa.desk import queries as desk
from loa.plans import actions, queries
from loa.plans.models import Guidance, GuidanceReceipt

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 10)


@pytest.fixture
def plan(today):
    today(TODAY)
    return make_plan(number="42/KH-UBND")


@pytest.fixture
def districts():
    return [make_agency("Quận Một"), make_agency("Quận Hai")]


@pytest.fixture
def coordinator(plan):
    return make_user(plan.coordinator, "focal_point")


@pytest.fixture
def guidance(plan, districts, coordinator):
    return actions.write_guidance(
        plan,
        title="Trọng tâm quý III",
        text="Làm thế nào",
        groups=[make_group("các quận", *districts)],
        agencies=[districts[0], plan.coordinator],
        acknowledge_by=date(2019, 6, 20),
        by=coordinator,
    )


def receipt_of(agency):
    return GuidanceReceipt.objects.select_related("guidance__plan", "agency").get(agency=agency)


def test_a_draft_reaches_nobody(guidance, districts):
    assert GuidanceReceipt.objects.count() == 0
    assert list(queries.guidance_visible_to(make_user(districts[0], "head"))) == []


def test_sending_gives_each_body_one_receipt_and_tells_it(guidance, districts, coordinator):
    person = make_user(districts[1], "focal_point")

    actions.send_guidance(guidance, by=coordinator)

    assert sorted(GuidanceReceipt.objects.values_list("agency", flat=True)) == [row.pk for row in districts]
    assert Notice.objects.filter(receiver=person, key__startswith="guidance.send").count() == 1
    assert queries.unacknowledged_receipts().count() == 2


def test_sending_twice_sends_once(guidance, coordinator):
    again = Guidance.objects.get(pk=guidance.pk)
    actions.send_guidance(guidance, by=coordinator)

    with pytest.raises(StaleError):
        actions.send_guidance(again, by=coordinator)


def test_a_note_to_nobody_is_not_sent(plan, coordinator):
    note = actions.write_guidance(
        plan, title="x", text="x", groups=[], agencies=[plan.coordinator], by=coordinator
    )

    with pytest.raises(FlowError):
        actions.send_guidance(note, by=coordinator)

    assert Guidance.objects.get(pk=note.pk).state == "draft"


def test_a_body_acknowledges_asks_and_is_answered(guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)
    person = make_user(districts[0], "focal_point")

    actions.ask_about_guidance(receipt_of(districts[0]), question="Ai nhập?", by=person)
    asked = receipt_of(districts[0])
    actions.answer_about_guidance(receipt_of(districts[0]), answer="Quận nhập", by=coordinator)

    row = receipt_of(districts[0])
    assert (asked.state, asked.acknowledged_by) == ("questioned", person)
    assert (row.state, row.question, row.answer) == ("answered", "Ai nhập?", "Quận nhập")
    assert Notice.objects.filter(receiver=coordinator, key__startswith="receipt.ask").exists()
    assert Notice.objects.filter(receiver=person, key__startswith="receipt.answer").exists()


@pytest.mark.parametrize("role", ["officer", "clerk", "leader"])
def test_only_focal_point_and_head_acknowledge(guidance, districts, coordinator, role):
    actions.send_guidance(guidance, by=coordinator)

    with pytest.raises(PermissionDenied):
        actions.acknowledge_guidance(receipt_of(districts[0]), by=make_user(districts[0], role))


def test_a_withdrawn_note_waits_for_nobody_and_stays_readable(guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)
    actions.withdraw_guidance(guidance, note="Thay bằng văn bản khác", by=coordinator)
    person = make_user(districts[0], "head")

    with pytest.raises(FlowError):
        actions.acknowledge_guidance(receipt_of(districts[0]), by=person)

    assert queries.unacknowledged_receipts().count() == 0
    assert list(queries.guidance_visible_to(person)) == [guidance]


def test_a_body_sees_its_own_receipt_alone(guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)

    own = queries.receipts_visible_to(make_user(districts[0], "head"))

    assert [row.agency for row in own] == [districts[0]]
    assert queries.receipts_visible_to(coordinator).count() == 2
    assert queries.receipts_visible_to(make_user(make_agency(), "head")).count() == 0


def test_it_waits_on_the_desk_until_it_is_acknowledged(guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)
    person = make_user(districts[0], "focal_point")

    before = [item.kind for item in desk.waiting_for(person, TODAY)]
    actions.acknowledge_guidance(receipt_of(districts[0]), by=person)
    after = [item.kind for item in desk.waiting_for(person, TODAY)]

    assert (before, after) == (["guidance"], [])


def test_a_question_waits_on_the_coordinators_desk(guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)
    actions.ask_about_guidance(receipt_of(districts[0]), question="Ai?", by=make_user(districts[0], "head"))

    assert [item.kind for item in desk.waiting_for(coordinator, TODAY)] == ["question"]


def test_one_click_acknowledges(as_user, guidance, districts, coordinator):
    actions.send_guidance(guidance, by=coordinator)
    client = as_user(make_user(districts[0], "focal_point"))
    page = client.get(guidance.get_absolute_url())
    url = f"/ke-hoach/tiep-nhan/{receipt_of(districts[0]).pk}/buoc/"

    done = client.post(f"{url}acknowledge/")
    empty = client.post(f"{url}ask/", {"note": ""})

    assert (page.status_code, done.status_code, empty.status_code) == (200, 302, 422)
    assert receipt_of(districts[0]).state == "acknowledged"


def test_a_note_is_written_and_sent_from_its_pages(as_user, plan, districts, coordinator):
    client = as_user(coordinator)
    url = f"/ke-hoach/{plan.pk}/huong-dan/moi/"

    nobody = client.post(url, {"title": "Mới", "text": "Nội dung"})
    made = client.post(url, {"title": "Mới", "text": "Nội dung", "agencies": [districts[0].pk]})
    client.post(f"{made['Location']}buoc/send/", {})

    assert (nobody.status_code, made.status_code) == (422, 302)
    assert Guidance.objects.get(title="Mới").state == "sent"
    assert client.get(f"/ke-hoach/{plan.pk}/huong-dan/?export=xlsx").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_board_takes_the_same_queries(as_user, plan, coordinator, count, django_assert_num_queries):
    note = actions.write_guidance(
        plan, title="x", text="x", groups=[], agencies=[make_agency() for _ in range(count)], by=coordinator
    )
    actions.send_guidance(note, by=coordinator)
    client = as_user(coordinator)
    client.get(note.get_absolute_url())

    with django_assert_num_queries(BOARD_QUERIES):
        client.get(note.get_absolute_url())


BOARD_QUERIES = 15
