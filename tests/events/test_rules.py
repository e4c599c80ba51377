"""Who may: role × step; and who sees what."""

import pytest
from django.contrib.auth.models import AnonymousUser

from factories import make_registration, make_user
from loa.events import actions, queries
from loa.events.models import EventPanel, EventPaper
from loa.events.shapes import Name
from loa.events.states import EVENT, INVITATION, PAPER, REGISTRATION

PEOPLE = ("officer", "focal", "head", "local", "stranger")


def open_to(scene, flow, obj):
    return {
        name: sorted(step.name for step in flow.open_to(getattr(scene, name), obj))
        for name in PEOPLE
        if flow.open_to(getattr(scene, name), obj)
    }


@pytest.mark.parametrize(
    ("state", "organiser", "head"),
    [
        ("draft", ["cancel", "hand_in"], ["cancel", "hand_in"]),
        ("with_head", ["cancel"], ["approve", "cancel", "return_to_organiser"]),
        ("returned", ["cancel", "hand_in"], ["cancel", "hand_in"]),
        ("approved", ["announce", "cancel"], ["announce", "cancel", "return_to_organiser"]),
        ("announced", ["cancel", "end", "open", "postpone"], ["cancel", "end", "open", "postpone"]),
        ("running", ["cancel", "end"], ["cancel", "end"]),
        ("ended", ["conclude"], ["conclude"]),
        ("concluded", ["take_up"], ["take_up"]),
        ("postponed", ["cancel", "set_anew"], ["cancel", "set_anew"]),
        ("cancelled", None, None),
    ],
)
def test_steps_of_an_event(scene, state, organiser, head):
    event = scene.event(state=state)

    expected = {"officer": organiser, "focal": organiser, "head": head} if organiser else {}
    assert open_to(scene, EVENT, event) == expected


def test_steps_of_an_invitation_and_of_a_name(scene):
    invitation = scene.invitation(scene.event())
    actions.name_people(invitation, [Name("An")], by=scene.local)
    invitation.refresh_from_db()
    person = invitation.registrations.get()

    organisers = ("officer", "focal", "head")
    both = ["replace", "stay_away"]
    assert open_to(scene, INVITATION, invitation) == {
        **{name: ["withdraw"] for name in organisers},
        "local": ["decline"],
    }
    assert open_to(scene, REGISTRATION, person) == dict.fromkeys((*organisers, "local"), both)


def test_nobody_signs_what_they_handed_in(scene):
    paper = actions.begin_paper(scene.held(), "minutes", by=scene.officer)
    EventPaper.objects.filter(pk=paper.pk).update(state="with_head", handed_in_by=scene.head)
    paper.refresh_from_db()
    second = make_user(scene.agency, "head")

    assert open_to(scene, PAPER, paper) == {"head": ["return_to_writer"]}
    assert [step.name for step in PAPER.open_to(second, paper)] == ["issue", "return_to_writer"]


def test_who_sees_an_event(scene):
    own = scene.event(state="draft", title="Dự thảo")
    invited = scene.event(title="Mời")
    scene.invitation(invited)
    answering = scene.event(title="Trả lời", kind="dialogue", chair=scene.agency)
    EventPanel.objects.create(event=answering, agency=scene.district, position=1)
    public = scene.event(title="Công khai", is_public=True)
    counted = scene.event(title="Theo kế hoạch", assignment=scene.work)
    coordinator = make_user(scene.plan.coordinator, "focal_point")

    def seen(user):
        return set(queries.events_visible_to(user))

    assert seen(scene.officer) == {own, invited, answering, public, counted}
    assert seen(scene.local) == {invited, answering, public}
    assert seen(coordinator) == {public, counted}
    assert seen(scene.stranger) == {public}
    assert seen(AnonymousUser()) == set()
    assert set(queries.public_events()) == {public}


def test_who_sees_a_person(scene):
    event = scene.event(is_public=True)
    invitation = scene.invitation(event)
    actions.name_people(invitation, [Name("An", account=scene.guest)], by=scene.local)
    make_registration(event, name="Bình")

    def names(user):
        return sorted(queries.registrations_visible_to(user).values_list("name", flat=True))

    assert (names(scene.officer), names(scene.local), names(scene.guest), names(scene.stranger)) == (
        ["An", "Bình"],
        ["An"],
        ["An"],
        [],
    )


def test_an_invitation_is_seen_once_it_is_sent(scene):
    draft = scene.invitation(scene.event(), state="draft")

    before = list(queries.invitations_visible_to(scene.local))
    type(draft).objects.filter(pk=draft.pk).update(state="sent")

    assert (before, list(queries.invitations_visible_to(scene.local))) == ([], [draft])
    assert list(queries.invitations_visible_to(scene.stranger)) == []
