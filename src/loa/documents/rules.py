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


rules.add_perm("documents.read", works_for_an_agency)
rules.add_perm("documents.confirm_reading", works_in_importing_agency)
rules.add_perm("documents.register", works_for_an_agency)
rules.add_perm("documents.number", is_clerk_of_issuer)
