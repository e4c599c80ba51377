"""What the agency does with a case, until the asker has the answer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.feedback import notices
from loa.feedback.actions.limits import extend_clock, lengthen, start_clock, stop_clock
from loa.feedback.models import Case, InformationRequest, StatusNote
from loa.feedback.states import AGENCY_STATES, CASE, INTAKE_STATES


@transaction.atomic
def accept_case(case: Case, *, officer: User, by: User) -> None:
    """Take a case on and name who answers it."""
    _require_colleague(case, officer)
    CASE.take(case, "accept", by=by, officer=officer)
    notices.tell_in_charge(case, by=by)


@transaction.atomic
def name_officer(case: Case, *, officer: User, by: User) -> None:
    """Give a case to another officer of the agency."""
    require(by, "feedback.manage_case", case)
    _require_colleague(case, officer)
    if case.officer_id != officer.pk:
        case.officer = officer
        Case.objects.filter(pk=case.pk).update(officer=officer)
        history.record(case, "case.name_officer", by=by, data={"officer": str(officer)})
        notices.tell_in_charge(case, by=by)


def _require_colleague(case: Case, officer: User) -> None:
    if not any(hat.agency.pk == case.agency_id for hat in officer.hats):
        raise FlowError(_("%(person)s does not work in this agency.") % {"person": officer})


@transaction.atomic
def write_answer(case: Case, *, text: str, edition: int, by: User) -> int:
    """Write the draft. Of two who write at once the second is told, and nothing is lost. Returns the edition."""
    require(by, "feedback.write_answer", case)
    rows = Case.objects.filter(pk=case.pk, edition=edition, state="answering")
    if rows.update(answer=text, edition=edition + 1, drafted_by=by) != 1:
        there = Case.objects.filter(pk=case.pk, answer=text, state="answering", drafted_by=by).first()
        if there is not None:  # sent twice: it is saved
            case.answer, case.edition = there.answer, there.edition
            return there.edition
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    case.answer, case.edition, case.drafted_by = text, edition + 1, by
    return case.edition


@transaction.atomic
def hand_answer_to_head(case: Case, *, note: str = "", by: User) -> None:
    if not case.answer.strip():
        raise FlowError(_("Write the answer first: there is nothing for the head to decide on."))
    awaited = [str(share.agency) for share in case.shares.filter(state="asked").select_related("agency")]
    if awaited and not note.strip():
        raise FlowError(
            _("A part is still awaited from %(agencies)s. Say why the answer goes without it.")
            % {"agencies": ", ".join(awaited)}
        )
    CASE.take(case, "hand_to_head", by=by, note=note)
    notices.tell_with_head(case)


@transaction.atomic
def return_to_officer(case: Case, *, note: str, by: User) -> None:
    CASE.take(case, "return_to_officer", by=by, note=note)
    notices.tell_returned(case, note, by=by)


@transaction.atomic
def approve_answer(case: Case, *, note: str = "", by: User) -> None:
    """The head has approved: the result exists, and must be sent within its time."""
    CASE.take(case, "approve", by=by, note=note)
    start_clock(case, "result", on=clock.today())
    notices.tell_approved(case)


@transaction.atomic
def return_answer(case: Case, *, note: str, by: User) -> None:
    """The intake gives an answer back that does not answer, before anybody has read it."""
    CASE.take(case, "return_answer", by=by, note=note)
    stop_clock(case, "result", on=clock.today(), is_void=True)
    notices.tell_returned(case, note, by=by)


@transaction.atomic
def send_answer(case: Case, *, note: str = "", by: User) -> None:
    """The asker has the answer, and so have the askers of all cases that were merged into this one."""
    if case.waiting_since is not None:
        end_waiting(case, by=None, actor="clock")
    now = clock.now()
    CASE.take(case, "send", by=by, note=note, answered_at=now, ended_at=now)
    for kind in ("answer", "update", "result"):
        stop_clock(case, kind, on=clock.today())
    start_clock(case, "publication", on=clock.today())
    notices.tell_answered(case)


@transaction.atomic
def extend_case(case: Case, *, why: str, by: User) -> date:
    """More time to answer, once, with the reason; the asker is told. Returns the new day."""
    require(by, "feedback.extend", case)
    if not why.strip():
        raise FlowError(_("Say why: a reason is required for “%(step)s”.") % {"step": _("Extend the time")})
    row = extend_clock(case, why=why, on=clock.today())
    history.record(case, "case.extend", by=by, note=why, data={"due_on": row.due_on.isoformat()})
    notices.tell_extended(case, row.due_on)
    return row.due_on


@transaction.atomic
def say_status(case: Case, *, words: str, by: User) -> StatusNote:
    """Tell the asker how it stands; the clock of updates starts anew."""
    require(by, "feedback.write_answer", case)
    if case.state not in AGENCY_STATES:
        raise FlowError(_("The case is not being handled now."))
    last = case.status_notes.filter(words=words, by=by).order_by("-pk").first()
    if last is not None and clock.day_of(last.at) == clock.today():
        return last  # a second click tells nobody twice
    note = StatusNote.objects.create(case=case, words=words, by=by, at=clock.now())
    history.record(case, "case.say_status", by=by, note=words)
    stop_clock(case, "update", on=clock.today())
    start_clock(case, "update", on=clock.today())
    notices.tell_status(case, note)
    return note


@transaction.atomic
def ask_information(case: Case, *, question: str, by: User) -> InformationRequest:
    """Ask the asker for what is missing. The clocks stand still until the reply."""
    require(by, "feedback.ask_information", case)
    if case.state not in (*INTAKE_STATES, *AGENCY_STATES):
        raise FlowError(_("The case is not open."))
    if Case.objects.filter(pk=case.pk, waiting_since__isnull=True).update(waiting_since=clock.today()) != 1:
        raise FlowError(_("A question has already been asked and is not answered yet."))
    case.waiting_since = clock.today()
    row = InformationRequest.objects.create(case=case, question=question, by=by, asked_at=clock.now())
    history.record(case, "case.ask_information", by=by, note=question)
    notices.tell_asked(case, row)
    return row


@transaction.atomic
def end_waiting(
    case: Case, *, reply: str = "", note: str = "", by: User | None = None, actor: str = ""
) -> None:
    """The asker has replied, or is awaited no longer. The days between do not count."""
    if by is not None:
        require(by, "feedback.ask_information", case)
    row = case.information_requests.filter(ended_on__isnull=True).select_for_update().first()
    if row is None or case.waiting_since is None:
        raise FlowError(_("No question is open at present."))
    today = clock.today()
    waited = (today - case.waiting_since).days
    row.ended_on, row.reply = today, reply
    row.replied_at = clock.now() if reply else None
    row.save()
    case.waiting_since = None
    Case.objects.filter(pk=case.pk).update(waiting_since=None)
    lengthen(case, waited=waited, on=today)
    verb = "case.give_information" if reply else "case.end_waiting"
    history.record(case, verb, by=by, actor=actor, note=note)  # what the asker replied stands in its own row
    if reply:
        notices.tell_replied(case)
    elif by is None:
        notices.tell_no_reply(case)
