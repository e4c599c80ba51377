"""Who may, in the directory. Predicates are sentences; nothing here asks the database per row."""

import rules

KEEPERS = ("focal_point", "head")


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


@rules.predicate
def has_hat(user) -> bool:
    return user.hat is not None


@rules.predicate
def is_head_of(user, agency) -> bool:
    return bool(agency and user.hat and user.hat.agency.pk == agency.pk and user.hat.holds("head"))


@rules.predicate
def decides_in_person(user) -> bool:
    """Not in the place of a head who is away: what is borrowed is not passed on."""
    return bool(user.hat and user.hat.acting_for is None)


@rules.predicate
def gave_delegation(user, delegation) -> bool:
    return bool(delegation and delegation.giver_id == user.pk)


@rules.predicate
def started_job(user, job) -> bool:
    return bool(job and job.started_by_id == user.pk)


@rules.predicate
def may_keep_networks(user) -> bool:
    return bool(user.hat and user.hat.holds(*KEEPERS))


@rules.predicate
def keeps_network(user, network) -> bool:
    """Of the agency that keeps it, or of the one that carries on that agency."""
    return bool(network and may_keep_networks(user) and user.answers_for(network.keeper))


rules.add_perm("directory.see_directory", has_hat)
rules.add_perm("directory.manage_directory", is_administrator)
rules.add_perm("directory.delegate", is_head_of & decides_in_person)
rules.add_perm("directory.withdraw_delegation", gave_delegation | is_administrator)
rules.add_perm("directory.add_network", may_keep_networks)
rules.add_perm("directory.keep_network", keeps_network)
rules.add_perm("core.manage_calendar", is_administrator)
rules.add_perm("core.manage_jobs", is_administrator)
rules.add_perm("core.manage_rules", is_administrator)
rules.add_perm("core.decide_on_job", is_administrator | started_job)
