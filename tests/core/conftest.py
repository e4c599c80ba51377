"""Who decides on the calendar, the rules and the background work, and who only asks for some."""

import pytest

from factories import make_agency, make_user


@pytest.fixture
def administrator(db):
    return make_user(make_agency("Trung tâm Quản trị"), "administrator")


@pytest.fixture
def person(db):
    return make_user(make_agency(), "officer")
