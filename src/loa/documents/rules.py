"""Who may, with documents. A person acts for the agency whose hat is worn, never for another."""

import rules


@rules.predicate
def works_for_an_agency(user) -> bool:
    return bool(user.hat and user.hat.holds("focal_point", "head", "clerk"))


@rules.predicate
def works_in_importing_agency(user, reading) -> bool:
    return bool(
        reading
        and user.hat
        and user.hat.agency.pk == reading.agency_id
        and user.hat.holds("focal_point", "head")
    )


@rules.predicate
def is_clerk_of_issuer(user, document) -> bool:
    return bool(
        document and user.hat and user.hat.agency.pk == document.issuer_id and user.hat.holds("clerk", "head")
    )


@rules.predicate
def keeps_legal_documents(user) -> bool:
    return bool(user.hat and user.hat.holds("clerk", "head"))


@rules.predicate
def keeps_this_legal_document(user, legal) -> bool:
    """Who entered it; what came with the program is kept by the office of the city's committee."""
    if not legal or not keeps_legal_documents(user):
        return False
    if legal.keeper_id is None:
        return user.hat.agency.kind in ("office", "peoples_committee") and user.hat.agency.level == "city"
    return user.answers_for(legal.keeper)


@rules.predicate
def sees_citations(user) -> bool:
    return bool(
        user.hat and user.hat.holds("officer", "focal_point", "clerk", "head", "leader", "editor", "approver")
    )


rules.add_perm("documents.read", works_for_an_agency)
rules.add_perm("documents.confirm_reading", works_in_importing_agency)
rules.add_perm("documents.register", works_for_an_agency)
rules.add_perm("documents.number", is_clerk_of_issuer)
rules.add_perm("documents.enter_legal", keeps_legal_documents)
rules.add_perm("documents.keep_legal", keeps_this_legal_document)
rules.add_perm("documents.see_citations", sees_citations)
