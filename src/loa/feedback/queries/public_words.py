"""A case in the words of its asker: how it stands, what comes next, by when and why, what has happened.

The staff's names of states stand in `states.CASE_STATES`. No officer is named here: an agency acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from loa.core.history import entries_of
from loa.core.models import Entry
from loa.core.text import format_date
from loa.feedback.models import Case, CaseClock, CaseMove

# state -> label, what it means, what comes next, the clock that says by when, tone
_STATES: dict[str, tuple[Any, Any, Any, str, str]] = {
    "received": (
        pgettext_lazy("case", "Received"),
        _("%(intake)s has received it and is reading it."),
        _("It is sent to the agency whose matter it is."),
        "transfer",
        "run",
    ),
    "classified": (
        _("Read, being sent on"),
        _("%(intake)s has read it and is choosing the agency whose matter it is."),
        _("It is sent to that agency."),
        "transfer",
        "run",
    ),
    "assigned": (
        _("With the agency"),
        _("%(agency)s has it and answers it."),
        _("The agency answers you."),
        "answer",
        "run",
    ),
    "answering": (
        pgettext_lazy("case", "Being handled"),
        _("%(agency)s is working on it."),
        _("The agency answers you."),
        "answer",
        "run",
    ),
    "with_head": (
        _("Answer written"),
        _("The answer is written. The head of %(agency)s decides on it."),
        _("The answer is approved and sent to you."),
        "answer",
        "run",
    ),
    "approved": (
        _("Answer approved"),
        _("%(intake)s checks whether it answers what you asked."),
        _("The answer is sent to you."),
        "result",
        "run",
    ),
    "answered": (pgettext_lazy("case", "Answered"), _("%(agency)s has answered you."), "", "", "done"),
    "published": (
        _("Answered, shown to everybody"),
        _("%(agency)s has answered. Question and answer are public, without who asked."),
        "",
        "",
        "done",
    ),
    "rated": (
        pgettext_lazy("case", "Answered"),
        _("%(agency)s has answered, and you have rated the answer."),
        "",
        "",
        "done",
    ),
    "closed": (
        pgettext_lazy("case", "Closed"),
        _("%(agency)s has answered; the matter is closed."),
        "",
        "",
        "done",
    ),
    "refused": (
        _("Not handled"),
        _("It cannot be handled here. The reason is given below."),
        "",
        "",
        "late",
    ),
    "guided": (
        _("Handled under another procedure"),
        _(
            "It is a complaint under the Law on Complaints, which has a procedure of its own, described "
            "below."
        ),
        "",
        "",
        "soon",
    ),
    "merged": (
        _("Answered together with others"),
        _("Several people asked the same. One answer is given to all of you."),
        _("You are told the common answer here."),
        "",
        "run",
    ),
    "withdrawn": (
        pgettext_lazy("case", "Withdrawn"),
        _("You have withdrawn it; nothing more is done."),
        "",
        "",
        "plain",
    ),
    "isolated": (_("Not shown"), "", "", "", "plain"),
}


@dataclass(frozen=True, slots=True)
class PublicState:
    label: str
    says: str
    next: str = ""
    by_when: date | None = None
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class PublicClock:
    """One time limit as the asker reads it."""

    label: str
    due_on: date
    why: str
    stopped_on: date | None
    is_late: bool
    row: CaseClock


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    words: str
    detail: str = ""


def public_state(case: Case, clocks: Iterable[CaseClock] | None = None) -> PublicState:
    """How a case stands in plain words. Without its clocks the day is that of the answer; no query then."""
    label, says, then, kind, tone = _STATES[case.state]
    named = {"intake": case.intake, "agency": case.agency or case.intake}
    if case.waiting_since and not case.is_ended:
        return PublicState(
            str(_("Waits for you")),
            str(_("%(agency)s needs something from you to continue. The question is below.")) % named,
            str(_("You reply; the time until then does not count.")),
            tone="soon",
        )
    if case.state == "guided" and case.kind == Case.Kind.SCENE:
        says = _("It is about something in the street: that is looked after by the service 1022.")
    return PublicState(str(label), str(says) % named, str(then), _by_when(case, kind, clocks), tone)


def _by_when(case: Case, kind: str, clocks: Iterable[CaseClock] | None) -> date | None:
    if not kind or case.is_ended:
        return None
    if clocks is None:
        return case.due_on
    running = {row.kind: row.due_on for row in clocks if row.stopped_on is None}
    return running.get(kind) or running.get("answer")


_CLOCKS = {
    "classify": pgettext_lazy("clock of a case", "Read and classified"),
    "transfer": pgettext_lazy("clock of a case", "Sent to the agency whose matter it is"),
    "answer": pgettext_lazy("clock of a case", "Answered"),
    "update": pgettext_lazy("clock of a case", "Progress reported"),
    "result": pgettext_lazy("clock of a case", "Answer sent to you"),
    "publication": pgettext_lazy("clock of a case", "Answer made public"),
}


def public_clocks(clocks: Iterable[CaseClock], today: date) -> list[PublicClock]:
    """What is or was owed by when, and why by then; what is no longer owed is left out."""
    rows = [row for row in clocks if not row.is_void]
    return [
        PublicClock(
            label=str(_CLOCKS[row.kind]),
            due_on=row.due_on,
            why=_why(row),
            stopped_on=row.stopped_on,
            is_late=row.is_late or (row.stopped_on is None and row.due_on < today),
            row=row,
        )
        for row in rows
    ]


def _why(row: CaseClock) -> str:
    """Such as: 20 days from 04/03/2019, extended by 10 days. Thông tư 02/2017/TT-VPCP."""
    if row.working_days is not None:
        span = ngettext("%(n)d working day", "%(n)d working days", row.working_days) % {"n": row.working_days}
    else:
        span = ngettext("%(n)d day", "%(n)d days", row.days or 0) % {"n": row.days or 0}
    parts = [str(_("%(span)s from %(day)s")) % {"span": span, "day": format_date(row.start_on)}]
    if row.paused_days:
        parts.append(
            ngettext("%(n)d day waiting for you", "%(n)d days waiting for you", row.paused_days)
            % {"n": row.paused_days}
        )
    if row.extended_days:
        parts.append(
            ngettext("extended by %(n)d day", "extended by %(n)d days", row.extended_days)
            % {"n": row.extended_days}
        )
    return f"{', '.join(parts)}. {row.legal_basis}"


_HAPPENED: dict[str, Any] = {  # an act that is not in here is the agency's own affair
    "case.submit": _("Your case came in"),
    "case.classify": _("It was read and classified"),
    "case.accept": _("The agency took it on"),
    "case.hand_to_head": _("The answer was written and waits for the head's decision"),
    "case.approve": _("The head approved the answer"),
    "case.return_answer": _("The answer was returned to the agency: it did not answer what you asked"),
    "case.send": _("The answer was sent to you"),
    "case.publish": _("Question and answer were made public"),
    "case.rate": _("You rated the answer"),
    "case.rate_again": _("You rated the answer anew"),
    "case.reopen": _("The case was reopened"),
    "case.close": _("The case was closed"),
    "case.refuse": _("It was not taken up"),
    "case.guide": _("You were referred to the complaints procedure"),
    "case.merge": _("It is answered together with others"),
    "case.withdraw": _("You withdrew it"),
    "case.extend": _("The time to answer was extended"),
    "case.say_status": _("The agency reported progress"),
    "case.ask_information": _("You were asked for something"),
    "case.give_information": _("You replied"),
    "case.end_waiting": _("Your reply is no longer awaited; the time limits run again"),
    "case.move_due": _("The calendar of days off changed, and a day with it"),
    "case.withdraw_consent": _("You withdrew a consent"),
    "case.ask_data": _("You made a request about your data"),
    "case.carry_out_data": _("Your request about your data was carried out"),
    "case.purge": _("The sender's details were erased: the retention period is over"),
}
_TOLD = {"case.refuse", "case.guide", "case.extend", "case.say_status", "case.ask_information"}
_MOVED = {
    "assign": _("Sent to %(target)s"),
    "transfer": _("Transferred by %(source)s to %(target)s"),
    "give_back": _("%(source)s returned it: it is not its matter"),
}


def happenings(case: Case) -> list[Happening]:
    """What happened, newest first, without anybody's name. Two queries."""
    acts = [_of_entry(entry) for entry in entries_of([case]) if entry.action in _HAPPENED]
    moves = [_of_move(move) for move in case.moves.select_related("source", "target")]
    return sorted([*acts, *moves], key=lambda each: each.at, reverse=True)


def _of_entry(entry: Entry) -> Happening:
    detail = entry.note if entry.action in _TOLD else ""
    if entry.action == "case.move_due":
        days = [format_date(date.fromisoformat(entry.data[end])) for end in ("from", "to")]
        detail = str(_("from %(old)s to %(new)s")) % {"old": days[0], "new": days[1]}
    return Happening(entry.at, str(_HAPPENED[entry.action]), detail)


def _of_move(move: CaseMove) -> Happening:
    named = {"source": move.source, "target": move.target or ""}
    detail = move.reason if move.kind == "transfer" else ""
    return Happening(move.at, str(_MOVED[move.kind]) % named, detail)
