"""Who may, with citizens' cases. The intake takes in, classifies and checks; the agency that has a case answers it
and its head approves what another has drafted; nobody but the named intake officer knows of a denunciation.
Predicates compare ids of the hat that is worn.
"""

from typing import Any

import rules

WORKERS = ("officer", "focal_point", "head", "clerk")
MANAGERS = ("focal_point", "head")
READERS = (*WORKERS, "leader")


def _wears(user: Any, agency_id: int | None, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def reads_cases(user: Any) -> bool:
    return bool(user.hat and user.hat.holds(*READERS))


@rules.predicate
def works_for_intake(user: Any) -> bool:
    """Works in a body that keeps an intake desk today."""
    return bool(user.hat and user.hat.holds(*WORKERS) and user.hat.agency.intake_desks.exists())


@rules.predicate
def administers(user: Any) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


@rules.predicate
def keeps_desk(user: Any, desk: Any) -> bool:
    """The desk's own focal point and head change it, an administrator sets one up."""
    if administers(user):
        return True
    return bool(desk and desk.pk and _wears(user, desk.agency_id, *MANAGERS))


@rules.predicate
def keeps_intake(user: Any) -> bool:
    """Subjects, grounds and routing rules: the desk's focal point and head, and administrators."""
    return administers(user) or (works_for_intake(user) and user.hat.holds(*MANAGERS))


@rules.predicate
def enters_cases(user: Any) -> bool:
    """A hotline operator, a one-stop officer or a reporter writes down what somebody says."""
    return bool(user.hat and user.hat.holds(*WORKERS, "contributor", "editor"))


@rules.predicate
def is_intake_of(user: Any, case: Any) -> bool:
    return bool(case and _wears(user, case.intake_id, *WORKERS))


@rules.predicate
def heads_intake_of(user: Any, case: Any) -> bool:
    return bool(case and _wears(user, case.intake_id, *MANAGERS))


@rules.predicate
def handles(user: Any, case: Any) -> bool:
    return bool(case and _wears(user, case.agency_id, *WORKERS))


@rules.predicate
def manages_case(user: Any, case: Any) -> bool:
    return bool(case and _wears(user, case.agency_id, *MANAGERS))


@rules.predicate
def transfers(user: Any, case: Any) -> bool:
    return is_intake_of(user, case) or handles(user, case)


@rules.predicate
def decides_answer(user: Any, case: Any) -> bool:
    return bool(case and _wears(user, case.agency_id, "head"))


@rules.predicate
def approves_answer(user: Any, case: Any) -> bool:
    """Four eyes: the head approves what somebody else has drafted."""
    return decides_answer(user, case) and case.drafted_by_id != user.pk


@rules.predicate
def asks_extension(user: Any, case: Any) -> bool:
    return decides_answer(user, case)


@rules.predicate
def follows_case(user: Any, case: Any) -> bool:
    return is_intake_of(user, case) or handles(user, case)


@rules.predicate
def asks_share(user: Any, obj: Any) -> bool:
    """The agency that has the case asks others for their part (`obj`: the case, or what was asked)."""
    return handles(user, getattr(obj, "case", obj))


@rules.predicate
def answers_share(user: Any, share: Any) -> bool:
    return bool(share and _wears(user, share.agency_id, *WORKERS))


@rules.predicate
def keeps_templates(user: Any, template: Any) -> bool:
    """Texts for answers are kept by whoever works in their agency."""
    return bool(template and _wears(user, template.agency_id, *WORKERS))


@rules.predicate
def acts_on_many(user: Any) -> bool:
    """Chooses several rows of a list at once; each row is asked for again."""
    return bool(user.hat and user.hat.holds(*WORKERS))


@rules.predicate
def sees_load(user: Any) -> bool:
    """Who has how much on the desk: for whoever gives the work out."""
    return bool(user.hat and user.hat.holds(*MANAGERS, "leader"))


@rules.predicate
def sees_identity(user: Any, case: Any) -> bool:
    """Whoever must reach the asker: the intake, and in the agency the officer in charge, focal point and head."""
    if is_intake_of(user, case) or manages_case(user, case):
        return True
    return handles(user, case) and case.officer_id == user.pk


@rules.predicate
def is_denunciation_officer(user: Any, denunciation: Any) -> bool:
    return bool(denunciation and user.is_active and denunciation.officer_id == user.pk)


@rules.predicate
def coordinates_work(user: Any, work: Any) -> bool:
    """Says what counts for a plan's work: who coordinates the plan."""
    return bool(work and _wears(user, work.plan.coordinator_id, *MANAGERS))


@rules.predicate
def handles_data(user: Any, request: Any) -> bool:
    """A request about own data is the intake's that took the case in."""
    return bool(request and _wears(user, request.case.intake_id, *WORKERS))


def moderates_event(user: Any, event: Any) -> bool:
    """The organiser's people run the hall."""
    return bool(event and _wears(user, event.agency_id, *WORKERS))


@rules.predicate
def moderates(user: Any, question: Any) -> bool:
    return bool(question and moderates_event(user, question.event))


@rules.predicate
def drafts_live(user: Any, question: Any) -> bool:
    """The panel's agency writes, and a note-taker of the organiser writes down what was said aloud."""
    return bool(question and (handles(user, question.case) or moderates(user, question)))


def _chairs(user: Any, event: Any) -> bool:
    return _wears(user, event.chair_id, "head", "leader")


@rules.predicate
def signs_question(user: Any, question: Any) -> bool:
    """Four eyes: the head of the agency that answers, or who chairs, signs what somebody else has drafted."""
    if not question or question.case.drafted_by_id == user.pk:
        return False
    return decides_answer(user, question.case) or _chairs(user, question.event)


@rules.predicate
def signs_live(user: Any, case: Any) -> bool:
    question = getattr(case, "question", None) if case else None
    return bool(question and signs_question(user, question))


@rules.predicate
def keeps_promise(user: Any, promise: Any) -> bool:
    return bool(promise and _wears(user, promise.agency_id, *MANAGERS))


@rules.predicate
def withdraws_promise(user: Any, promise: Any) -> bool:
    """Whoever held the session watches over what was promised there."""
    return bool(promise and _wears(user, promise.event.agency_id, *MANAGERS))


@rules.predicate
def moderates_words(user: Any, rating: Any) -> bool:
    """What askers say of an answer is let through by the intake, not by the agency that it is about."""
    return bool(rating and is_intake_of(user, rating.case))


@rules.predicate
def nobody(_user: Any, _case: Any) -> bool:
    """The asker's own, or the clock's: no account may."""
    return False


rules.add_perm("feedback.see_cases", reads_cases)
rules.add_perm("feedback.work_intake", works_for_intake)
rules.add_perm("feedback.keep_desk", keeps_desk)
rules.add_perm("feedback.keep_intake", keeps_intake)
rules.add_perm("feedback.enter_case", enters_cases)
rules.add_perm("feedback.classify", is_intake_of)
rules.add_perm("feedback.assign", is_intake_of)
rules.add_perm("feedback.transfer", transfers)
rules.add_perm("feedback.handle", handles)
rules.add_perm("feedback.manage_case", manages_case)
rules.add_perm("feedback.write_answer", handles)
rules.add_perm("feedback.decide_answer", decides_answer)
rules.add_perm("feedback.approve_answer", approves_answer)
rules.add_perm("feedback.extend", asks_extension)
rules.add_perm("feedback.ask_information", follows_case)
rules.add_perm("feedback.check_answer", is_intake_of)
rules.add_perm("feedback.publish", is_intake_of)
rules.add_perm("feedback.reopen", is_intake_of)
rules.add_perm("feedback.refuse", is_intake_of)
rules.add_perm("feedback.guide", is_intake_of)
rules.add_perm("feedback.isolate", is_intake_of)
rules.add_perm("feedback.merge", is_intake_of)
rules.add_perm("feedback.ask_share", asks_share)
rules.add_perm("feedback.keep_templates", keeps_templates)
rules.add_perm("feedback.act_on_many", acts_on_many)
rules.add_perm("feedback.see_load", sees_load)
rules.add_perm("feedback.answer_share", answers_share)
rules.add_perm("feedback.see_identity", sees_identity)
rules.add_perm("feedback.read_denunciation", is_denunciation_officer)
rules.add_perm("feedback.count_answers", coordinates_work)
rules.add_perm("feedback.handle_data", handles_data)
rules.add_perm("feedback.run_hall", moderates_event)
rules.add_perm("feedback.moderate", moderates)
rules.add_perm("feedback.draft_live", drafts_live)
rules.add_perm("feedback.sign_question", signs_question)
rules.add_perm("feedback.sign_live", signs_live)
rules.add_perm("feedback.keep_promise", keeps_promise)
rules.add_perm("feedback.withdraw_promise", withdraws_promise)
rules.add_perm("feedback.moderate_words", moderates_words)
rules.add_perm("feedback.nobody", nobody)
