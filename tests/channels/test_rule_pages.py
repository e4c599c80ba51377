"""The administrator's ladder on its pages."""

import pytest

from factories import make_agency, make_user
from loa.channels.actions import load_reminder_rules
from loa.channels.models import ReminderRule

FORM = {
    "matter": "assignment",
    "offset": "-7",
    "counting": "working",
    "receivers": ["head"],
    "tone": "ask",
    "valid_from": "2019-06-01",
    "is_active": "on",
}


@pytest.fixture
def keeper(db):
    load_reminder_rules()
    return make_user(make_agency(), "administrator")


def test_step_is_added(keeper, as_user):
    response = as_user(keeper).post("/thong-bao/bac-nhac/them/", FORM)

    added = ReminderRule.objects.get(offset=-7)
    assert response.status_code == 302
    assert (added.counting, added.receivers, added.tone) == ("working", ["head"], "ask")


def test_step_is_switched_off(keeper, as_user):
    rule = ReminderRule.objects.get(matter="report", offset=-10)
    given = {**FORM, "matter": "report", "offset": "-10", "valid_from": "2016-01-01"}
    del given["is_active"]

    as_user(keeper).post(f"/thong-bao/bac-nhac/{rule.pk}/", given)

    rule.refresh_from_db()
    assert rule.is_active is False


@pytest.mark.parametrize(
    "wrong", [{"receivers": []}, {"offset": "ngày"}, {"valid_to": "2019-05-01"}, {"matter": "nothing"}]
)
def test_bad_step_is_refused(keeper, as_user, wrong):
    response = as_user(keeper).post("/thong-bao/bac-nhac/them/", {**FORM, **wrong})

    assert response.status_code == 422
    assert not ReminderRule.objects.filter(offset=-7).exists()


def test_step_that_is_there_is_refused_and_what_was_typed_stays(keeper, as_user):
    given = {**FORM, "offset": "-10", "counting": "calendar", "valid_from": "2016-01-01"}

    response = as_user(keeper).post("/thong-bao/bac-nhac/them/", given)

    assert response.status_code == 409
    assert 'value="-10"' in response.content.decode()


def test_list_loads_what_ships_and_leaves_as_xlsx(as_user, db):
    client = as_user(make_user(make_agency(), "administrator"))

    page = client.get("/thong-bao/bac-nhac/")
    sheet = client.get("/thong-bao/bac-nhac/?export=xlsx")

    assert (page.status_code, sheet.status_code) == (200, 200)
    assert ReminderRule.objects.count() == 60
