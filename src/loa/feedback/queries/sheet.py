"""Everything the page of one case shows; a fixed number of queries, whatever has happened to the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from loa.core.access import permits
from loa.core.history import entries_of
from loa.core.models import Entry
from loa.core.workflow import Step
from loa.feedback.models import Asker, Case, CaseFile, CaseShare
from loa.feedback.queries.acts import Act, acts_open_to
from loa.feedback.queries.working import waits_until
from loa.feedback.states import AGENCY_STATES, ANSWERED_STATES, RATING

ENTRIES = 80


@dataclass(frozen=True, slots=True)
class Sheet:
    acts: list[Act]
    files: list[CaseFile]  # what the asker sent
    answer_files: list[CaseFile]
    shares: list[tuple[CaseShare, bool]]  # each with whether this person may answer it
    entries: QuerySet[Entry]
    is_answer_shown: bool  # a draft is the agency's own until the head has approved it
    may_write: bool
    has_asker: bool
    may_see_identity: bool
    waits_until: date | None
    rating_steps: list[Step]


def case_sheet(case: Case, user: Any) -> Sheet:
    prefetch_related_objects(
        [case], "files", "clocks", "moves__source", "moves__target", "moves__by", "shares__agency",
        "information_requests__by", "status_notes__by", "merged", "identity_accesses__by",
        "reopenings__by", "rating",
    )  # fmt: skip
    files = list(case.files.all())
    rating = getattr(case, "rating", None)
    may_read_draft = permits(user, "feedback.handle", case)
    is_shown = may_read_draft or case.state in ("approved", *ANSWERED_STATES)
    is_running = case.state in AGENCY_STATES
    return Sheet(
        acts=acts_open_to(user, case),
        files=[row for row in files if not row.is_of_answer],
        answer_files=[row for row in files if row.is_of_answer and is_shown],
        shares=[
            (row, is_running and row.state == "asked" and permits(user, "feedback.answer_share", row))
            for row in case.shares.all()
        ],
        entries=entries_of([case, *case.shares.all(), *filter(None, [rating])])[:ENTRIES],
        is_answer_shown=is_shown and bool(case.answer),
        may_write=case.state == "answering" and permits(user, "feedback.write_answer", case),
        rating_steps=RATING.open_to(user, rating) if rating and rating.words else [],
        has_asker=Asker.objects.filter(case=case).exists(),
        may_see_identity=permits(user, "feedback.see_identity", case),
        waits_until=waits_until(case),
    )
