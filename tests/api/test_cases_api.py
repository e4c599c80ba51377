"""The public register and an agency's own cases for programs."""

from datetime import date

import pytest
from django.core.cache import cache

from api.open311_scene import publish
from factories.api import make_key
from factories.directory import make_agency, make_user
from factories.feedback import make_assigned, make_case, make_people
from loa.core import clock
from loa.feedback.actions import Identity, accept_case, ask_information
from loa.feedback.models import Case, IdentityAccess

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("in_english")]
CASES = "/api/v1/cases/"


@pytest.fixture
def people(today, settings):
    today(date(2019, 3, 4))
    cache.clear()
    settings.OPEN_DATA_RATE = "10000/min"
    settings.LANGUAGE_CODE = "en"
    return make_people()


@pytest.fixture
def case(people):
    return make_assigned(
        people["agency"], intake=people["intake"], identity=Identity(name="Nguyễn Bí Mật", phone="0912")
    )


@pytest.fixture
def call(client, people):
    """Call as a system whose key has these scopes."""

    def called(method, address, *scopes, keeper="officer", data=None, rate=1000):
        letters = f"loa_{keeper}-{'-'.join(scopes)}-{rate}"
        person = people[keeper]
        if not person.api_keys.filter(start=letters[:8], name=letters).exists():
            make_key(person, *scopes, letters=letters, name=letters, rate=rate)
        headers = {"Authorization": f"Bearer {letters}"}
        return getattr(client, method)(address, data, content_type="application/json", headers=headers)

    return called


# the register --------------------------------------------------------------------------------------
def test_anybody_reads_published_answers(case, people, client):
    publication = publish(case, people)

    told = client.get("/api/v1/answers/").json()

    assert told["count"] == 1
    row = told["results"][0]
    assert row["code"] == case.code
    assert row["question"] == "Đèn ở một ngõ không sáng."
    assert row["agency"] == {"code": people["agency"].code, "name": "Sở Tư pháp"}
    assert row["received_on"] == "2019-03-04"
    assert row["asker_name"] == ""
    assert client.get(f"/api/v1/answers/{publication.pk}/").json() == row
    assert client.get("/api/v1/answers/").cookies == {}


def test_answer_that_was_taken_back_is_gone(case, people, client):
    publication = publish(case, people)
    publication.withdrawn_at = clock.now()
    publication.save()

    assert client.get("/api/v1/answers/").json()["count"] == 0
    assert client.get(f"/api/v1/answers/{publication.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"search": "den duong"}, 1),
        ({"search": "khong co gi"}, 0),
        ({"agency": "khac"}, 0),
        ({"kind": "question"}, 1),
        ({"published_after": "2019-03-05"}, 0),
        ({"published_before": "2019-03-04"}, 1),
    ],
)
def test_answers_are_filtered(case, people, client, asked, count):
    publish(case, people)

    assert client.get("/api/v1/answers/", asked).json()["count"] == count


# an agency's own cases -----------------------------------------------------------------------------
def test_system_reads_the_cases_of_its_agency_without_who_asks(case, people, call):
    other = make_agency("Sở Y tế")
    make_assigned(other, intake=people["intake"])

    told = call("get", CASES, "may_read")

    assert [row["code"] for row in told.json()["results"]] == [case.code]
    assert "Bí Mật" not in told.content.decode()
    one = call("get", f"{CASES}{case.code}/", "may_read")
    assert one.json()["state"] == "assigned"
    assert "Bí Mật" not in one.content.decode()


def test_case_of_another_agency_is_not_found(people, call):
    other = make_assigned(make_agency("Sở Y tế"), intake=people["intake"])

    assert call("get", f"{CASES}{other.code}/", "may_read").status_code == 404
    answer = call("post", f"{CASES}{other.code}/status/", "may_read", "may_write", data={"words": "Đang làm"})
    assert answer.status_code == 404


def test_case_kept_apart_is_not_found(case, call):
    Case.objects.filter(pk=case.pk).update(state="isolated")

    assert call("get", CASES, "may_read").json()["count"] == 0
    assert call("get", f"{CASES}{case.code}/", "may_read").status_code == 404


def test_without_a_good_key_nothing_is_read(case, people, client, call, as_user):
    assert client.get(CASES).status_code == 401
    assert client.get(CASES, headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get(CASES, headers={"Authorization": "Bearer"}).status_code == 401
    assert as_user(people["head"]).get(CASES).status_code == 401  # a session is no key
    assert call("get", CASES, "may_submit").status_code == 403
    assert call("post", f"{CASES}{case.code}/status/", "may_read", data={"words": "a"}).status_code == 403


def test_key_that_calls_too_often_waits(case, call):
    answers = [call("get", CASES, "may_read", rate=2) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].has_header("Retry-After")


def test_system_tells_how_a_case_stands(case, people, call):
    answer = call("post", f"{CASES}{case.code}/status/", "may_write", data={"words": "Đã cử người đến."})

    assert answer.status_code == 201
    note = case.status_notes.get()
    assert (note.words, note.by) == ("Đã cử người đến.", people["officer"])


def test_system_writes_a_draft_and_people_decide(case, people, call):
    accept_case(case, officer=people["officer"], by=people["focal_point"])

    answer = call("put", f"{CASES}{case.code}/draft/", "may_write", data={"text": "Đã xong.", "edition": 0})

    assert answer.status_code == 200
    assert (answer.json()["draft"], answer.json()["edition"], answer.json()["state"]) == (
        "Đã xong.", 1, "answering",
    )  # fmt: skip
    case.refresh_from_db()
    assert case.drafted_by == people["officer"]
    for step in ("approve", "send", "hand_to_head", "publish"):
        assert call("post", f"{CASES}{case.code}/{step}/", "may_write", data={}).status_code == 404


def test_draft_over_somebody_elses_is_refused(case, people, call):
    accept_case(case, officer=people["officer"], by=people["focal_point"])
    where, data = f"{CASES}{case.code}/draft/", {"text": "Một", "edition": 0}
    assert call("put", where, "may_write", data=data).status_code == 200

    again = call("put", where, "may_write", data={"text": "Hai", "edition": 0})

    assert again.status_code == 409
    assert "Somebody else" in again.json()["detail"]
    case.refresh_from_db()
    assert case.answer == "Một"


@pytest.mark.parametrize(
    ("act", "method", "data"),
    [
        ("status", "post", {"words": " "}),
        ("status", "post", {}),
        ("status", "post", []),
        ("draft", "put", {"text": "a"}),
        ("draft", "put", {"text": "a", "edition": -1}),
        ("draft", "put", {"text": "a", "edition": 10**20}),
        ("draft", "put", {"text": "a\x00", "edition": 0}),
    ],
)
def test_what_is_missing_or_wrong_is_said(case, call, act, method, data):
    assert call(method, f"{CASES}{case.code}/{act}/", "may_write", data=data).status_code == 400


def test_act_out_of_its_state_is_refused(case, people, call):
    publish(case, people)

    assert call("post", f"{CASES}{case.code}/status/", "may_write", data={"words": "a"}).status_code == 409
    draft = call("put", f"{CASES}{case.code}/draft/", "may_write", data={"text": "a", "edition": 1})
    assert draft.status_code == 409


def test_reading_who_asks_is_on_record(case, people, call):
    where = f"{CASES}{case.code}/identity/"

    answer = call("post", where, "may_see_identity", keeper="focal_point", data={"purpose": "Hẹn giờ"})

    assert answer.json() == {"name": "Nguyễn Bí Mật", "phone": "0912", "email": "", "address": ""}
    row = IdentityAccess.objects.get()
    assert (row.case, row.by, row.purpose) == (case, people["focal_point"], "Hẹn giờ")


def test_who_asks_needs_scope_role_and_purpose(case, people, call):
    where, said = f"{CASES}{case.code}/identity/", {"purpose": "Hẹn giờ"}

    assert call("post", where, "may_read", "may_write", keeper="focal_point", data=said).status_code == 403
    assert call("post", where, "may_see_identity", data=said).status_code == 403  # not the officer in charge
    assert call("post", where, "may_see_identity", keeper="focal_point", data={}).status_code == 400
    assert not IdentityAccess.objects.exists()
    nobody = make_assigned(people["agency"], intake=people["intake"])
    found = call(
        "post", f"{CASES}{nobody.code}/identity/", "may_see_identity", keeper="focal_point", data=said
    )
    assert found.status_code == 404


def test_filters_of_own_cases(case, people, call):
    accept_case(case, officer=people["officer"], by=people["focal_point"])
    ask_information(case, question="Ở đâu?", by=people["officer"])

    def count(**asked):
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return call("get", f"{CASES}?{query}", "may_read").json()["count"]

    assert count(state="answering") == 1
    assert count(state="assigned") == 0
    assert count(search="ho so") == 1
    assert count(received_after="2019-03-05") == 0
    assert count(due_before="2019-03-26") == 1


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(people, client, call, django_assert_num_queries, count):
    for _ in range(count):
        make_assigned(people["agency"], intake=people["intake"])
    call("get", CASES, "may_read")

    with django_assert_num_queries(5):  # the factory's look, the key, two for the hat, count and rows
        letters = {"Authorization": "Bearer loa_officer-may_read-1000"}
        assert len(client.get(CASES, headers=letters).json()["results"]) == count


def test_keeper_who_left_closes_the_key(people, call):
    make_case()
    assert call("get", CASES, "may_read").status_code == 200
    people["officer"].memberships.all().delete()

    assert make_user(people["agency"], "officer").pk != people["officer"].pk
    assert call("get", CASES, "may_read").status_code == 401
