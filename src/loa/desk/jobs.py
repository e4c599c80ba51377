"""A large reorganisation, rehearsed or applied behind the page. Safe to run twice: applied is applied."""

from loa.core import progress
from loa.core.models import Job
from loa.core.workflow import FlowError, StaleError
from loa.desk import actions
from loa.directory.models import ReorganisationDecision, User


def rehearse_decision(decision_pk: int, by_pk: int, hat_pk: int, job_pk: int) -> None:
    decision, by, job = _read(decision_pk, by_pk, hat_pk, job_pk)
    progress.begin(job)
    try:
        actions.rehearse_decision(decision, by=by, tell=lambda number: progress.show(job, number))
    except FlowError as error:
        progress.fail(job, str(error))
        return
    _finish(job, decision)


def apply_decision(decision_pk: int, by_pk: int, hat_pk: int, job_pk: int) -> None:
    decision, by, job = _read(decision_pk, by_pk, hat_pk, job_pk)
    progress.begin(job)
    try:
        actions.apply_decision(decision, by=by, tell=lambda number: progress.show(job, number))
    except StaleError:
        decision.refresh_from_db()
        if decision.state != "applied":
            progress.fail(job, str(decision.get_state_display()))
            return
    except FlowError as error:
        progress.fail(job, str(error))
        return
    _finish(job, decision)


def _read(decision_pk: int, by_pk: int, hat_pk: int, job_pk: int) -> tuple[ReorganisationDecision, User, Job]:
    """Who asked for it acts under the hat that was worn then."""
    by = User.objects.get(pk=by_pk)
    by.wear(hat_pk)
    return ReorganisationDecision.objects.get(pk=decision_pk), by, Job.objects.get(pk=job_pk)


def _finish(job: Job, decision: ReorganisationDecision) -> None:
    progress.advance(job, job.total_count)
    progress.finish(job, result_url=decision.get_absolute_url())
