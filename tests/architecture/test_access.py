"""Every address answers every role as access.toml says; an address without a row fails."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from architecture.addresses import address, own_names
from architecture.world import TODAY, World

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ROLES = TABLE["roles"]
PARTS = 6
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def expected(name):
    row = TABLE["addresses"][name]
    answer = TABLE["answers"][row["answer"]]
    return row.get("method", "get"), {role: answer.get(role, answer["others"]) for role in ROLES}


def test_every_address_has_a_row():
    assert sorted(TABLE["addresses"]) == sorted(own_names())


def test_every_answer_names_known_roles():
    unknown = {role for answer in TABLE["answers"].values() for role in answer} - {*ROLES, "others"}

    assert unknown == set()


@pytest.fixture
def world(db, today):
    today(TODAY)
    return World()


def test_world_has_a_person_for_each_role(world):
    assert ["anonymous", *world.people] == ROLES


def enter(world, role):
    """A browser of somebody in this role, signed in."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role], backend=BACKEND)
    return client


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_addresses_answer_as_the_table_says(world, part):
    """In parts, so that they can run side by side; each signs in once, and again after what may have changed a session."""
    wrong, clients = [], {role: enter(world, role) for role in ROLES}
    for name in sorted(TABLE["addresses"])[part::PARTS]:
        method, answers = expected(name)
        url = address(name, world)
        for role, status in answers.items():
            response = getattr(clients[role], method)(url)
            if response.streaming:
                b"".join(response.streaming_content)  # a file is closed when it has been sent
            if response.status_code != status:
                wrong.append(f"{name} as {role}: {response.status_code}, not {status}")
            if method != "get" or settings.SESSION_COOKIE_NAME in response.cookies:
                clients[role] = enter(world, role)

    assert wrong == []
