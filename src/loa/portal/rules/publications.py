"""Who may, in the portal. Predicates look at the hat that is worn; none asks the database per row."""

import rules

WRITERS = ("contributor", "officer", "editor", "focal_point", "head")
EDITORS = ("editor", "approver", "focal_point", "head")
SENDERS = ("editor", "focal_point", "head")
MANAGERS = ("focal_point", "head")
RECEIVERS = ("officer", "focal_point", "head", "clerk")


def _holds(user, agency, *roles: str) -> bool:
    """Under the present hat, also for a body that ended and left it what was open."""
    return bool(user.hat and user.hat.holds(*roles) and user.answers_for(agency))


# publications ------------------------------------------------------------------------------------


@rules.predicate
def may_write_publications(user) -> bool:
    return bool(user.hat and user.hat.holds(*WRITERS))


@rules.predicate
def writes_publication(user, publication) -> bool:
    return bool(publication and _holds(user, publication.agency, *WRITERS))


@rules.predicate
def edits_publication(user, publication) -> bool:
    return bool(publication and _holds(user, publication.agency, *EDITORS))


@rules.predicate
def approves_publication(user, publication) -> bool:
    """Four eyes: not who wrote it, changed it last or handed it in."""
    if not publication or user.pk in publication.writer_ids:
        return False
    return _holds(user, publication.agency, "approver", "head")


@rules.predicate
def manages_publication(user, publication) -> bool:
    return bool(publication and _holds(user, publication.agency, *MANAGERS))


@rules.predicate
def changes_publication(user, publication) -> bool:
    """A draft its writers, what lies with the editor the editors; the print's facts also after approval."""
    if not publication:
        return False
    if publication.state == "draft":
        return writes_publication(user, publication)
    return publication.state in ("with_editor", "approved") and edits_publication(user, publication)


@rules.predicate
def sends_dispatch(user, dispatch) -> bool:
    return bool(dispatch and _holds(user, dispatch.publication.agency, *SENDERS))


@rules.predicate
def sends_parcel(user, parcel) -> bool:
    return bool(parcel and sends_dispatch(user, parcel.dispatch))


@rules.predicate
def receives_parcel(user, parcel) -> bool:
    return bool(parcel and _holds(user, parcel.agency, *RECEIVERS))


rules.add_perm("portal.add_publication", may_write_publications)
rules.add_perm("portal.write_publication", writes_publication)
rules.add_perm("portal.change_publication", changes_publication)
rules.add_perm("portal.edit_publication", edits_publication)
rules.add_perm("portal.approve_publication", approves_publication)
rules.add_perm("portal.release_publication", edits_publication)
rules.add_perm("portal.withdraw_publication", manages_publication)
rules.add_perm("portal.distribute", sends_dispatch)
rules.add_perm("portal.record_receipt", sends_parcel)
rules.add_perm("portal.confirm_parcel", receives_parcel)
