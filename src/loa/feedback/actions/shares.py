"""Joint cases: the agency that answers asks others for their part of the answer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback import notices
from loa.feedback.models import Case, CaseShare
from loa.feedback.queries import why_no_share
from loa.feedback.states import AGENCY_STATES, SHARE

DAYS_BEFORE_ANSWER = 3  # a part is asked for so long before the whole is due, where no day is named


@transaction.atomic
def ask_share(
    case: Case, agency: Agency, *, question: str, due_on: date | None = None, by: User
) -> CaseShare:
    """Ask an agency for its part. One that was given or declined is asked again, with what was said kept.

    Without `due_on` it is due some days before the answer. Raises FlowError where it cannot be asked.
    """
    require(by, "feedback.ask_share", case)
    if why_not := why_no_share(case, agency):
        raise FlowError(why_not)
    due_on = due_on or _usual_day(case)
    if due_on and due_on < clock.today():
        raise FlowError(_("The day lies in the past."))
    said = {"question": question, "due_on": due_on, "asked_by": by, "asked_at": clock.now()}
    share, is_new = CaseShare.objects.get_or_create(case=case, agency=agency, defaults=said)
    if is_new:
        history.record(
            share, "case_share.ask", by=by, note=question, data={"to": "asked", "agency": str(agency)}
        )
    elif share.state != "asked":
        SHARE.take(share, "ask_again", by=by, note=question, **said)
    else:
        return share  # asked already: a second click asks nobody twice
    notices.tell_share_asked(share)
    return share


def _usual_day(case: Case) -> date | None:
    if case.due_on is None:
        return None
    return max(clock.today(), case.due_on - timedelta(days=DAYS_BEFORE_ANSWER))


@transaction.atomic
def give_share(share: CaseShare, *, part: str, by: User) -> None:
    """Give the agency's part of the answer."""
    _require_running(share)
    if not part.strip():
        raise FlowError(_("Write your part of the answer first."))
    SHARE.take(share, "give", by=by, part=part.strip())
    notices.tell_share_answered(share)


@transaction.atomic
def decline_share(share: CaseShare, *, note: str, by: User) -> None:
    """Not ours, or nothing to add: with the reason."""
    _require_running(share)
    SHARE.take(share, "decline", by=by, note=note, part="")
    notices.tell_share_answered(share, note=note)


def _require_running(share: CaseShare) -> None:
    if share.case.state not in AGENCY_STATES:
        raise FlowError(_("The case is not being handled now."))
