"""What the intake decides: what it is, whose it is, and what goes another way."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback import notices
from loa.feedback.actions.limits import start_clock, stop_all, stop_clock
from loa.feedback.models import Case, CaseMove, Subject, Suggestion
from loa.feedback.queries import grounds_on, routed, suggested
from loa.feedback.states import ANSWERED_STATES, CASE


@transaction.atomic
def classify_case(case: Case, *, kind: str, subject: Subject | None, by: User) -> None:
    """Say what a case is and about what. A complaint is guided instead, a denunciation kept apart."""
    _require_handled(kind)
    CASE.take(case, "classify", by=by, kind=kind, subject=subject)
    stop_clock(case, "classify", on=clock.today())


@transaction.atomic
def assign_case(case: Case, agency: Agency, *, note: str = "", by: User) -> None:
    """Send a case to the agency whose it is."""
    _require_there(agency)
    CASE.take(case, "assign", by=by, note=note, agency=agency, officer=None)
    _move(case, "assign", source=case.intake, target=agency, reason=note, by=by)
    stop_clock(case, "transfer", on=clock.today())
    if case.clocks.exists():  # those of a dialogue's question start when the session has ended
        start_clock(case, "update", on=clock.today())
    notices.tell_assigned(case)


@transaction.atomic
def transfer_case(case: Case, agency: Agency, *, note: str, by: User) -> None:
    """Send a case on to another agency, with the reason. What was drafted goes along."""
    _require_there(agency)
    source = case.agency
    if source is None or source.pk == agency.pk:
        raise FlowError(_("The case is already with this agency."))
    CASE.take(case, "transfer", by=by, note=note, agency=agency, officer=None)
    _move(case, "transfer", source=source, target=agency, reason=note, by=by)
    notices.tell_assigned(case)


@transaction.atomic
def give_back_case(case: Case, *, note: str, suggested: Agency | None = None, by: User) -> None:
    """Not ours: back to the intake, with the reason and, where it is known, whose it is."""
    source = case.agency
    CASE.take(case, "give_back", by=by, note=note, agency=None, officer=None)
    if source is not None:
        _move(case, "give_back", source=source, target=suggested, reason=note, by=by)
    stop_clock(case, "update", on=clock.today(), is_void=True)
    start_clock(case, "transfer", on=clock.today())
    notices.tell_given_back(case, source)


@transaction.atomic
def decide_case(
    case: Case, *, kind: str, subject: Subject | None, agency: Agency, note: str = "", by: User
) -> None:
    """Classify and send in one act. What was suggested is kept beside what was chosen, to be counted."""
    if case.state == "classified":
        _classify_again(case, kind=kind, subject=subject, by=by)
    else:
        classify_case(case, kind=kind, subject=subject, by=by)
    assign_case(case, agency, note=note, by=by)
    _keep_suggestion(case, agency, by=by)


def _classify_again(case: Case, *, kind: str, subject: Subject | None, by: User) -> None:
    """A case that an agency gave back is looked at anew."""
    require(by, "feedback.classify", case)
    _require_handled(kind)
    before = case.kind, case.subject_id
    if before != (kind, subject.pk if subject else None):
        Case.objects.filter(pk=case.pk).update(kind=kind, subject=subject)
        case.kind, case.subject = kind, subject
        history.record(case, "case.classify_again", by=by)


def _keep_suggestion(case: Case, agency: Agency, *, by: User) -> None:
    """Of a case that is sent a second time the first decision counts."""
    today = clock.today()
    found = suggested(case, on=today)
    rule = routed(intake=case.intake, kind=case.kind, subject=case.subject, commune=case.commune, on=today)
    first = found.agencies[0] if found.agencies else None
    Suggestion.objects.get_or_create(
        case=case,
        defaults={
            "rule": rule.rule if rule else None,
            "rule_agency": rule.agency if rule else None,
            "agency": first.what if first else None,
            "percent": first.percent if first else 0,
            "was_shown": agency.pk in [guess.key for guess in found.agencies],
            "subject": found.subjects[0].what if found.subjects else None,
            "chosen_agency": agency,
            "chosen_subject": case.subject,
            "by": by,
            "at": clock.now(),
        },
    )


@transaction.atomic
def refuse_case(case: Case, *, ground: str, note: str, by: User) -> None:
    """Not handled, on a lawful ground in force today and with words to the asker."""
    if not grounds_on(clock.today()).filter(code=ground).exists():
        raise FlowError(_("Choose a ground that is in force today."))
    CASE.take(case, "refuse", by=by, note=note, ground=ground, ended_at=clock.now())
    stop_all(case, on=clock.today(), is_void=True)
    notices.tell_ended(case)


@transaction.atomic
def guide_case(
    case: Case, *, note: str, kind: str = Case.Kind.COMPLAINT, forward_to: Agency | None = None, by: User
) -> None:
    """Another route: a complaint by its own law, or a report of a place. The asker is told; it is forwarded on record."""
    if kind in Case.HANDLED:
        raise FlowError(_("This kind of case is handled here: classify it."))
    if forward_to is not None:
        _require_there(forward_to)
    CASE.take(case, "guide", by=by, note=note, kind=kind, ended_at=clock.now())
    stop_all(case, on=clock.today(), is_void=True)
    if forward_to is not None:
        _move(case, "forward", source=case.intake, target=forward_to, reason="", by=by)
        notices.tell_forwarded(case, forward_to)
    notices.tell_ended(case)


@transaction.atomic
def merge_case(case: Case, into: Case, *, by: User) -> None:
    """Answer a case together with another one: its asker is told what the other's is told."""
    if (
        into.pk == case.pk
        or into.merged_into_id
        or into.state in ("merged", "isolated", "withdrawn", "refused")
    ):
        raise FlowError(_("Choose a case that is itself open or answered."))
    CASE.take(case, "merge", by=by, note=into.code, merged_into=into, ended_at=clock.now())
    Case.objects.filter(merged_into=case).update(merged_into=into)
    stop_all(case, on=clock.today(), is_void=True)
    history.record(into, "case.take_in_merged", by=by, data={"code": case.code})
    if into.state in ANSWERED_STATES:
        notices.tell_answered_together(case)
    else:
        notices.tell_merged(case)


def _move(case: Case, kind: str, *, source: Agency, target: Agency | None, reason: str, by: User) -> None:
    CaseMove.objects.create(
        case=case, kind=kind, source=source, target=target, reason=reason, by=by, at=clock.now()
    )


def _require_handled(kind: str) -> None:
    if kind == Case.Kind.COMPLAINT:
        raise FlowError(
            _(
                "A complaint under the Law on Complaints is not handled here: redirect it to the "
                "complaints procedure."
            )
        )
    if kind == Case.Kind.SCENE:
        raise FlowError(_("A street-level report is not handled here: hand it over."))


def _require_there(agency: Agency) -> None:
    if agency.valid_to and agency.valid_to < clock.today():
        raise FlowError(_("%(agency)s no longer exists: choose the body that followed.") % {"agency": agency})
