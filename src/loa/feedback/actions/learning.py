"""What past cases teach: words counted for the agency that answered and the subject, kept in step case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from loa.core import clock
from loa.feedback.models import Case, CaseTrace, LearnedCase, WordCount
from loa.feedback.queries.terms import case_terms, marks

AT_ONCE = 500
_UPSERT = (
    "INSERT INTO {table} (word, target, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (word, target) DO UPDATE SET count = {table}.count + EXCLUDED.count"
)


def trace_case(case: Case) -> None:
    """Mark a case so that another of nearly the same words finds it."""
    text = f"{case.title} {case.content}"
    CaseTrace.objects.bulk_create(CaseTrace(case=case, mark=mark) for mark in marks(text))


@transaction.atomic
def learn_cases(cases: Sequence[Case]) -> int:
    """Count the words of answered cases for their agency and subject; a case that is counted already is left out."""
    known = set(LearnedCase.objects.filter(case__in=cases).values_list("case", flat=True))
    fresh = [case for case in cases if case.pk not in known and case.agency_id]
    now = clock.now()
    LearnedCase.objects.bulk_create(
        LearnedCase(case=case, targets=targets_of(case.agency_id, case.subject_id), at=now) for case in fresh
    )
    _add(_counted((case, targets_of(case.agency_id, case.subject_id)) for case in fresh))
    return len(fresh)


@transaction.atomic
def unlearn_case(case: Case) -> None:
    """Take a case's words out again, as if it had never been counted."""
    learned = LearnedCase.objects.filter(case=case).select_for_update().first()
    if learned is None:
        return
    counted = _counted([(case, learned.targets)])
    _add(Counter({pair: -count for pair, count in counted.items()}))
    WordCount.objects.filter(count__lte=0).delete()
    learned.delete()


def targets_of(agency_id: int | None, subject_id: int | None) -> list[str]:
    targets = [f"agency:{agency_id}"] if agency_id else []
    return [*targets, f"subject:{subject_id}"] if subject_id else targets


def _counted(learned: Iterable[tuple[Case, list[str]]]) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for case, targets in learned:
        words = ["", *case_terms(case)]
        counted.update((word, target) for target in targets for word in words)
    return counted


def _add(counted: Counter[tuple[str, str]]) -> None:
    """One statement for each count, in one order, so that two who add at once do not wait for each other."""
    sql = _UPSERT.format(table=connection.ops.quote_name(WordCount._meta.db_table))  # noqa: SLF001  the table's name
    rows = [(word, target, count) for (word, target), count in sorted(counted.items())]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            cursor.executemany(sql, rows[start : start + AT_ONCE])
