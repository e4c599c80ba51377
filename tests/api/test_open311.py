"""Open311 GeoReport v2, by its specification: methods, formats, fields, errors. Each in JSON and XML."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache

from api.open311_scene import BASE, as_data, make_scene, publish, report, root_of
from factories.api import make_key
from factories.directory import make_agency
from factories.feedback import make_assigned, make_case, make_subject
from loa.core import clock
from loa.feedback.models import Case, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MONDAY = date(2019, 3, 4)
REQUEST = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip
each_form = pytest.mark.parametrize("form", ["json", "xml"])


@pytest.fixture
def people(today, settings):
    today(MONDAY)
    cache.clear()
    settings.OPEN_DATA_RATE = "10000/min"
    settings.LANGUAGE_CODE = "en"
    return make_scene()


@pytest.fixture
def assigned(people):
    return make_assigned(
        people["agency"], intake=people["intake"], subject=people["subject"], place="Số 5 ngõ 12",
        latitude="20.844912", longitude="106.688123",
    )  # fmt: skip


# discovery, services -------------------------------------------------------------------------------
@each_form
@pytest.mark.parametrize("where", ["/open311/discovery", f"{BASE}/discovery"])
def test_discovery(people, client, form, where):
    response = client.get(f"{where}.{form}")
    told = as_data(response, form)

    assert list(told) == ["changeset", "contact", "key_service", "endpoints"]
    endpoint = told["endpoints"][0]
    assert list(endpoint) == ["specification", "url", "changeset", "type", "formats"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"].endswith("/open311/v2")
    assert endpoint["type"] == "production"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    if form == "xml":
        assert root_of(response) == "discovery"


@each_form
def test_services_are_the_subjects_in_force(people, client, form):
    Subject.objects.create(code="cu", name="Cũ", name_en="Old", valid_to=date(2019, 3, 3))

    response = client.get(f"{BASE}/services.{form}")
    told = as_data(response, form)

    assert [row["service_code"] for row in told] == [people["subject"].code]
    assert list(told[0]) == [
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    ]  # fmt: skip
    assert told[0]["metadata"] == (True if form == "json" else "true")
    assert told[0]["type"] == "realtime"
    assert told[0]["keywords"] == "khai sinh, kết hôn"
    assert told[0]["group"] == "Sở Tư pháp"
    if form == "xml":
        assert root_of(response) == "services"


@each_form
def test_service_definition(people, client, form):
    response = client.get(f"{BASE}/services/{people['subject'].code}.{form}")
    told = as_data(response, form)

    assert told["service_code"] == people["subject"].code
    by_code = {row["code"]: row for row in told["attributes"]}
    assert list(by_code) == ["kind", "tell_by_mail", "denunciation"]
    assert list(by_code["kind"]) == [
        "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values",
    ]  # fmt: skip
    assert by_code["kind"]["datatype"] == "singlevaluelist"
    assert {row["key"] for row in by_code["kind"]["values"]} == set(Case.Kind.values)
    assert [str(row["order"]) for row in told["attributes"]] == ["1", "2", "3"]
    assert "values" not in by_code["denunciation"]
    if form == "xml":
        assert root_of(response) == "service_definition"


# sending in ----------------------------------------------------------------------------------------
@each_form
def test_report_becomes_a_case(people, client, form):
    commune = make_agency("UBND phường Đông Khê", kind="commune", level="commune")
    sent = report(
        people, first_name="An", last_name="Nguyễn Văn", email="an@example.vn", phone="0912 345 678",
        address_string="Ngõ 12, đường Lê Lợi", address_id=commune.code, media_url="https://example.vn/a.jpg",
        device_id="abc", account_id="7", jurisdiction_id="hai-phong",
        **{"attribute[kind]": "proposal", "attribute[tell_by_mail]": "yes"},
    )  # fmt: skip

    response = client.post(f"{BASE}/requests.{form}", sent)
    told = as_data(response, form)

    case = Case.objects.get()
    assert response.status_code == 200
    assert list(told[0]) == ["service_request_id", "service_notice", "account_id"]
    assert told[0]["service_request_id"] == case.code == "PA.20190304.0001"
    assert "media_url" in told[0]["service_notice"]
    assert "25/03/2019" in told[0]["service_notice"]
    assert told[0]["account_id"] is None
    assert (case.source, case.kind_wished, case.subject, case.commune) == (
        "api", "proposal", people["subject"], commune,
    )  # fmt: skip
    assert (str(case.latitude), str(case.longitude)) == ("20.844900", "106.688100")
    assert case.place == "Ngõ 12, đường Lê Lợi"
    assert (case.asker.name, case.asker.email, case.asker.phone) == (
        "Nguyễn Văn An", "an@example.vn", "0912 345 678",
    )  # fmt: skip
    assert [row.purpose for row in case.consents.all()] == ["contact"]
    if form == "xml":
        assert root_of(response) == "service_requests"


def test_who_asks_lies_sealed(people, client, django_assert_num_queries):
    from django.db import connection

    client.post(f"{BASE}/requests.json", report(people, last_name="Nguyễn", phone="0912345678"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM feedback_asker")
        row = cursor.fetchone()
    assert "Nguyễn" not in row[0]
    assert "0912345678" not in row[1]


def test_sent_again_it_is_one_case(people, client):
    first = client.post(f"{BASE}/requests.json", report(people, device_id="a")).json()
    again = client.post(f"{BASE}/requests.json", report(people, device_id="a")).json()
    other_device = client.post(f"{BASE}/requests.json", report(people, device_id="b")).json()

    assert first == again
    assert other_device[0]["service_request_id"] != first[0]["service_request_id"]
    assert Case.objects.count() == 2


def test_sent_again_after_midnight_it_is_still_one_case(people, client, today):
    client.post(f"{BASE}/requests.json", report(people))
    today(MONDAY + timedelta(days=1))
    client.post(f"{BASE}/requests.json", report(people))
    assert Case.objects.count() == 1

    today(MONDAY + timedelta(days=3))  # the lamp is broken anew
    client.post(f"{BASE}/requests.json", report(people))
    assert Case.objects.count() == 2


def test_system_that_names_its_sending_is_believed(people, client):
    for text in ("Một việc", "Một việc, viết lại"):
        client.post(
            f"{BASE}/requests.json", report(people, description=text), headers={"Idempotency-Key": "77"}
        )
    client.post(f"{BASE}/requests.json", report(people), headers={"Idempotency-Key": "78"})

    assert Case.objects.count() == 2
    assert Case.objects.filter(content="Một việc").count() == 1


def test_long_place_is_not_lost(people, client):
    client.post(f"{BASE}/requests.json", report(people, address_string="Ngõ " * 80))

    case = Case.objects.get()
    assert len(case.place) == 200
    assert case.content.endswith("Ngõ " * 79 + "Ngõ")


@each_form
@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"api_key": None}, 403, "api_key"),
        ({"api_key": "loa_khac"}, 403, "api_key"),
        ({"service_code": None}, 400, "service_code was not provided"),
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "khong-co"}, 404, "khong-co"),
        ({"description": " "}, 400, "description was not provided"),
        ({"description": "a" * 4001}, 400, "4000"),
        ({"lat": None, "long": None}, 400, "place"),
        ({"lat": "20.8", "long": None}, 400, "lat and long"),
        ({"lat": "NaN"}, 400, "lat and long"),
        ({"lat": "90.5"}, 400, "lat and long"),
        ({"long": "1e2"}, 400, "lat and long"),
        ({"address_id": "khong-co"}, 400, "khong-co"),
        ({"email": "khong phai thu"}, 400, "email"),
        ({"attribute[kind]": "denunciation"}, 400, "attribute[kind]"),
        ({"phone": "1" * 51}, 400, "too long"),
    ],
)
def test_wrong_report_is_refused_in_words(people, client, form, changes, status, words):
    response = client.post(f"{BASE}/requests.{form}", report(people, **changes))
    told = as_data(response, form)

    assert response.status_code == status
    assert [list(row) for row in told] == [["code", "description"]]
    assert told[0]["code"] == (status if form == "json" else str(status))
    assert words in told[0]["description"]
    assert not Case.objects.exists()
    if form == "xml":
        assert root_of(response) == "errors"


def test_key_without_the_scope_or_revoked_or_over_or_of_somebody_gone_is_refused(people, client):
    officer = people["officer"]
    make_key(officer, "may_read", letters="reads")
    make_key(officer, "may_submit", letters="revoked", revoked_at=clock.now())
    make_key(officer, "may_submit", letters="over", ends_on=MONDAY - timedelta(days=1))
    make_key(officer, "may_submit", letters="elsewhere", agency=people["desk"].agency)
    make_key(officer, "may_submit", letters="last-day", ends_on=MONDAY)

    answers = {
        letters: client.post(f"{BASE}/requests.json", report(people, api_key=letters)).status_code
        for letters in ("reads", "revoked", "over", "elsewhere", "last-day")
    }
    assert answers == {"reads": 403, "revoked": 403, "over": 403, "elsewhere": 403, "last-day": 200}

    officer.is_active = False
    officer.save()
    assert client.post(f"{BASE}/requests.json", report(people, api_key="last-day")).status_code == 403


def test_key_that_calls_too_often_waits(people, client):
    make_key(people["officer"], "may_submit", letters="slow", rate=2)

    answers = [client.post(f"{BASE}/requests.json", report(people, api_key="slow")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()[0]["code"] == 429


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"service_code=%FF%FE", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"nothing of a form", "multipart/form-data; boundary=x"),
        (b"nothing of a form", "multipart/form-data"),
        (b'{"service_code": "x"}', "application/json"),
        (b"\x00\xff", "application/octet-stream"),
    ],
)
def test_what_is_no_form_is_refused(people, client, body, content_type):
    response = client.post(f"{BASE}/requests.json", body, content_type=content_type)

    assert response.status_code in {400, 403}
    assert response.json()[0]["code"] == response.status_code


def test_no_intake_no_case(people, client):
    people["desk"].delete()

    response = client.post(f"{BASE}/requests.json", report(people))

    assert response.status_code == 400
    assert "administrator" in response.json()[0]["description"]


def test_text_that_xml_cannot_hold_is_taken_without_it(people, client):
    response = client.post(f"{BASE}/requests.xml", report(people, description="Đèn\x00 đường\x0b <b>&"))

    assert response.status_code == 200
    assert Case.objects.get().content == "Đèn đường <b>&"


# reading -------------------------------------------------------------------------------------------
@each_form
def test_case_that_is_not_public_shows_no_text_and_no_place(assigned, client, form):
    told = as_data(client.get(f"{BASE}/requests/{assigned.code}.{form}"), form)[0]

    assert list(told) == REQUEST
    assert told["service_request_id"] == assigned.code
    assert told["status"] == "open"
    assert told["status_notes"] == "With the agency"
    assert told["agency_responsible"] == "Sở Tư pháp"
    assert told["expected_datetime"] == "2019-03-25T23:59:59+07:00"
    assert datetime.fromisoformat(told["requested_datetime"]).utcoffset() == timedelta(hours=7)
    assert [told[name] for name in ("description", "lat", "long", "address", "media_url")] == [None] * 5
    whole = client.get(f"{BASE}/requests/{assigned.code}.{form}").content.decode()
    assert "ngõ 12" not in whole
    assert "hồ sơ" not in whole


@each_form
def test_published_case_shows_what_an_officer_looked_through(assigned, people, client, form):
    publish(assigned, people)

    told = as_data(client.get(f"{BASE}/requests/{assigned.code}.{form}"), form)[0]

    assert told["status"] == "closed"
    assert told["description"] == "Đèn đường không sáng\n\nĐèn ở một ngõ không sáng."
    assert told["status_notes"] == "Đã thay bóng ngày 05/03."
    assert float(told["lat"]) == 20.845  # about a hundred metres
    assert told["updated_datetime"] >= told["requested_datetime"]


def test_what_was_taken_back_is_no_longer_shown(assigned, people, client):
    publication = publish(assigned, people)
    publication.withdrawn_at = clock.now()
    publication.save()

    told = client.get(f"{BASE}/requests/{assigned.code}.json").json()[0]

    assert (told["description"], told["lat"], told["status_notes"]) == (None, None, "Answered")


def test_who_asks_is_never_told(people, client):
    client.post(f"{BASE}/requests.json", report(people, last_name="Nguyễn Bí Mật", email="bi@mat.vn"))
    code = Case.objects.get().code

    for address in (
        f"requests/{code}.json",
        "requests.json",
        f"requests/{code}.xml",
        "requests.xml?extensions=true",
    ):
        told = client.get(f"{BASE}/{address}").content.decode()
        assert "Bí Mật" not in told
        assert "bi@mat.vn" not in told


def test_case_kept_apart_is_as_if_it_had_never_been(assigned, client):
    Case.objects.filter(pk=assigned.pk).update(state="isolated")

    apart = client.get(f"{BASE}/requests/{assigned.code}.json")
    never = client.get(f"{BASE}/requests/PA.20190304.9999.json")

    assert (apart.status_code, never.status_code) == (404, 404)
    assert apart.json()[0]["description"].replace(assigned.code, "") == never.json()[0][
        "description"
    ].replace("PA.20190304.9999", "")
    assert client.get(f"{BASE}/requests.json").json() == []
    assert client.get(f"{BASE}/requests.json", {"service_request_id": assigned.code}).json() == []
    assert client.get(f"{BASE}/tokens/{assigned.code}.json").status_code == 404


def test_case_that_was_forgotten_is_gone(assigned, client):
    Case.objects.filter(pk=assigned.pk).update(purged_at=clock.now())

    assert client.get(f"{BASE}/requests/{assigned.code}.xml").status_code == 410
    assert client.get(f"{BASE}/requests.json").json() == []


@each_form
def test_token_leads_to_the_number(assigned, client, form):
    told = as_data(client.get(f"{BASE}/tokens/{assigned.code}.{form}"), form)

    assert told == [{"service_request_id": assigned.code, "token": assigned.code}]
    assert client.get(f"{BASE}/tokens/khac.{form}").status_code == 404


def codes(client, **asked):
    return [row["service_request_id"] for row in client.get(f"{BASE}/requests.json", asked).json()]


def test_filters(people, client, today):
    other = make_subject("Đường sá")
    first = make_case(subject=people["subject"])
    today(MONDAY + timedelta(days=1))
    second = make_assigned(people["agency"], intake=people["intake"], subject=other)
    publish(second, people)
    second.refresh_from_db()  # classified without a subject
    Case.objects.filter(pk=second.pk).update(subject=other)

    assert codes(client) == [second.code, first.code]
    assert codes(client, status="open") == [first.code]
    assert codes(client, status="closed") == [second.code]
    assert codes(client, status="open,closed") == [second.code, first.code]
    assert codes(client, status="") == [second.code, first.code]
    assert codes(client, service_code=other.code) == [second.code]
    assert codes(client, service_code=f"{other.code}, {people['subject'].code}") == [second.code, first.code]
    assert codes(client, start_date="2019-03-05T00:00:00+07:00") == [second.code]
    assert codes(client, start_date="2019-03-05T00:00:00 07:00") == [second.code]  # a plus not encoded
    assert codes(client, end_date="2019-03-04T16:59:59Z") == [first.code]
    assert codes(client, service_request_id=f"{first.code.lower()},khac", status="closed") == [first.code]
    assert codes(client, per_page="1", page="2") == [first.code]
    assert codes(client, per_page="1", page="3") == []


def test_list_reaches_ninety_days_back(people, client, today):
    case = make_case()
    today(MONDAY + timedelta(days=89))
    assert codes(client) == [case.code]
    today(MONDAY + timedelta(days=91))
    assert codes(client) == []
    assert codes(client, start_date="2019-03-04T00:00:00+07:00") == [case.code]
    assert codes(client, service_request_id=case.code) == [case.code]


@each_form
@pytest.mark.parametrize(
    "asked",
    [
        {"status": "broken"},
        {"start_date": "2019-03-04"},
        {"start_date": "2019-03-04T00:00:00"},
        {"start_date": "2019-02-30T00:00:00Z"},
        {"end_date": "0001-01-01T00:00:00Z"},
        {"start_date": "2019-01-01T00:00:00Z", "end_date": "2019-04-02T00:00:00Z"},
        {"page": "0"},
        {"per_page": "1001"},
        {"per_page": "x"},
    ],
)
def test_wrong_question_is_refused(people, client, form, asked):
    response = client.get(f"{BASE}/requests.{form}", asked)

    assert response.status_code == 400
    assert as_data(response, form)[0]["description"]


@each_form
def test_updates_say_how_it_went_in_words_for_everybody(assigned, people, client, form):
    publish(assigned, people)

    told = as_data(client.get(f"{BASE}/requests/{assigned.code}/updates.{form}"), form)
    with_it = as_data(client.get(f"{BASE}/requests.{form}", {"extensions": "true"}), form)[0]["updates"]

    assert [(row["status"], row["description"]) for row in told] == [
        ("open", "Received"),
        ("open", "With the agency"),
        ("open", "Being handled"),
        ("closed", "Answered"),
    ]
    assert list(told[0]) == ["update_id", "service_request_id", "status", "updated_datetime", "description"]
    assert with_it == told
    assert "updates" not in as_data(client.get(f"{BASE}/requests.{form}"), form)[0]


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(people, client, django_assert_num_queries, count):
    for _ in range(count):
        make_assigned(people["agency"], intake=people["intake"], subject=people["subject"])
    client.get(f"{BASE}/requests.json")

    with django_assert_num_queries(2):
        assert len(client.get(f"{BASE}/requests.json", {"extensions": "true"}).json()) == count


# around it -----------------------------------------------------------------------------------------
def test_errors_come_in_the_asked_format(people, client):
    for address, status in (
        ("services/khong-co", 404), ("requests/khong-co", 404), ("tokens/khong-co", 404),
    ):  # fmt: skip
        for form in ("json", "xml"):
            response = client.get(f"{BASE}/{address}.{form}")
            assert response.status_code == status
            assert as_data(response, form)[0]["code"] in {status, str(status)}


@pytest.mark.parametrize("address", ["requests.yaml", "requests", "", "services/"])
def test_other_address_is_not_found_in_xml(people, client, address):
    response = client.get(f"{BASE}/{address}")

    assert response.status_code == 404
    assert root_of(response) == "errors"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_method_that_is_not_taken(people, client, method):
    response = getattr(client, method)(f"{BASE}/requests.json")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert response.json()[0]["code"] == 405


def test_jurisdiction(people, client, settings):
    assert client.get(f"{BASE}/services.json", {"jurisdiction_id": "any"}).status_code == 200
    settings.OPEN311_JURISDICTION = "haiphong.gov.vn"
    answers = {
        said: client.get(f"{BASE}/services.json", {"jurisdiction_id": said}).status_code
        for said in ("haiphong.gov.vn", "", "other.gov")
    }
    assert answers == {"haiphong.gov.vn": 200, "": 200, "other.gov": 404}
    assert (
        client.post(f"{BASE}/requests.json", report(people, jurisdiction_id="other.gov")).status_code == 404
    )


def test_any_site_may_read_and_none_may_write(people, client):
    read = client.get(f"{BASE}/services.json", headers={"Origin": "https://ung-dung.example.vn"})
    before = client.options(f"{BASE}/requests.json")
    written = client.post(f"{BASE}/requests.json", report(people))

    assert read["Access-Control-Allow-Origin"] == "*"
    assert before.status_code == 204
    assert before["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert not written.has_header("Access-Control-Allow-Origin")
    assert read.cookies == {}


def test_reader_who_calls_too_often_waits(people, client, settings):
    settings.OPEN_DATA_RATE = "2/min"

    answers = [client.get(f"{BASE}/services.xml") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].has_header("Retry-After")
    cache.clear()


def test_post_needs_no_token_of_a_form(people):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(f"{BASE}/requests.json", report(people))

    assert response.status_code == 200
