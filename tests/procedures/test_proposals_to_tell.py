"""A published change is proposed to the plan; the coordinator takes it up by a task or an amendment, or declines."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_task
from loa.channels.models import Notice
from loa.core.workflow import FlowError, StaleError
from loa.plans.actions import draft_amendment, remove_change
from loa.procedures import actions, queries
from loa.procedures.models import CommunicationProposal

WORDS = "Tuyên truyền thủ tục mới"


@pytest.fixture
def proposal(scene):
    version = scene.version(state="published")
    return actions.propose_communication(
        version, plan=scene.plan, content=WORDS, why="Bớt giấy tờ", due_on=date(2019, 7, 31), by=scene.writer
    )


def amendment(scene):
    return draft_amendment(
        scene.plan, kind="QUYẾT ĐỊNH", number="9/QĐ-UBND", subject="Sửa đổi", issued_on=date(2019, 6, 3),
        effective_on=date(2019, 6, 3), by=scene.coordinator,
    )  # fmt: skip


def test_the_coordinator_is_told(scene, proposal):
    assert Notice.objects.filter(receiver=scene.coordinator, body_en=WORDS).count() == 1


def test_a_draft_is_not_proposed(scene):
    with pytest.raises(FlowError, match="once the version is published"):
        actions.propose_communication(scene.version(), plan=scene.plan, content=WORDS, by=scene.writer)


def test_the_same_is_proposed_once(scene, proposal):
    with pytest.raises(FlowError, match="proposed to the plan already"):
        actions.propose_communication(proposal.version, plan=scene.plan, content=WORDS, by=scene.writer)


def test_an_amendment_gets_the_task(scene, proposal):
    draft = amendment(scene)

    actions.take_up_by_amendment(
        proposal, amendment=draft, lead=scene.plan.coordinator, due_on=date(2019, 8, 15), by=scene.coordinator
    )

    after = draft.changes.get().after
    assert (after["content"], after["due_on"]) == (WORDS, "2019-08-15")
    assert [body["code"] for body in after["coordinating"]] == ["so-tu-phap"]
    assert proposal.state == "taken_up"


def test_an_amendment_that_loses_the_change_leaves_the_proposal_readable(scene, proposal):
    draft = amendment(scene)
    actions.take_up_by_amendment(proposal, amendment=draft, lead=scene.agency, by=scene.coordinator)

    remove_change(draft.changes.get(), by=scene.coordinator)

    assert CommunicationProposal.objects.get().change is None


def test_a_task_that_does_it_is_linked(scene, proposal):
    task = make_task(scene.plan)

    actions.take_up_by_task(proposal, task=task, answer="Đã có", by=scene.coordinator)

    assert (proposal.task, proposal.answer) == (task, "Đã có")


def test_a_task_of_another_plan_is_refused(scene, proposal):
    with pytest.raises(FlowError, match="a task of this plan"):
        actions.take_up_by_task(proposal, task=make_task(), by=scene.coordinator)


def test_only_the_coordinator_decides(scene, proposal):
    with pytest.raises(PermissionDenied):
        actions.decline_proposal(proposal, note="Không", by=scene.head)


def test_declining_needs_a_reason_and_tells_the_proposer(scene, proposal):
    with pytest.raises(FlowError):
        actions.decline_proposal(proposal, note=" ", by=scene.coordinator)
    actions.decline_proposal(proposal, note="Trùng nhiệm vụ 4", by=scene.coordinator)

    assert Notice.objects.filter(receiver=scene.writer, body_en="Trùng nhiệm vụ 4").count() == 1


def test_decided_twice_the_second_loses(scene, proposal):
    other = CommunicationProposal.objects.select_related("plan").get()
    actions.decline_proposal(proposal, note="Trùng", by=scene.coordinator)

    with pytest.raises(StaleError):
        actions.take_up_by_task(other, task=make_task(scene.plan), by=scene.coordinator)


def test_the_proposer_withdraws(scene, proposal):
    actions.withdraw_proposal(proposal, note="Không cần nữa", by=scene.writer)

    assert proposal.state == "withdrawn"


@pytest.mark.parametrize(
    ("role", "sees"), [("writer", True), ("coordinator", True), ("office", True), ("stranger", False)]
)
def test_who_sees_a_proposal(scene, proposal, role, sees):
    assert queries.proposals_visible_to(scene.people[role]).exists() is sees
