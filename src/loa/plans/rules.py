"""Who may, in plans. Predicates compare ids of the hat that is worn; none asks the database per row.

"Office" is the committee's office that accepts the coordinator's own work.
"""

import rules

WORKERS = ("officer", "focal_point", "head")
MANAGERS = ("focal_point", "head")


def _wears(user, agency_id, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def works_in_coordinator(user, plan) -> bool:
    return bool(plan and _wears(user, plan.coordinator_id, *MANAGERS))


@rules.predicate
def is_head_of_coordinator(user, plan) -> bool:
    return bool(plan and _wears(user, plan.coordinator_id, "head"))


@rules.predicate
def works_on_lead_side(user, assignment) -> bool:
    """Focal point and head of the lead agency, and the officer in charge there."""
    if not assignment:
        return False
    if _wears(user, assignment.agency_id, *MANAGERS):
        return True
    return _wears(user, assignment.agency_id, "officer") and assignment.officer_id == user.pk


@rules.predicate
def manages_lead_agency(user, assignment) -> bool:
    return bool(assignment and _wears(user, assignment.agency_id, *MANAGERS))


@rules.predicate
def is_head_of_lead(user, assignment) -> bool:
    return bool(assignment and _wears(user, assignment.agency_id, "head"))


@rules.predicate
def accepts_work(user, assignment) -> bool:
    """The coordinator accepts; the coordinator's own work is accepted by the committee's office.

    Four eyes: nobody accepts what they submitted, nor, under another hat, what an agency of theirs did.
    """
    if not assignment or assignment.submitted_by_id == user.pk:
        return False
    plan = assignment.plan
    own_work = assignment.agency_id == plan.coordinator_id
    return _wears(user, plan.accepting_office_id if own_work else plan.coordinator_id, *MANAGERS) and not any(
        hat.agency.pk == assignment.agency_id and hat.holds(*WORKERS) for hat in user.hats
    )


@rules.predicate
def works_in_requested_agency(user, request) -> bool:
    return bool(request and _wears(user, request.agency_id, *MANAGERS))


@rules.predicate
def works_on_duty(user, duty_assignment) -> bool:
    return bool(duty_assignment and _wears(user, duty_assignment.agency_id, *WORKERS))


@rules.predicate
def decides_extension(user, extension) -> bool:
    return bool(extension and accepts_work(user, extension.assignment))


@rules.predicate
def gives_explanation(user, explanation) -> bool:
    return bool(explanation and manages_lead_agency(user, explanation.assignment))


@rules.predicate
def manages_occurrence(user, occurrence) -> bool:
    """Its own lead or the plan's coordinator."""
    if not occurrence or not user.hat:
        return False
    return _wears(user, occurrence.lead_id, *MANAGERS) or works_in_coordinator(user, occurrence.task.plan)


@rules.predicate
def enters_target(user, target) -> bool:
    return bool(target and works_in_coordinator(user, target.task.plan))


@rules.predicate
def recorded_for_own_agency(user, deliverable) -> bool:
    return bool(deliverable and _wears(user, deliverable.agency_id, *WORKERS))


@rules.predicate
def may_issue_amendment(user, amendment) -> bool:
    """The coordinator's head, or its clerk who numbers and sends."""
    return bool(amendment and _wears(user, amendment.plan.coordinator_id, "head", "clerk"))


@rules.predicate
def drafts_amendment(user, amendment) -> bool:
    return bool(amendment and works_in_coordinator(user, amendment.plan))


@rules.predicate
def ends_work(user, work) -> bool:
    """Work ends where its plan is closed or amended: by who may do that for the coordinator."""
    inner = getattr(work, "assignment", None) or getattr(work, "task", None)
    plan = getattr(work, "plan", None) or getattr(inner, "plan", None)
    return bool(plan and _wears(user, plan.coordinator_id, *MANAGERS, "clerk"))


@rules.predicate
def keeps_papers_of_agency(user, sub_plan) -> bool:
    return bool(sub_plan and _wears(user, sub_plan.duty_assignment.agency_id, *MANAGERS, "clerk"))


@rules.predicate
def manages_agency_of_sub_plan(user, sub_plan) -> bool:
    return bool(sub_plan and _wears(user, sub_plan.duty_assignment.agency_id, *MANAGERS))


@rules.predicate
def asks_for_sub_plans(user, sub_plan) -> bool:
    return bool(sub_plan and works_in_coordinator(user, sub_plan.demand.plan))


@rules.predicate
def guides(user, guidance) -> bool:
    return bool(guidance and works_in_coordinator(user, guidance.plan))


@rules.predicate
def receives_guidance(user, receipt) -> bool:
    return bool(receipt and _wears(user, receipt.agency_id, *MANAGERS))


@rules.predicate
def answers_guidance(user, receipt) -> bool:
    return bool(receipt and works_in_coordinator(user, receipt.guidance.plan))


@rules.predicate
def talked_for_own_agency(user, talk) -> bool:
    return bool(talk and _wears(user, talk.agency_id, *WORKERS))


def is_administrator(user) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


rules.add_perm("plans.pass_on", is_administrator)
rules.add_perm(
    "plans.import_plan", rules.predicate(lambda user: bool(user.hat and user.hat.holds(*MANAGERS)))
)
rules.add_perm("plans.issue_plan", works_in_coordinator)
rules.add_perm("plans.announce_plan", works_in_coordinator)
rules.add_perm("plans.close_plan", is_head_of_coordinator)
rules.add_perm("plans.work_on_assignment", works_on_lead_side)
rules.add_perm("plans.name_officer", manages_lead_agency)
rules.add_perm("plans.approve_assignment", is_head_of_lead)
rules.add_perm("plans.accept_assignment", accepts_work)
rules.add_perm("plans.ask_extension", manages_lead_agency)
rules.add_perm("plans.decide_extension", decides_extension)
rules.add_perm("plans.ask_explanation", accepts_work)
rules.add_perm("plans.give_explanation", gives_explanation)
rules.add_perm("plans.answer_request", works_in_requested_agency)
rules.add_perm("plans.work_on_duty", works_on_duty)
rules.add_perm("plans.manage_occurrence", manages_occurrence)
rules.add_perm("plans.withdraw_deliverable", recorded_for_own_agency)
rules.add_perm("plans.classify_tasks", works_in_coordinator)
rules.add_perm("plans.enter_target", enters_target)
rules.add_perm("plans.give_work", works_in_coordinator)
rules.add_perm("plans.carry_over", works_in_coordinator)
rules.add_perm("plans.amend_plan", drafts_amendment)
rules.add_perm("plans.issue_amendment", may_issue_amendment)
rules.add_perm("plans.end_work", ends_work)
rules.add_perm("plans.ask_sub_plans", asks_for_sub_plans)
rules.add_perm("plans.register_sub_plan", keeps_papers_of_agency)
rules.add_perm("plans.take_back_sub_plan", manages_agency_of_sub_plan)
rules.add_perm("plans.guide", guides)
rules.add_perm("plans.acknowledge_guidance", receives_guidance)
rules.add_perm("plans.answer_guidance", answers_guidance)
rules.add_perm("plans.change_talk", talked_for_own_agency)
