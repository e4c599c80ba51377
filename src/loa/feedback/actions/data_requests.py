"""Requests of askers about their own data: a copy, a correction, an erasure, each with its own time limits.

The acts stand in the history without a word of the data. What the intake carries out it does not have to read:
a correction was written by the asker and is put in as it is, a copy is opened by the asker alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.counted_days import count_day
from loa.core.deadlines import CalendarRangeError
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback import notices
from loa.feedback.actions.intake import print_of
from loa.feedback.actions.retention import erase_content, erase_identity
from loa.feedback.models import Asker, Case, DataRequest
from loa.feedback.queries import rule_if_any
from loa.feedback.states import DATA_REQUEST

FIELDS = ("name", "phone", "email", "address")


@transaction.atomic
def ask_data(
    case: Case,
    *,
    kind: str,
    words: str = "",
    wanted: Mapping[str, str] | None = None,
    with_content: bool = False,
) -> DataRequest:
    """The asker's request; one of a kind at a time. Its clocks come from the rules of the day."""
    today = clock.today()
    reply_due_on, reply_basis = _due("privacy.reply", today)
    due_on, due_basis = _due("privacy.carry_out", today)
    if case.purged_at and kind != DataRequest.Kind.COPY:
        raise FlowError(_("The personal data of this case has already been erased."))
    try:
        with transaction.atomic():
            row = DataRequest.objects.create(
                case=case,
                kind=kind,
                words=words,
                wanted=json.dumps(dict(wanted), ensure_ascii=False) if wanted else "",
                with_content=with_content,
                asked_at=clock.now(),
                reply_due_on=reply_due_on,
                reply_basis=reply_basis,
                due_on=due_on,
                due_basis=due_basis,
            )
    except IntegrityError as error:
        raise FlowError(_("You have asked for this already; it is being carried out.")) from error
    history.record(row, "data_request.ask", by=None, actor="citizen", data={"to": "asked", "kind": kind})
    history.record(case, "case.ask_data", by=None, actor="citizen", data={"kind": kind})
    notices.tell_data_asked(row)
    return row


@transaction.atomic
def reply_data_request(row: DataRequest, *, note: str, by: User) -> None:
    """Tell the asker how and by when it is carried out."""
    DATA_REQUEST.take(row, "reply", by=by, note=note, reply=note, replied_at=clock.now())
    notices.tell_data_moved(row)


@transaction.atomic
def decline_data_request(row: DataRequest, *, note: str, by: User) -> None:
    """Not carried out, with the reason."""
    now = clock.now()
    DATA_REQUEST.take(
        row, "decline", by=by, note=note, reply=note, replied_at=now, ended_at=now, wanted="", words=""
    )
    notices.tell_data_moved(row)


@transaction.atomic
def carry_out_data_request(row: DataRequest, *, note: str = "", by: User) -> None:
    """Open the copy to the asker, put the correction in, or erase. What was asked for is then forgotten."""
    case, wanted = row.case, json.loads(row.wanted or "{}")
    if row.kind == DataRequest.Kind.ERASURE and row.with_content and not case.is_ended:
        raise FlowError(
            _("What was written is still being answered: it can be erased once the case has ended.")
        )
    now = clock.now()
    DATA_REQUEST.take(
        row,
        "carry_out",
        by=by,
        note=note,
        reply=note or row.reply,
        replied_at=row.replied_at or now,
        ended_at=now,
        wanted="",
        words="",
    )
    if row.kind == DataRequest.Kind.CORRECTION:
        _correct(case, wanted)
    elif row.kind == DataRequest.Kind.ERASURE:
        erase_identity(case)
        if row.with_content:
            erase_content(case)
    notices.tell_data_moved(
        row
    )  # after an erasure there is no address: the asker reads it on the case's page
    history.record(case, "case.carry_out_data", by=by, data={"kind": row.kind})


def _correct(case: Case, wanted: Mapping[str, str]) -> None:
    asker, _is_new = Asker.objects.get_or_create(case=case)
    for name in FIELDS:
        if name in wanted:
            setattr(asker, name, wanted[name])
    asker.phone_print = print_of("phone", asker.phone)
    asker.email_print = print_of("email", asker.email)
    asker.save()


def _due(code: str, today: date) -> tuple[date | None, str]:
    """The last day a rule of today gives, moved to a worked day, and the text it stands in."""
    rule = rule_if_any(code, today)
    if rule is None:
        return None, ""
    try:
        if "working_days" in rule.values:
            return count_day(today, working_days=rule["working_days"]), rule.legal_basis
        return count_day(today + timedelta(days=rule["days"]), shift="next"), rule.legal_basis
    except CalendarRangeError:
        return None, ""
