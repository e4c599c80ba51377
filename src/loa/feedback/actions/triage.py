"""What the intake decides: what it is, whose it is, and what goes another way."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback import notices
from loa.feedback.actions.limits import start_clock, stop_all, stop_clock
from loa.feedback.models import Case, CaseMove, Subject
from loa.feedback.states import ANSWERED_STATES, CASE


@transaction.atomic
def classify_case(case: Case, *, kind: str, subject: Subject | None, by: User) -> None:
    """Say what a case is and about what. A complaint is guided instead, a denunciation kept apart."""
    if kind == Case.Kind.COMPLAINT:
        raise FlowError(
            _("A complaint under the Law on Complaints is not handled here: guide it to its own route.")
        )
    CASE.take(case, "classify", by=by, kind=kind, subject=subject)
    stop_clock(case, "classify", on=clock.today())


@transaction.atomic
def assign_case(case: Case, agency: Agency, *, note: str = "", by: User) -> None:
    """Send a case to the agency whose it is."""
    _require_there(agency)
    CASE.take(case, "assign", by=by, note=note, agency=agency, officer=None)
    _move(case, "assign", source=case.intake, target=agency, reason=note, by=by)
    stop_clock(case, "transfer", on=clock.today())
    start_clock(case, "update", on=clock.today())
    notices.tell_assigned(case)


@transaction.atomic
def transfer_case(case: Case, agency: Agency, *, note: str, by: User) -> None:
    """Send a case on to another agency, with the reason. What was drafted goes along."""
    _require_there(agency)
    source = case.agency
    if source is None or source.pk == agency.pk:
        raise FlowError(_("The case is with this agency already."))
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
def refuse_case(case: Case, *, ground: str, note: str, by: User) -> None:
    """Not handled, on a lawful ground and with words to the asker."""
    CASE.take(case, "refuse", by=by, note=note, ground=ground, ended_at=clock.now())
    stop_all(case, on=clock.today(), is_void=True)
    notices.tell_ended(case)


@transaction.atomic
def guide_case(case: Case, *, note: str, by: User) -> None:
    """A complaint under its own law: the asker is told the route; nothing is handled here."""
    CASE.take(case, "guide", by=by, note=note, kind=Case.Kind.COMPLAINT, ended_at=clock.now())
    stop_all(case, on=clock.today(), is_void=True)
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


def _require_there(agency: Agency) -> None:
    if agency.valid_to and agency.valid_to < clock.today():
        raise FlowError(_("%(agency)s no longer exists: choose the body that followed.") % {"agency": agency})
