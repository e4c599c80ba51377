"""Who may, in campaigns. Predicates compare ids of the hat that is worn; none asks the database per row."""

import rules

KEEPERS = ("officer", "focal_point", "head", "editor")  # keep the press log and write scripts
MANAGERS = ("focal_point", "head", "editor")
FEEDERS = ("editor", "administrator")  # say which address a job fetches
APPROVERS = ("head", "approver")


def _wears(user, agency_id, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def keeps_press_log(user) -> bool:
    return bool(user.hat and user.hat.holds(*KEEPERS))


@rules.predicate
def manages_press(user) -> bool:
    return bool(user.hat and user.hat.holds(*MANAGERS))


@rules.predicate
def keeps_press_body(user, body) -> bool:
    """Who entered it keeps it; an administrator any."""
    if not body or not user.hat:
        return False
    return _wears(user, body.agency_of_entry_id, *MANAGERS) or user.hat.holds("administrator")


@rules.predicate
def manages_agreement(user, agreement) -> bool:
    return bool(agreement and _wears(user, agreement.agency_id, *MANAGERS))


@rules.predicate
def keeps_clipping(user, clipping) -> bool:
    return bool(clipping and _wears(user, clipping.agency_id, *KEEPERS))


@rules.predicate
def makes_feeds(user) -> bool:
    return bool(user.hat and user.hat.holds(*FEEDERS))


@rules.predicate
def manages_feed(user, feed) -> bool:
    return bool(feed and _wears(user, feed.agency_id, *FEEDERS))


@rules.predicate
def decides_candidate(user, candidate) -> bool:
    return bool(candidate and _wears(user, candidate.agency_id, *KEEPERS))


@rules.predicate
def writes_scripts(user) -> bool:
    return bool(user.hat and user.hat.holds(*KEEPERS, "contributor"))


@rules.predicate
def works_for_script(user, script) -> bool:
    return bool(script and _wears(user, script.agency_id, *KEEPERS, "contributor"))


@rules.predicate
def checks_script(user, script) -> bool:
    """Editors and focal points; a script's own writer may check it, never approve it."""
    return bool(script and _wears(user, script.agency_id, *MANAGERS, "approver"))


@rules.predicate
def approves_script(user, script) -> bool:
    """Four eyes: nobody approves what they wrote."""
    return bool(script and script.writer_id != user.pk and _wears(user, script.agency_id, *APPROVERS))


@rules.predicate
def returns_script(user, script) -> bool:
    return bool(script and _wears(user, script.agency_id, *MANAGERS, *APPROVERS))


@rules.predicate
def manages_station(user, station) -> bool:
    """An agency keeps its own; the one for everybody is the administrator's."""
    if not station or not user.hat:
        return False
    if station.agency_id is None:
        return user.hat.holds("administrator")
    return _wears(user, station.agency_id, *MANAGERS)


@rules.predicate
def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


rules.add_perm("campaigns.keep_clippings", keeps_press_log)
rules.add_perm("campaigns.change_clipping", keeps_clipping)
rules.add_perm("campaigns.add_press_body", manages_press | is_administrator)
rules.add_perm("campaigns.change_press_body", keeps_press_body)
rules.add_perm("campaigns.make_agreements", manages_press)
rules.add_perm("campaigns.change_agreement", manages_agreement)
rules.add_perm("campaigns.make_feeds", makes_feeds)
rules.add_perm("campaigns.change_feed", manages_feed)
rules.add_perm("campaigns.decide_candidate", decides_candidate)
rules.add_perm("campaigns.write_scripts", writes_scripts)
rules.add_perm("campaigns.write_script", works_for_script)
rules.add_perm("campaigns.check_script", checks_script)
rules.add_perm("campaigns.approve_script", approves_script)
rules.add_perm("campaigns.return_script", returns_script)
rules.add_perm("campaigns.use_script", works_for_script)
rules.add_perm("campaigns.make_stations", manages_press)
rules.add_perm("campaigns.change_station", manages_station)
rules.add_perm("campaigns.manage_abbreviations", is_administrator)
