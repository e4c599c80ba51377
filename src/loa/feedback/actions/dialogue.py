"""A dialogue's questions: asked, let through, grouped, sent to the panel, answered aloud, signed, and run on after it.

Each act ends by telling the screens: the hall gets the fragment everybody sees, the moderators a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from loa.core import clock, history, live
from loa.core.access import require
from loa.core.text import headline
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.events.actions import begin_paper, write_paper
from loa.events.models import Event, EventPaper
from loa.events.queries import takes_questions
from loa.feedback import hall, notices
from loa.feedback.actions.counting import count_answer
from loa.feedback.actions.intake import Identity, Receipt, Words, start_clocks, submit_case
from loa.feedback.actions.limits import start_clock, stop_clock
from loa.feedback.actions.publishing import checked_texts
from loa.feedback.actions.triage import assign_case, classify_case, merge_case, transfer_case
from loa.feedback.models import Case, Publication, Question, QuestionLike
from loa.feedback.queries import main_desk, minutes_text
from loa.feedback.states import CASE, QUESTION

LONGEST_QUESTION = 2000


@transaction.atomic
def ask_question(
    event: Event,
    text: str,
    *,
    key: str,
    token: str = "",
    identity: Identity | None = None,
    consents: Mapping[str, str] | None = None,
    language: str = "vi",
    by: User | None = None,
) -> Receipt:
    """A question to a dialogue, from a phone or written down by a reporter: a case from its arrival.

    Sent twice with one key it is one question. `token` is the digest of the browser's lot, by which the asker
    finds it again. Raises FlowError outside the time in which questions are taken.
    """
    if not takes_questions(event, clock.now()):
        raise FlowError(_("This dialogue takes no questions now."))
    receipt = submit_case(
        Words(content=text[:LONGEST_QUESTION], kind=Case.Kind.QUESTION, language=language),
        key=key,
        source=Case.Source.DIALOGUE,
        identity=identity,
        consents=consents,
        by=by,
        held_for=event.agency,
    )
    if receipt.is_new:
        may_name = bool(identity and identity.name and "name" in (consents or {}))
        question = Question.objects.create(
            case=receipt.case,
            event=event,
            asker_token=token,
            shown_name=identity.name[:100] if identity and may_name else "",
        )
        live.publish(hall.desk_topic(event), kind="question", data=str(question.pk))
    return receipt


@transaction.atomic
def show_question(question: Question, *, public_text: str, by: User) -> None:
    """Let a question through, in words that name nobody who did not want it."""
    text = public_text.strip()
    if not text:
        raise FlowError(_("Write the question as everybody will read it."))
    shows_name = bool(question.shown_name)
    checked_texts(question.case, title=text, question=text, answer=text, shows_name=shows_name)
    QUESTION.take(question, "show", by=by, public_text=text, moderated_by=by, reason="")
    _tell_hall(question)


@transaction.atomic
def refuse_question(question: Question, *, note: str, by: User) -> None:
    """Not shown, with the reason for its asker. The case itself is still answered after the session."""
    was_on_air = question.is_on_air
    QUESTION.take(question, "refuse", by=by, note=note, reason=note, moderated_by=by, on_air_at=None)
    _tell_gone(question, left_the_air=was_on_air)


@transaction.atomic
def group_question(question: Question, lead: Question, *, by: User) -> None:
    """Answer a question together with another: one answer, every asker told."""
    if lead.pk == question.pk or lead.event_id != question.event_id or lead.lead_id:
        raise FlowError(_("Choose another question of this dialogue that is not itself answered with one."))
    if lead.state not in ("shown", "postponed"):
        raise FlowError(_("Let the other question through first."))
    was_on_air = question.is_on_air
    merge_case(question.case, lead.case, by=by)
    QUESTION.take(question, "group", by=by, note=lead.case.code, lead=lead, moderated_by=by, on_air_at=None)
    question.grouped.update(lead=lead)
    liked = QuestionLike.objects.filter(question=question).exclude(
        token__in=QuestionLike.objects.filter(question=lead).values("token")
    )
    added = liked.update(question=lead)
    Question.objects.filter(pk=lead.pk).update(likes_count=F("likes_count") + added)
    lead.refresh_from_db()
    _tell_gone(question, left_the_air=was_on_air)
    _tell_hall(lead)


@transaction.atomic
def route_question(question: Question, agency: Agency, *, note: str = "", by: User) -> None:
    """Send a question to a body of the panel, which drafts the answer."""
    require(by, "feedback.moderate", question)
    if not question.event.panel.filter(agency=agency).exists():
        raise FlowError(_("%(agency)s does not sit on the panel of this dialogue.") % {"agency": agency})
    case = question.case
    if case.state == "received":
        classify_case(case, kind=case.kind_wished or Case.Kind.QUESTION, subject=case.subject, by=by)
    if case.state == "classified":
        assign_case(case, agency, note=note, by=by)
    elif case.agency_id != agency.pk:
        transfer_case(case, agency, note=note or _("Passed on in the session."), by=by)
    live.publish(hall.desk_topic(question.event), kind="question", data=str(question.pk))


@transaction.atomic
def shortlist_question(question: Question, *, is_wanted: bool, by: User) -> None:
    """What the chair takes next."""
    require(by, "feedback.moderate", question)
    if question.state != "shown":
        raise FlowError(_("Let the question through first."))
    question.is_shortlisted = is_wanted
    Question.objects.filter(pk=question.pk).update(is_shortlisted=is_wanted)
    history.record(question, "question.shortlist" if is_wanted else "question.unlist", by=by)
    _tell_hall(question)


@transaction.atomic
def put_on_air(question: Question, *, by: User) -> None:
    """The hall answers this one now; the one before leaves the air."""
    require(by, "feedback.moderate", question)
    if question.state != "shown":
        raise FlowError(_("Let the question through first."))
    if question.event.state != "running":
        raise FlowError(_("The session is not running."))
    before = list(question.event.questions.filter(on_air_at__isnull=False).exclude(pk=question.pk))
    Question.objects.filter(pk__in=[row.pk for row in before]).update(on_air_at=None)
    question.on_air_at = clock.now()
    Question.objects.filter(pk=question.pk).update(on_air_at=question.on_air_at, is_shortlisted=True)
    question.is_shortlisted = True
    history.record(question, "question.put_on_air", by=by)
    for row in before:
        row.on_air_at = None
        hall.tell_everybody(row)
    hall.tell_everybody(question)
    hall.tell_on_air(question.event, question)
    live.publish(hall.desk_topic(question.event), kind="question", data=str(question.pk))


@transaction.atomic
def postpone_question(question: Question, *, note: str, by: User) -> None:
    """Not in the session: answered in writing after it, as everybody is told."""
    was_on_air = question.is_on_air
    QUESTION.take(question, "postpone", by=by, note=note, reason=note, on_air_at=None, is_shortlisted=False)
    _tell_hall(question, left_the_air=was_on_air)


@transaction.atomic
def bring_back_question(question: Question, *, by: User) -> None:
    QUESTION.take(question, "bring_back", by=by, reason="")
    _tell_hall(question)


@transaction.atomic
def draft_live(question: Question, *, text: str, edition: int, by: User) -> int:
    """Write the answer in the hall: the panel's agency, or a note-taker of what was said. Returns the edition."""
    require(by, "feedback.draft_live", question)
    case = question.case
    if case.agency_id is None:
        raise FlowError(_("Send the question to a body of the panel first."))
    rows = Case.objects.filter(pk=case.pk, edition=edition, state__in=("assigned", "answering"))
    if rows.update(answer=text, edition=edition + 1, drafted_by=by) != 1:
        raise FlowError(_("Somebody else has just changed this. Reload the page to see it."))
    case.answer, case.edition, case.drafted_by = text, edition + 1, by
    history.record(question, "question.draft", by=by, data={"edition": case.edition})
    live.publish(hall.desk_topic(question.event), kind="question", data=str(question.pk))
    return case.edition


@transaction.atomic
def sign_answer(question: Question, *, edition: int, by: User) -> Publication:
    """The chair, or the head of the body that answers, signs off: everybody reads it, every asker is told."""
    case = question.case
    if case.edition != edition:
        raise FlowError(_("The draft has changed since you read it: read it again."))
    if not case.answer.strip():
        raise FlowError(_("Write the answer first: there is nothing for the head to decide on."))
    agency, now = case.agency, clock.now()
    if agency is None:
        raise FlowError(_("Send the question to a body of the panel first."))
    signer_for, was_on_air = by.hat.agency if by.hat else agency, question.is_on_air
    QUESTION.take(
        question,
        "answer",
        by=by,
        signed_by=by,
        signed_for=signer_for,
        answered_at=now,
        on_air_at=None,
        is_shortlisted=False,
        released_at=now,
    )
    case.question = question
    CASE.take(case, "answer_live", by=by, answered_at=now, ended_at=now)
    start_clock(case, "answer", on=clock.today())  # answered on the day from which it would have counted
    for kind in ("answer", "update", "result"):
        stop_clock(case, kind, on=clock.today())
    publication = _publish(question, agency, by)
    notices.tell_answered(case)
    _tell_hall(question, left_the_air=was_on_air)
    return publication


def _publish(question: Question, agency: Agency, by: User) -> Publication:
    """The hall has heard it: it is public as it was shown there."""
    row, _is_new = Publication.objects.update_or_create(
        case=question.case,
        defaults={
            "title": headline(question.public_text)[:200],
            "question": question.public_text,
            "answer": question.case.answer,
            "asker_name": question.shown_name,
            "agency": agency,
            "answered_at": question.answered_at,
            "published_at": clock.now(),
            "by": by,
            "withdrawn_at": None,
        },
    )
    history.record(row, "public_answer.publish", by=by, data={"shows_name": bool(row.asker_name)})
    count_answer(row, by=by)
    return row


def like_question(question: Question, *, token: str) -> int:
    """One for each browser; said twice it counts once. Returns how many there are."""
    if question.state not in ("shown", "postponed"):
        raise FlowError(_("This question can no longer be liked."))
    try:
        with transaction.atomic():
            QuestionLike.objects.create(question=question, token=token)
            Question.objects.filter(pk=question.pk).update(likes_count=F("likes_count") + 1)
            question.refresh_from_db(fields=["likes_count"])
            hall.tell_likes(question)
    except IntegrityError:
        question.refresh_from_db(fields=["likes_count"])
    return question.likes_count


@transaction.atomic
def release_question(question: Question) -> bool:
    """After the session: what is not answered goes its way as a case, its clocks from the day the session ended.

    What a body of the panel has stays with it; the rest goes to the city's intake. Twice is once.
    """
    row = Question.objects.select_for_update(of=("self",)).select_related("case", "event").get(pk=question.pk)
    if row.released_at is not None:
        return False
    case, event = row.case, row.event
    Question.objects.filter(pk=row.pk).update(released_at=clock.now(), on_air_at=None)
    if case.is_ended or case.clocks.exists():  # one that came in another way has kept its own
        return False
    desk = main_desk(clock.today())
    case.intake = desk.agency if desk else case.intake
    case.starts_on = clock.today() if event.ended_at is None else _day(event)
    Case.objects.filter(pk=case.pk).update(intake=case.intake, starts_on=case.starts_on)
    if case.state in ("received", "classified"):
        start_clocks(case)
        if case.state == "classified":
            stop_clock(case, "classify", on=case.starts_on)
    else:
        for kind in ("answer", "update"):
            start_clock(case, kind, on=case.starts_on)
    history.record(case, "case.release", by=None, actor="clock", data={"event": event.pk})
    return True


def _day(event: Event) -> date:
    return clock.day_of(event.ended_at)


def _tell_hall(question: Question, *, left_the_air: bool = False) -> None:
    """A question as it now is; what is answered now is told anew only where that has changed."""
    hall.tell_everybody(question)
    _tell_desk(question, left_the_air=left_the_air)


def _tell_gone(question: Question, *, left_the_air: bool = False) -> None:
    hall.tell_gone(question)
    _tell_desk(question, left_the_air=left_the_air)


def _tell_desk(question: Question, *, left_the_air: bool) -> None:
    if left_the_air:
        hall.tell_on_air(question.event, None)
    live.publish(hall.desk_topic(question.event), kind="question", data=str(question.pk))


@transaction.atomic
def attach_case(event: Event, case: Case, *, by: User) -> Question:
    """A case that came in another way is answered in this session; its own clocks go on meanwhile."""
    require(by, "feedback.run_hall", event)
    if case.is_ended or case.state not in ("assigned", "answering"):
        raise FlowError(
            _("Only a case that is with an agency and not yet answered can be brought into a session.")
        )
    if not event.panel.filter(agency=case.agency_id).exists():
        raise FlowError(_("%(agency)s does not sit on the panel of this dialogue.") % {"agency": case.agency})
    question, is_new = Question.objects.get_or_create(
        case=case, defaults={"event": event, "released_at": clock.now()}
    )
    if question.event_id != event.pk:
        raise FlowError(_("This case is answered in another session."))
    if is_new:
        history.record(case, "case.take_into_session", by=by, data={"event": event.pk})
        live.publish(hall.desk_topic(event), kind="question", data=str(question.pk))
    return question


@transaction.atomic
def write_minutes(event: Event, *, by: User) -> EventPaper:
    """Begin the minutes with what was asked, who answered for whom, and what was promised. What stands is kept."""
    require(by, "feedback.run_hall", event)
    paper = begin_paper(event, EventPaper.Kind.MINUTES, by=by)
    if not paper.text.strip():
        with translation.override(settings.LANGUAGE_CODE):
            text = minutes_text(event)
        paper = write_paper(paper, text=text, receivers=paper.receivers, by=by)
    return paper
