"""Who may take which step: role × agency × step."""

from datetime import date

import pytest

from loa.reports import actions
from loa.reports.states import CONSOLIDATION, REPORT, ROUND

WHO = {
    "press officer": ("press", "officer"),
    "press focal point": ("press", "focal_point"),
    "press head": ("press", "head"),
    "coordinator focal point": ("coordinator", "focal_point"),
    "coordinator head": ("coordinator", "head"),
    "coordinator clerk": ("coordinator", "clerk"),
    "office head": ("office", "head"),
    "issuer leader": ("issuer", "leader"),
    "district head": ("district", "head"),
}


def may(scene, flow, obj):
    """Who finds which steps open, nobody left out."""
    found = {}
    for name, (body, role) in WHO.items():
        agency = scene.plan.issuer if body == "issuer" else getattr(scene, body)
        found[name] = {step.name for step in flow.open_to(scene.person(agency, role), obj)}
    return {name: steps for name, steps in found.items() if steps}


def test_steps_on_a_draft(scene, report_of):
    assert may(scene, REPORT, report_of(scene.press)) == {
        "press focal point": {"hand_to_head"},
        "press head": {"hand_to_head"},
        "coordinator focal point": {"excuse"},
        "coordinator head": {"excuse"},
    }


def test_steps_on_a_report_with_its_head(scene, report_of, filled):
    assert may(scene, REPORT, filled(report_of(scene.press))) == {
        "press head": {"return_to_writer", "submit"},
        "coordinator focal point": {"excuse"},
        "coordinator head": {"excuse"},
    }


def test_steps_on_a_submitted_report(scene, report_of, submitted, today):
    today(date(2019, 10, 20))

    assert may(scene, REPORT, submitted(report_of(scene.press))) == {
        "coordinator focal point": {"return_to_agency", "accept"},
        "coordinator head": {"return_to_agency", "accept"},
    }


def test_steps_on_the_coordinators_own_submitted_report(scene, report_of, submitted, today):
    today(date(2019, 10, 20))

    assert may(scene, REPORT, submitted(report_of(scene.coordinator))) == {
        "office head": {"return_to_agency", "accept"}
    }


def test_steps_on_an_accepted_report(scene, report_of, accepted, today):
    today(date(2019, 10, 20))

    assert may(scene, REPORT, accepted(report_of(scene.press))) == {
        "coordinator focal point": {"reopen"},
        "coordinator head": {"reopen"},
    }


def test_steps_on_a_round(scene, opened):
    assert may(scene, ROUND, opened()) == {
        "coordinator focal point": {"close"},
        "coordinator head": {"close"},
    }


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (
            "drafting",
            {"coordinator focal point": {"hand_to_head"}, "coordinator head": {"hand_to_head"}},
        ),
        ("with_head", {"coordinator head": {"return_to_writer", "approve"}}),
        (
            "approved",
            {"coordinator head": {"return_to_writer", "issue"}, "coordinator clerk": {"issue"}},
        ),
        ("issued", {"coordinator head": {"reopen"}}),
    ],
)
def test_steps_on_a_consolidation(scene, consolidation, state, steps):
    head, clerk = scene.person(scene.coordinator, "head"), scene.person(scene.coordinator, "clerk")
    if state != "drafting":
        actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    if state in {"approved", "issued"}:
        actions.approve_consolidation(consolidation, by=head)
    if state == "issued":
        actions.issue_consolidation(consolidation, by=clerk)

    assert may(scene, CONSOLIDATION, consolidation) == steps
