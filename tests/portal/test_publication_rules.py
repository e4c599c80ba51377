"""Who may take which step: a row for each role, a column for each step."""

import pytest

from factories import make_agency, make_user
from loa.directory.models import ReorganisationDecision, Succession
from loa.portal import queries
from loa.portal.states import DISPATCH, PARCEL, PUBLICATION

STEPS = ("hand_to_editor", "return_to_writer", "approve", "reopen", "release", "withdraw", "restore")
SOURCES = {step.name: step.sources[0] for step in PUBLICATION.steps}
MAY = {
    "contributor": {"hand_to_editor"},
    "officer": {"hand_to_editor"},
    "clerk": set(),
    "leader": set(),
    "administrator": set(),
    "editor": {"hand_to_editor", "return_to_writer", "reopen", "release"},
    "approver": {"return_to_writer", "approve", "reopen", "release"},
    "focal_point": {"hand_to_editor", "return_to_writer", "reopen", "release", "withdraw", "restore"},
    "head": set(STEPS),
}


@pytest.mark.parametrize("role", MAY)
def test_role_may_take_these_steps(prints, role):
    publication = prints.draft()
    person = make_user(prints.publisher, role)

    allowed = set()
    for step in STEPS:
        publication.state = SOURCES[step]
        if PUBLICATION.why_not(person, publication, step) is None:
            allowed.add(step)

    assert allowed == MAY[role]


def test_another_agency_may_take_no_step(prints):
    publication = prints.draft()
    person = make_user(make_agency(), "head", "approver", "editor")

    assert PUBLICATION.open_to(person, publication) == []


@pytest.mark.parametrize(
    ("role", "may"), [("officer", True), ("clerk", True), ("leader", False), ("contributor", False)]
)
def test_receipt_is_confirmed_by_these_roles(prints, role, may):
    parcel = prints.sent().parcels.select_related("agency").get(agency=prints.north)

    steps = PARCEL.open_to(make_user(prints.north, role), parcel)

    assert ([step.name for step in steps] == ["confirm"]) is may


@pytest.mark.parametrize(("role", "may"), [("editor", True), ("head", True), ("officer", False)])
def test_round_is_sent_by_these_roles(prints, role, may):
    dispatch = prints.round(prints.approved(), north=5)

    names = [step.name for step in DISPATCH.open_to(make_user(prints.publisher, role), dispatch)]

    assert names == (["send", "withdraw"] if may else [])


def test_successor_carries_on_what_a_body_that_ended_left(prints):
    publication = prints.draft()
    heir = make_agency("Sở mới")
    type(prints.publisher).objects.filter(pk=prints.publisher.pk).update(valid_to="2019-05-31")
    decision = ReorganisationDecision.objects.create(
        number="NQ 1", subject="Sắp xếp", on="2019-06-01", created_at="2019-05-01T00:00:00Z"
    )
    Succession.objects.create(
        predecessor=prints.publisher, successor=heir, decision=decision, on="2019-06-01"
    )
    person = make_user(heir, "focal_point")

    seen = queries.publications_visible_to(person).select_related("agency").get()

    assert seen == publication
    assert [step.name for step in PUBLICATION.open_to(person, seen)] == ["hand_to_editor"]


def test_administrator_sees_no_publication(prints):
    prints.released()

    assert list(queries.publications_visible_to(make_user(prints.publisher, "administrator"))) == []
