"""Who sees what of the register at its staff side. What is published anybody reads at its public address."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from loa.core.access import permits
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.directory.models import Agency
from loa.directory.queries import itself_and_predecessors
from loa.procedures.models import (
    ClarityAnswer,
    CommunicationProposal,
    Procedure,
    ProcedureFile,
    ProcedureImport,
    ProcedureVersion,
)
from loa.procedures.states import OPEN_STATES, PUBLIC_STATES, WRITABLE_STATES

PUBLICATION_RULE = "procedure.publication"
MANAGERS = ("focal_point", "head")
READING_ROLES = ("officer", "focal_point", "head", "clerk", "leader")


def _sees_all(user: Any) -> bool:
    """The committee's office controls every procedure, its leadership reads all."""
    hat = user.hat
    is_leader = hat.holds("leader") and hat.agency.kind == Agency.Kind.PEOPLES_COMMITTEE
    return is_leader or permits(user, "procedures.oversee")


def procedures_visible_to(user: Any) -> QuerySet[Procedure]:
    """Those the agency is in charge of, drafts included; the committee's office and leadership see all."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READING_ROLES):
        return Procedure.objects.none()
    if _sees_all(user):
        return Procedure.objects.all()
    return Procedure.objects.filter(agency__in=itself_and_predecessors(hat.agency))


def versions_visible_to(user: Any) -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.select_related("procedure__agency", "procedure__field", "online_level")
    return rows.filter(procedure__in=procedures_visible_to(user).order_by())


def files_visible_to(user: Any) -> QuerySet[ProcedureFile]:
    return ProcedureFile.objects.filter(version__in=versions_visible_to(user).order_by())


def answers_visible_to(user: Any) -> QuerySet[ClarityAnswer]:
    """What readers said, shown to the body in charge and to who oversees."""
    return ClarityAnswer.objects.filter(procedure__in=procedures_visible_to(user).order_by())


def proposals_visible_to(user: Any) -> QuerySet[CommunicationProposal]:
    """The body that proposes, the plan's coordinator, and who oversees procedures."""
    rows = CommunicationProposal.objects.select_related(
        "version__procedure", "plan", "agency", "task", "change"
    )
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READING_ROLES):
        return rows.none()
    if _sees_all(user):
        return rows
    own = itself_and_predecessors(hat.agency)
    return rows.filter(Q(agency__in=own) | Q(plan__coordinator=hat.agency))


def imports_visible_to(user: Any) -> QuerySet[ProcedureImport]:
    rows = ProcedureImport.objects.select_related("agency", "other_agency", "started_by", "job")
    if not permits(user, "procedures.import_procedures"):
        return rows.none()
    return rows.filter(agency=user.hat.agency)


def open_version_of(procedure: Procedure) -> ProcedureVersion | None:
    return procedure.versions.filter(state__in=OPEN_STATES).select_related("online_level").first()


def with_open_version(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    """Procedures, each knowing whether a version of it is being written."""
    open_rows = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), state__in=OPEN_STATES)
    return rows.annotate(is_being_changed=Exists(open_rows))


def versions_waiting_for(user: Any) -> QuerySet[ProcedureVersion]:
    """What this person can move now: a head's approvals of what others wrote, one's own drafts, what is to be published.

    The first is due first: the last day to publish runs from the decision.
    """
    hat = getattr(user, "hat", None)
    if hat is None:
        return ProcedureVersion.objects.none()
    moves = Q(pk__in=[])
    if hat.holds("head"):
        moves |= Q(state="approved") | (Q(state="with_head") & ~Q(written_by=user))
    if hat.holds("focal_point", "clerk"):
        moves |= Q(state__in=("returned", "draft", "approved"))
    if hat.holds("officer", "head"):
        moves |= Q(state__in=WRITABLE_STATES, written_by=user)
    rows = ProcedureVersion.objects.filter(moves, procedure__agency=hat.agency)
    return rows.select_related("procedure__agency").order_by(F("due_on").asc(nulls_last=True), "pk")


def proposals_waiting_for(user: Any) -> QuerySet[CommunicationProposal]:
    """What other bodies propose to the coordinator of a plan that runs."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*MANAGERS):
        return CommunicationProposal.objects.none()
    rows = CommunicationProposal.objects.filter(
        state="proposed", plan__state="issued", plan__coordinator=hat.agency
    )
    return rows.select_related("plan", "agency").order_by("proposed_at", "pk")


def imports_waiting_for(user: Any) -> QuerySet[ProcedureImport]:
    """Files that were read: the head of the committee's office confirms what somebody else has handed in."""
    if not permits(user, "procedures.import_procedures") or not user.hat.holds("head"):
        return ProcedureImport.objects.none()
    return imports_visible_to(user).filter(state="read").exclude(started_by=user)


def version_before(version: ProcedureVersion) -> ProcedureVersion | None:
    """What a version is compared with: the one published before it."""
    earlier = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, number__lt=version.number, state__in=PUBLIC_STATES
    )
    return earlier.select_related("online_level", "procedure").order_by("-number").first()


def publication_rule(version: ProcedureVersion) -> RuleInForce | None:
    """The text that gives the time to publish, to be shown with whether somebody has checked it."""
    if version.decided_on is None:
        return None
    try:
        return rule_on(PUBLICATION_RULE, version.decided_on)
    except MissingRuleError:
        return None


def agencies_with_desks(user: Any) -> QuerySet[Agency]:
    """Bodies whose one-stop unit a person may look after: the own one; for who oversees, all with procedures."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READING_ROLES):
        return Agency.objects.none()
    rows = Agency.objects.select_related("service_desk")
    if not _sees_all(user):
        return rows.filter(pk=hat.agency.pk)
    in_register = Procedure.objects.filter(agency=OuterRef("pk"))
    return rows.filter(Q(Exists(in_register)) | Q(pk=hat.agency.pk))
