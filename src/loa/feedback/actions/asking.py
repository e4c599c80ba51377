"""What the asker does with an own case: reply, rate, have it opened again, take it or a consent back.

Whoever holds code and secret is the asker; `by` is then None and the actor "citizen". No words of the asker's go
into the history: they stand in rows of their own, which an erasure can empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.directory.queries import successor_of
from loa.feedback import notices
from loa.feedback.actions.intake import keep_file
from loa.feedback.actions.limits import start_clock, stop_all, stop_clock
from loa.feedback.actions.work import end_waiting
from loa.feedback.models import Case, Consent, Rating, Reopening
from loa.feedback.queries import may_be_rated, reopen_until
from loa.feedback.states import CASE, RATING


@transaction.atomic
def give_information(case: Case, *, reply: str, files: Iterable[Upload] = ()) -> None:
    """Reply to a question back; the clocks go on."""
    if not reply.strip():
        raise FlowError(_("Write your reply first."))
    end_waiting(case, reply=reply, actor="citizen")
    for upload in files:
        keep_file(case, upload)


@transaction.atomic
def rate_case(case: Case, *, stars: int, words: str = "", may_show: bool = False) -> Rating:
    """What the asker thinks of the answer, 1 to 5; said again, it is replaced, and new words are looked at anew.

    `may_show`: the words may stand beside the public answer, once a moderator let them through.
    """
    if not may_be_rated(case):
        raise FlowError(_("There is no answer to rate yet."))
    main = case.merged_into or case
    before = Rating.objects.filter(case=case).first()
    rating, _is_new = Rating.objects.update_or_create(
        case=case,
        defaults={
            "agency": main.agency or main.intake,
            "stars": stars,
            "words": words,
            "at": clock.now(),
        },
    )
    if case.state in CASE.by_name["rate"].sources:
        CASE.take(case, "rate", by=None, actor="citizen")
    else:
        history.record(case, "case.rate_again", by=None, actor="citizen")
    if before and before.words != words and before.state != "waiting":
        RATING.take(rating, "say_anew", by=None, actor="citizen", public_words="")
    _allow_words(case, may_show=may_show and bool(words))
    if words and (before is None or before.words != words):
        notices.tell_rated(main, rating)
    return rating


def _allow_words(case: Case, *, may_show: bool) -> None:
    """A purpose of its own, kept as the others: ticked again after it was taken back, it counts again."""
    if may_show:
        given = {"words": str(Consent.Purpose.WORDS.label), "given_at": clock.now(), "withdrawn_at": None}
        Consent.objects.update_or_create(case=case, purpose=Consent.Purpose.WORDS, defaults=given)
        return
    allowed = Consent.objects.filter(case=case, purpose=Consent.Purpose.WORDS, withdrawn_at__isnull=True)
    allowed.update(withdrawn_at=clock.now())


@transaction.atomic
def reopen_case(case: Case, *, reason: str, by: User | None = None) -> Reopening:
    """The answer does not answer: back to the agency, with new clocks. By the asker within the time for it."""
    last_day = reopen_until(case)
    if by is None and (last_day is None or clock.today() > last_day):
        raise FlowError(_("The time to have this case reopened is over. Please write a new one."))
    if not reason.strip():
        raise FlowError(_("Say what the answer leaves open."))
    row = Reopening.objects.create(
        case=case,
        reason=reason,
        earlier_answer=case.answer,
        answered_at=case.answered_at,
        by=by,
        at=clock.now(),
    )
    CASE.take(
        case,
        "reopen",
        by=by,
        actor="" if by else "citizen",
        note=_("The reason stands with the case."),
        answered_at=None,
        ended_at=None,
        **_heir_of(case.agency),
    )
    stop_clock(case, "publication", on=clock.today(), is_void=True)
    for kind in ("answer", "update"):
        start_clock(case, kind, on=clock.today())
    notices.tell_reopened(case, row)
    return row


def _heir_of(agency: Agency | None) -> dict[str, Any]:
    """A body that has ended since does not answer again: the one that follows does."""
    if agency is None or agency.valid_to is None or agency.valid_to >= clock.today():
        return {}
    heir = successor_of(agency)
    return {"agency": heir, "officer": None} if heir else {}


@transaction.atomic
def withdraw_case(case: Case) -> None:
    """The asker no longer wants an answer. What was asked back is no longer awaited."""
    CASE.take(case, "withdraw", by=None, actor="citizen", ended_at=clock.now(), waiting_since=None)
    case.information_requests.filter(ended_on__isnull=True).update(ended_on=clock.today())
    stop_all(case, on=clock.today(), is_void=True)
    notices.tell_withdrawn(case)


@transaction.atomic
def withdraw_consent(consent: Consent) -> None:
    """Taken back from now on; what was done until now stays done. Twice is once."""
    rows = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=clock.now()) == 1:
        history.record(
            consent.case,
            "case.withdraw_consent",
            by=None,
            actor="citizen",
            data={"purpose": consent.purpose},
        )
        notices.tell_consent_withdrawn(consent)
