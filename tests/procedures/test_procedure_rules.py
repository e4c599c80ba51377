"""Who may take which step, and who sees what."""

import pytest

from factories import make_published
from loa.procedures import queries
from loa.procedures.states import VERSION

OPEN = {
    ("draft", "officer"): {"hand_to_head", "drop"},
    ("draft", "writer"): {"hand_to_head", "drop"},
    ("draft", "clerk"): {"hand_to_head", "drop"},
    ("draft", "head"): {"hand_to_head", "drop"},
    ("with_head", "head"): {"return_to_writer", "approve"},
    ("approved", "writer"): {"publish"},
    ("approved", "clerk"): {"publish"},
    ("approved", "head"): {"publish", "return_approved"},
    ("returned", "writer"): {"hand_to_head", "drop"},
    ("returned", "officer"): {"hand_to_head", "drop"},
    ("returned", "clerk"): {"hand_to_head", "drop"},
    ("returned", "head"): {"hand_to_head", "drop"},
}
ROLES = ("officer", "writer", "clerk", "head", "office", "office_head", "leader", "coordinator", "stranger")


@pytest.mark.parametrize(
    "state", ["draft", "returned", "with_head", "approved", "published", "superseded", "dropped"]
)
@pytest.mark.parametrize("role", ROLES)
def test_steps_open_to_each_role(scene, state, role):
    version = scene.version(state=state)

    found = {step.name for step in VERSION.open_to(scene.people[role], version)}

    assert found == OPEN.get((state, role), set())


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("officer", True), ("writer", True), ("clerk", True), ("head", True), ("office", True), ("office_head", True),
        ("leader", True), ("coordinator", False), ("stranger", False),
    ],
)  # fmt: skip
def test_drafts_are_seen_by_the_own_agency_and_who_oversees(scene, role, sees):
    version = scene.version()

    assert queries.versions_visible_to(scene.people[role]).filter(pk=version.pk).exists() is sees
    assert queries.procedures_visible_to(scene.people[role]).exists() is sees


def test_an_administrator_reads_no_procedures(scene):
    from factories import make_user

    make_published(scene.agency)

    assert not queries.procedures_visible_to(make_user(scene.office_body, "administrator")).exists()


def test_anybody_reads_only_what_is_published(scene):
    published = make_published(scene.agency)
    scene.version()

    assert list(queries.public_procedures()) == [published]
    assert [version.procedure for version in queries.recent_changes()] == [published]


def test_what_waits_for_whom(scene):
    waiting = scene.version(state="with_head")
    returned = scene.version(state="returned")

    assert list(queries.versions_waiting_for(scene.head)) == [waiting]
    assert list(queries.versions_waiting_for(scene.writer)) == [returned]
    assert not queries.versions_waiting_for(scene.stranger).exists()
