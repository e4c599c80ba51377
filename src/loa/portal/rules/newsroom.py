"""Who may, in the newsroom. Predicates compare the hat that is worn; where agencies own pages, queries.territory says which."""

import rules

EDITORS = ("editor", "approver")
WRITERS = ("contributor", *EDITORS)
NEWSROOM = (*WRITERS, "clerk", "head", "administrator")  # who may pass the door of /toa-soan/


def holds(user, *roles: str) -> bool:
    return bool(user.hat and user.hat.holds(*roles))


@rules.predicate
def works_in_newsroom(user) -> bool:
    return holds(user, *NEWSROOM)


@rules.predicate
def keeps_the_portal(user) -> bool:
    return holds(user, "administrator")


rules.add_perm("wagtailadmin.access_admin", works_in_newsroom)
for _model in ("site", "collection", "workflow", "task"):
    for _verb in ("add", "change", "delete"):
        rules.add_perm(f"wagtailcore.{_verb}_{_model}", keeps_the_portal)
for _verb in ("add", "change", "delete"):
    rules.add_perm(f"wagtailredirects.{_verb}_redirect", keeps_the_portal)


@rules.predicate
def decides_urgent(user, release) -> bool:
    """An approver of the agency whose site it is; never who released it or wrote the story (four eyes)."""
    if not release or not holds(user, "approver") or user.hat.agency.pk != release.agency_id:
        return False
    return release.by_id != user.pk and (release.story is None or release.story.owner_id != user.pk)


@rules.predicate
def edits_for_agency(user, thing) -> bool:
    """An editor or approver of the agency whose it is; without a thing: of any agency."""
    return holds(user, *EDITORS) and (thing is None or user.hat.agency.pk == thing.agency_id)


@rules.predicate
def gives_assignments(user, assignment) -> bool:
    """Editors of the agency; the focal point and head who answer for its work in the plan as well."""
    return holds(user, *EDITORS, "focal_point", "head") and (
        assignment is None or user.hat.agency.pk == assignment.agency_id
    )


@rules.predicate
def is_the_reporter(user, assignment) -> bool:
    return bool(assignment and assignment.reporter_id == user.pk)


@rules.predicate
def contributes(user, contribution) -> bool:
    """Who writes for the network, and of what is there already only its author."""
    return holds(user, *WRITERS) and (contribution is None or contribution.author_id == user.pk)


@rules.predicate
def works_on_stories(user) -> bool:
    return holds(user, *WRITERS, "focal_point", "head")


rules.add_perm("portal.see_desk", works_on_stories)
rules.add_perm("portal.see_calendar", works_on_stories)
rules.add_perm("portal.decide_urgent", decides_urgent)
rules.add_perm("portal.edit_for_agency", edits_for_agency)
rules.add_perm("portal.give_assignment", gives_assignments)
rules.add_perm("portal.write_assignment", is_the_reporter)
rules.add_perm("portal.contribute", contributes)
