"""The administrator's wizard, and what others see of it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from desk.reorganisation_scene import DAY, TODAY, make_scene, merge, prepare
from factories import make_agency, make_assignment, make_user
from loa.desk import actions
from loa.directory.models import HandOver, Membership, Reorganisation, ReorganisationDecision, User
from loa.documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def scene(today, client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    today(TODAY)
    return make_scene()


@pytest.fixture
def admin(scene, as_user):
    return as_user(scene.administrator)


def rehearsed(scene):
    decision = prepare(scene)
    merge(scene, decision, scene.press, into=scene.culture)
    actions.rehearse_decision(decision, by=scene.administrator)
    return decision


def url(name, *args):
    return reverse(name, args=args)


def test_a_decision_is_prepared_step_by_step(admin, scene, today):
    response = admin.post(
        url("directory:decision_create"),
        {"number": "Nghị quyết 2/NQ-HĐND", "subject": "Sắp xếp các sở", "on": "2019-07-01"},
    )
    decision = ReorganisationDecision.objects.get()
    assert response["Location"] == decision.get_absolute_url()

    admin.post(
        url("directory:body_add", decision.pk),
        {"code": "so-moi", "name": "Sở Mới", "kind": "department", "level": "city"},
    )
    admin.post(
        url("directory:act_add", decision.pk),
        {"kind": "merge", "predecessors": "so-bao-chi\nso-du-lich", "successors": "so-moi"},
    )
    act = decision.acts.get()
    assert [body.code for body in act.predecessors.order_by("code")] == ["so-bao-chi", "so-du-lich"]
    assert act.successors.get().valid_from == DAY

    admin.post(url("desk:decision_rehearse", decision.pk))
    admin.post(url("desk:decision_step", decision.pk, "schedule"))
    decision.refresh_from_db()
    assert decision.state == "scheduled"


def test_a_refusal_keeps_what_was_typed(admin, scene):
    decision = prepare(scene)

    response = admin.post(
        url("directory:act_add", decision.pk),
        {"kind": "split", "predecessors": "so-bao-chi", "successors": "so-van-hoa", "note": "Chia"},
    )

    assert response.status_code == 409
    assert "at least two successors" in response.content.decode()
    assert "so-van-hoa" in response.content.decode()


def test_an_unknown_body_is_named_in_the_error(admin, scene):
    decision = prepare(scene)

    response = admin.post(
        url("directory:act_add", decision.pk),
        {"kind": "merge", "predecessors": "Sở Không có", "successors": ""},
    )

    assert response.status_code == 422
    assert "Sở Không có" in response.content.decode()


def test_the_page_shows_the_counts_and_what_cannot_move(admin, scene):
    decision = rehearsed(scene)

    page = admin.get(decision.get_absolute_url()).content.decode()

    assert "Task to lead" in page
    assert "Schedule for its day" in page
    assert "Undoing is not offered" not in page


def test_applying_asks_first_and_a_second_click_says_it_is_done(admin, scene, today):
    decision = rehearsed(scene)
    today(DAY)
    address = url("desk:decision_step", decision.pk, "apply")

    asked = admin.get(address).content.decode()
    first, second = admin.post(address), admin.post(address)

    assert "cannot be undone" in asked
    assert (first.status_code, second.status_code) == (302, 409)
    assert HandOver.objects.filter(kind_en="Task to lead").count() == 1


def test_the_rows_are_filtered_and_go_into_a_sheet(admin, scene):
    decision = rehearsed(scene)
    address = url("desk:effect_list", decision.pk)

    rows = admin.get(f"{address}?kind=Task to lead").context["table"].rows
    sheet = load_workbook(BytesIO(admin.get(f"{address}?export=xlsx").content)).active

    assert len(rows) == 1
    assert sheet.max_row == HandOver.objects.count() + 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_rows_cost_the_same_number_of_queries(admin, scene, count, django_assert_num_queries):
    for _number in range(count):
        make_assignment(scene.press, plan=scene.plan)
    decision = rehearsed(scene)

    with django_assert_num_queries(10):
        admin.get(url("desk:effect_list", decision.pk))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_decision_costs_the_same_number_of_queries(
    admin, scene, count, django_assert_num_queries
):
    decision = prepare(scene)
    for _number in range(count):
        merge(scene, decision, make_agency(), into=make_agency())
    actions.rehearse_decision(decision, by=scene.administrator)

    with django_assert_num_queries(12):
        admin.get(decision.get_absolute_url())


def test_a_person_sees_what_her_agency_received_and_no_more(scene, as_user, today):
    decision = rehearsed(scene)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)

    address = url("desk:hand_over_list")
    mine = as_user(User.objects.get(pk=scene.heir_point.pk)).get(address)
    assert "Họp báo hằng quý" in mine.content.decode()
    others = as_user(scene.stranger).get(address)
    assert "Họp báo hằng quý" not in others.content.decode()


def test_an_old_bookmark_opens_for_the_successor(scene, as_user, today):
    decision = rehearsed(scene)
    today(DAY)
    actions.apply_decision(decision, by=scene.administrator)
    client = as_user(User.objects.get(pk=scene.heir_point.pk))

    pages = [client.get(work.get_absolute_url()) for work in (scene.open, scene.done, scene.duty)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Passed to the successor" in pages[0].content.decode()


def test_work_is_shared_out_on_the_page(admin, scene):
    decision = prepare(scene)
    admin.post(
        url("directory:act_add", decision.pk),
        {
            "kind": "split",
            "predecessors": "so-bao-chi",
            "successors": "so-van-hoa\nso-khoa-hoc",
            "default_successor": "so-van-hoa",
        },
    )
    act = decision.acts.get()
    address = url("desk:work_share", act.pk)

    assert "Họp báo hằng quý" in admin.get(address).content.decode()
    given = {f"task_{scene.open.task_id}": "so-khoa-hoc", f"duty_{scene.duty.duty_id}": "-"}
    admin.post(address, given)

    act.refresh_from_db()
    assert act.shares == {"task": {str(scene.open.task_id): "so-khoa-hoc"}}


def test_people_are_sent_on_the_page(admin, scene):
    decision = prepare(scene)
    act = merge(scene, decision, scene.press, into=scene.culture)
    held = list(Membership.objects.filter(agency=scene.press))
    given = {f"to_{row.pk}": "so-van-hoa" for row in held} | {f"role_{row.pk}": "officer" for row in held}

    response = admin.post(url("directory:people_move", act.pk), given)

    act.refresh_from_db()
    assert response.status_code == 302
    assert {told["role"] for told in act.people.values()} == {"officer"}


def test_the_paper_is_registered_or_linked(admin, scene):
    decision = rehearsed(scene)
    address = url("desk:decision_paper", decision.pk)
    file = SimpleUploadedFile("nghi-quyet.pdf", b"%PDF-1.4\n%%EOF\n")

    wrong = admin.post(address, {"printed_number": "99/NQ-HĐND"})
    admin.post(address, {"file": file})

    assert wrong.status_code == 409
    paper = Document.objects.get(decides=decision)
    assert (paper.kind, paper.printed_number) == ("NGHỊ QUYẾT", "1/NQ-HĐND")
    assert admin.get(paper.get_absolute_url()).status_code == 200


def test_an_act_is_changed_and_removed(admin, scene):
    decision = prepare(scene)
    act = merge(scene, decision, scene.press, into=scene.culture)

    admin.post(
        url("directory:act_edit", act.pk),
        {"kind": "merge", "predecessors": "so-du-lich", "successors": "so-van-hoa"},
    )
    act.refresh_from_db()
    assert act.predecessors.get() == scene.tourism

    admin.post(url("directory:act_remove", act.pk))
    assert not Reorganisation.objects.filter(pk=act.pk).exists()


def test_a_prepared_act_is_nobody_elses_knowledge(scene, as_user):
    decision = prepare(scene)
    act = merge(scene, decision, scene.press, into=scene.culture)
    client = as_user(scene.heir_point)

    assert client.get(url("directory:reorganisation_detail", act.pk)).status_code == 404
    page = client.get(url("directory:agency_detail", scene.press.pk)).content.decode()
    assert "Carried on by" not in page


def test_a_person_leaves_and_the_work_is_passed_on_in_one_act(admin, scene):
    other = make_user(scene.press, "officer", full_name="Người nhận")
    address = url("desk:departure", scene.officer.pk)

    page = admin.get(address).content.decode()
    assert "Họp báo hằng quý" in page
    assert "Người nhận" in page
    response = admin.post(
        address, {"last_day": "2019-06-30", "note": "Nghỉ hưu", f"officer_{scene.open.pk}": str(other.pk)}
    )

    scene.open.refresh_from_db()
    assert response.status_code == 302
    assert scene.open.officer == other
    assert str(Membership.objects.get(user=scene.officer).valid_to) == "2019-06-30"
    assert other.notices.get().subject_en == "You are in charge of what Chuyên viên Báo chí leaves"


def test_a_stranger_is_not_offered_the_work(admin, scene):
    response = admin.post(
        url("desk:departure", scene.officer.pk),
        {"last_day": "2019-06-30", f"officer_{scene.open.pk}": str(scene.stranger.pk)},
    )

    assert response.status_code == 422
    assert Membership.objects.get(user=scene.officer).valid_to is None


def test_the_last_administrator_does_not_leave(admin, scene):
    response = admin.post(url("desk:departure", scene.administrator.pk), {"last_day": "2019-06-02"})

    assert response.status_code == 409
    assert "administrator" in response.content.decode()
