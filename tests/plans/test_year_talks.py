"""Communication woven into other meetings."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import make_agency, make_duty, make_plan, make_user
from loa.core.workflow import FlowError
from loa.plans import actions, queries
from loa.plans.models import Assignment, CommunicationForm, Deliverable, Plan, Talk, Topic

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 10)
SAID = {"meeting": "Giao ban phường", "on": TODAY, "place": "Hội trường", "people_count": 40, "minutes": 15}


@pytest.fixture
def duty(today):
    today(TODAY)
    return make_duty(make_plan(number="42/KH-UBND"), make_agency("Quận Một"))


@pytest.fixture
def topic(duty):
    return Topic.objects.create(plan=duty.plan, label="a)", text="Thủ tục", position=1)


@pytest.fixture
def form(duty):
    return CommunicationForm.objects.create(
        plan=duty.plan, label="đ)", text="Nói chuyện trong giao ban, họp định kỳ", position=1
    )


@pytest.fixture
def officer(duty):
    return make_user(duty.agency, "officer")


@pytest.fixture
def talk(duty, topic, form, officer):
    return actions.record_talk(duty, **SAID, topics=[topic], form=form, by=officer)


def test_a_talk_counts_for_its_duty(talk, duty):
    deliverable = duty.deliverables.get()

    assert (deliverable.kind, deliverable.unit, deliverable.quantity, deliverable.on) == (
        "integrated",
        "lượt lồng ghép",
        1,
        TODAY,
    )
    assert (talk.deliverable, talk.people_count) == (deliverable, 40)
    assert queries.with_evidence(duty.plan.duty_assignments.all()).get().has_evidence


def test_recorded_twice_it_is_one(talk, duty, topic, officer):
    again = actions.record_talk(duty, **{**SAID, "meeting": "GIAO BAN PHƯỜNG "}, topics=[topic], by=officer)

    assert again == talk
    assert Deliverable.objects.count() == 1


def test_a_day_to_come_is_refused(duty, officer):
    with pytest.raises(FlowError):
        actions.record_talk(duty, **{**SAID, "on": TODAY + timedelta(1)}, topics=[], by=officer)


def test_topics_of_another_plan_are_refused(duty, officer):
    stranger = Topic.objects.create(plan=make_plan(), label="a", text="x", position=1)

    with pytest.raises(FlowError):
        actions.record_talk(duty, **SAID, topics=[stranger], by=officer)

    assert Talk.objects.count() == 0


def test_another_agency_records_nothing(duty):
    with pytest.raises(PermissionDenied):
        actions.record_talk(duty, **SAID, topics=[], by=make_user(make_agency(), "head"))


def test_it_is_corrected_within_the_limit(talk, topic, officer, today):
    today(TODAY + timedelta(days=20))
    actions.change_talk(talk, **{**SAID, "people_count": 55}, topics=[topic], by=officer)
    today(TODAY + timedelta(days=31))

    with pytest.raises(FlowError):
        actions.change_talk(talk, **SAID, topics=[topic], by=officer)

    assert Talk.objects.get().people_count == 55
    assert "55" in Deliverable.objects.get().title


def test_taken_back_it_no_longer_counts_and_may_be_recorded_again(talk, duty, topic, officer):
    actions.withdraw_talk(talk, note="Ghi nhầm", by=officer)
    again = actions.record_talk(duty, **SAID, topics=[topic], by=officer)

    assert again.pk != talk.pk
    assert list(duty.deliverables.filter(withdrawn_at__isnull=True)) == [again.deliverable]
    assert queries.talk_figures(Talk.objects.all()).count == 1


def test_nothing_is_recorded_in_a_closed_plan(duty, officer):
    Plan.objects.filter(pk=duty.plan_id).update(state="closed")
    duty.plan.refresh_from_db()

    with pytest.raises(FlowError):
        actions.record_talk(duty, **SAID, topics=[], by=officer)


def test_it_fills_the_coverage_matrix(talk, duty):
    found = queries.coverage(duty.plan, Assignment.objects.filter(plan=duty.plan), Talk.objects.all())

    cell = found.rows[0][1][0]
    assert (cell.task_count, cell.talk_count, cell.agencies, found.gap_count) == (0, 1, ["Quận Một"], 0)


SEES = {"own": 1, "coordinator": 1, "named": 0, "stranger": 0}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_a_talk(talk, duty, who):
    named = make_duty(duty.plan, make_agency()).agency
    agencies = {
        "own": duty.agency,
        "coordinator": duty.plan.coordinator,
        "named": named,
        "stranger": make_agency(),
    }

    assert queries.talks_visible_to(make_user(agencies[who], "head")).count() == SEES[who]


# the quick form -----------------------------------------------------------------------------------------
def test_the_last_duty_and_the_likely_form_are_chosen(as_user, duty, topic, form, officer):
    other = make_duty(duty.plan, duty.agency, text="Duyệt tin")
    client = as_user(officer)
    actions.record_talk(other, **SAID, topics=[topic], form=form, by=officer)

    page = client.get("/ke-hoach/long-ghep/moi/")

    assert page.context["form"].initial == {"duty_assignment": other, "form": form}


def test_the_form_records_and_keeps_what_was_typed(as_user, duty, topic, officer):
    client = as_user(officer)
    typed = {**SAID, "on": "2019-06-10", "duty_assignment": duty.pk, "topics": [topic.pk]}

    wrong = client.post("/ke-hoach/long-ghep/moi/", {**typed, "people_count": "0"})
    right = client.post("/ke-hoach/long-ghep/moi/", typed)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Giao ban phường" in wrong.content.decode()
    assert Talk.objects.get().people_count == 40


# sheets -------------------------------------------------------------------------------------------------
HEADING = "Cuộc họp,Ngày,Địa điểm,Số người dự,Số phút,Nội dung tuyên truyền\n"


def send(duty, text, by):
    return actions.import_talks(duty, content=(HEADING + text).encode(), name="talks.csv", by=by)


def test_a_sheet_is_recorded_whole_and_twice_is_once(duty, topic, officer):
    text = "Giao ban,03/06/2019,Hội trường,40,15,a\nHọp tổ,2019-06-04,Nhà văn hóa,25,10,\n"

    first, second = send(duty, text, officer), send(duty, text, officer)

    assert (first.new_count, second.new_count, second.known_count) == (2, 0, 2)
    assert Deliverable.objects.count() == 2


def test_every_bad_row_is_listed_and_nothing_is_recorded(duty, topic, officer):
    text = (
        "Giao ban,03/06/2019,Hội trường,40,15,a\n"
        ",03/06/2019,Hội trường,40,15,a\n"
        "Họp,31/06/2019,Hội trường,40,15,a\n"
        "Họp,01/01/2030,Hội trường,40,15,a\n"
        "Họp,03/06/2019,Hội trường,nhiều,15,a\n"
        "Họp,03/06/2019,Hội trường,40,15,z\n"
    )

    result = send(duty, text, officer)

    assert [row.number for row in result.errors] == [3, 4, 5, 6, 7]
    assert Talk.objects.count() == 0


def test_a_file_that_is_no_sheet_is_a_sentence(as_user, duty, officer):
    file = SimpleUploadedFile("talks.xlsx", b"\x00\x01")

    response = as_user(officer).post("/ke-hoach/long-ghep/nhap/", {"file": file, "duty_assignment": duty.pk})

    assert response.status_code == 409


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_the_same_queries(as_user, topic, officer, count, django_assert_num_queries):
    duty = topic.plan.duty_assignments.select_related("plan", "agency").get()
    for number in range(count):
        actions.record_talk(duty, **{**SAID, "meeting": f"Họp {number}"}, topics=[topic], by=officer)
    client = as_user(officer)
    client.get("/ke-hoach/long-ghep/")

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ke-hoach/long-ghep/")


LIST_QUERIES = 13
