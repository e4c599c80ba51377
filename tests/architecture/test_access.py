"""Every address answers every role as access.toml says; an address without a row fails.

The small world holds two denunciations: on the way the answers are looked through for their words. `make soak` draws
every page for everybody; otherwise most are drawn for two of those to whom they open and one whom they refuse, and
the others are only let in or refused.
"""

import os
import tomllib
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Template
from django.test import Client
from django.test import client as client_module
from django.urls import reverse

from architecture.addresses import address, own_names
from architecture.world import TODAY, World
from feedback.denunciation_scene import leaks_in, lived_and_isolated, straight
from loa.feedback.models import Denunciation

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ROLES = TABLE["roles"]
PARTS = 6
IS_FULL = os.environ.get("LOA_SOAK") == "full"
ABOUT_CASES = ("feedback:", "desk:", "channels:", "core:", "api:", "connect:")
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
def world(db, today, monkeypatch):
    """Nobody looks at the contexts of what is drawn: copying them is a tenth of the walk."""
    monkeypatch.setattr(client_module, "store_rendered_templates", lambda *_args, **_more: None)
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


def opens_to(answers):
    return [role for role in ROLES if answers[role] == 200]


def asked(answers):
    """Everybody on SQLite. On PostgreSQL one to whom it opens: there the pages' queries are tried, not the rules."""
    if settings.IS_SQLITE:
        return answers
    return {role: answers[role] for role in opens_to(answers)[:1] or ROLES[:1]}


def drawn_for(name, answers):
    """Who sees a page in full. What staff are told of cases differs with the reader (notices, logs, lists): there all."""
    opens = opens_to(answers)
    differs = name.startswith(ABOUT_CASES) and len(opens) < len(ROLES)
    return opens if IS_FULL or differs else [*opens[:1], *opens[-1:]]


def shown_refusal(answers):
    """Who sees a refusal in full: one for each kind of refusal."""
    refused = {role: status for role, status in answers.items() if status != 200}
    return list(refused) if IS_FULL else list({status: role for role, status in refused.items()}.values())


@contextmanager
def undrawn():
    """Pages are let in to and answered, but their templates stay empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda _template, _context: "")
        yield


def body_of(response):
    if response.streaming:
        return b"".join(response.streaming_content)  # a file is closed when it has been sent
    return response.content


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_addresses_answer_as_the_table_says(world, part, django_capture_on_commit_callbacks):
    """In parts, so that they can run side by side; each signs in once, and again after what may have changed a session."""
    with django_capture_on_commit_callbacks(execute=True):
        lived_and_isolated(world)
        straight(world)
    wrong, clients = [], {role: enter(world, role) for role in ROLES}
    for name in sorted(TABLE["addresses"])[part::PARTS]:
        method, answers = expected(name)
        url, drawn = address(name, world), {*drawn_for(name, answers), *shown_refusal(answers)}
        for role, status in asked(answers).items():
            with nullcontext() if role in drawn else undrawn():
                response = getattr(clients[role], method)(url)
            if leaks_in(body_of(response), name=name, role=role):
                wrong.append(f"{name} as {role}: words of a denunciation")
            if response.status_code != status:
                wrong.append(f"{name} as {role}: {response.status_code}, not {status}")
            if method != "get" or settings.SESSION_COOKIE_NAME in response.cookies:
                clients[role] = enter(world, role)

    assert wrong == []


def test_the_eye_for_denunciations_finds_what_is_there(world):
    """Otherwise the walk would prove nothing: their reader's own page holds the words, and would be told of anybody else."""
    straight(world)
    row = Denunciation.objects.order_by("-pk").first()

    page = enter(world, "clerk").get(reverse("feedback:denunciation_detail", args=[row.pk])).content

    assert leaks_in(page, name="feedback:denunciation_detail", role="clerk") == []
    assert leaks_in(page, name="feedback:denunciation_detail", role="leader") != []
    assert leaks_in(page, name="feedback:case_list", role="clerk") != []
