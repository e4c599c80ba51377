"""Who may, with procedures. An agency writes, its head approves what another has written; the committee's office
oversees the register and takes files of it in. Predicates compare ids of the hat that is worn.
"""

from typing import Any

import rules

WORKERS = ("officer", "focal_point", "head", "clerk")
MANAGERS = ("focal_point", "head")
PUBLISHERS = ("focal_point", "head", "clerk")
OVERSEERS = ("focal_point", "head", "clerk")


def _wears(user: Any, agency_id: int | None, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


def is_committee_office(agency: Any) -> bool:
    """The office of a people's committee, which controls the procedures of all its bodies."""
    return agency.kind == "office" and agency.parent_id is not None


@rules.predicate
def works_for_an_agency(user: Any) -> bool:
    return bool(user.hat and user.hat.holds(*WORKERS))


@rules.predicate
def reads_register(user: Any) -> bool:
    return bool(user.hat and user.hat.holds(*WORKERS, "leader"))


@rules.predicate
def oversees_procedures(user: Any) -> bool:
    return bool(user.hat and user.hat.holds(*OVERSEERS) and is_committee_office(user.hat.agency))


@rules.predicate
def heads_oversight(user: Any) -> bool:
    return oversees_procedures(user) and user.hat.holds("head")


@rules.predicate
def writes_procedure(user: Any, procedure: Any) -> bool:
    return bool(procedure and _wears(user, procedure.agency_id, *WORKERS))


@rules.predicate
def writes_version(user: Any, version: Any) -> bool:
    return bool(version and writes_procedure(user, version.procedure))


@rules.predicate
def decides_version(user: Any, version: Any) -> bool:
    return bool(version and _wears(user, version.procedure.agency_id, "head"))


@rules.predicate
def approves_version(user: Any, version: Any) -> bool:
    """Four eyes: the head approves what somebody else has written."""
    return decides_version(user, version) and version.written_by_id != user.pk


@rules.predicate
def publishes_version(user: Any, version: Any) -> bool:
    return bool(version and _wears(user, version.procedure.agency_id, *PUBLISHERS))


@rules.predicate
def supersedes_version(user: Any, version: Any) -> bool:
    """By whoever publishes the next one, or takes it in from the national register."""
    return publishes_version(user, version) or heads_oversight(user)


@rules.predicate
def takes_in_version(user: Any, _version: Any) -> bool:
    """A part of an import, which asks its own permission before."""
    return heads_oversight(user)


@rules.predicate
def keeps_desk_of(user: Any, agency: Any) -> bool:
    return bool(agency and (_wears(user, agency.pk, *PUBLISHERS) or oversees_procedures(user)))


@rules.predicate
def manages_answers(user: Any, procedure: Any) -> bool:
    return bool(procedure and _wears(user, procedure.agency_id, *MANAGERS))


@rules.predicate
def proposes_communication(user: Any, version: Any) -> bool:
    return bool(version and _wears(user, version.procedure.agency_id, *WORKERS))


@rules.predicate
def decides_proposal(user: Any, proposal: Any) -> bool:
    return bool(proposal and _wears(user, proposal.plan.coordinator_id, *MANAGERS))


@rules.predicate
def withdraws_proposal(user: Any, proposal: Any) -> bool:
    return bool(proposal and _wears(user, proposal.agency_id, *WORKERS))


@rules.predicate
def prepares_import(user: Any, imported: Any) -> bool:
    return bool(imported and _wears(user, imported.agency_id, *OVERSEERS) and oversees_procedures(user))


@rules.predicate
def confirms_import(user: Any, imported: Any) -> bool:
    """Four eyes: the head of the office confirms what somebody else has handed in."""
    return bool(
        imported
        and _wears(user, imported.agency_id, "head")
        and oversees_procedures(user)
        and imported.started_by_id != user.pk
    )


rules.add_perm("procedures.see_register", reads_register)
rules.add_perm("procedures.oversee", oversees_procedures)
rules.add_perm("procedures.add_procedure", works_for_an_agency)
rules.add_perm("procedures.write_procedure", writes_procedure)
rules.add_perm("procedures.write_version", writes_version)
rules.add_perm("procedures.decide_version", decides_version)
rules.add_perm("procedures.approve_version", approves_version)
rules.add_perm("procedures.publish_version", publishes_version)
rules.add_perm("procedures.supersede_version", supersedes_version)
rules.add_perm("procedures.take_in_version", takes_in_version)
rules.add_perm("procedures.keep_desk", keeps_desk_of)
rules.add_perm("procedures.manage_answers", manages_answers)
rules.add_perm("procedures.propose_communication", proposes_communication)
rules.add_perm("procedures.decide_proposal", decides_proposal)
rules.add_perm("procedures.withdraw_proposal", withdraws_proposal)
rules.add_perm("procedures.import_procedures", oversees_procedures)
rules.add_perm("procedures.prepare_import", prepares_import)
rules.add_perm("procedures.confirm_import", confirms_import)
