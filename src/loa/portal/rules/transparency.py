"""Who may, in the portal."""

import rules


@rules.predicate
def answers_for_plan(user, publication) -> bool:
    """The head of the plan's coordinator, or the head or leader of the body that issued it."""
    if not publication or not user.hat:
        return False
    plan = publication.plan
    if user.hat.agency.pk == plan.coordinator_id and user.hat.holds("head"):
        return True
    return user.hat.agency.pk == plan.issuer_id and user.hat.holds("head", "leader")


rules.add_perm("portal.publish_plan", answers_for_plan)
rules.add_perm("portal.publish_report", answers_for_plan)
