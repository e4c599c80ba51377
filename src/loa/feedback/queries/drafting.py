"""What a writer of answers looks at: texts of the agency, what was answered before, cases that ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.core.text import fold
from loa.feedback.models import AnswerTemplate, Case, Publication
from loa.feedback.queries.visible import cases_visible_to, templates_visible_to
from loa.feedback.states import ANSWERED_STATES

SHOWN = 8
MERGED_AWAY = ("merged", "isolated", "withdrawn", "refused", "guided")


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer that was given: as it was published, else as the own agency sent it."""

    case: Case
    title: str
    text: str
    is_public: bool


def earlier_answers(case: Case, user: Any, words: str = "") -> list[EarlierAnswer]:
    """Answers to the same subject, or those that hold the words; newest first. Two queries.

    What is public anybody may reuse, in its public wording; of the rest only what this person may see.
    """
    public = Publication.objects.filter(case=OuterRef("pk"), withdrawn_at__isnull=True)
    seen = Q(pk__in=cases_visible_to(user).order_by().values("pk"))
    rows = Case.objects.filter(seen | Exists(public), state__in=ANSWERED_STATES).exclude(pk=case.pk)
    rows = _about(rows.exclude(answer=""), case, words).select_related("agency").order_by("-answered_at")
    found = list(rows[:SHOWN])
    published = {
        row.case_id: row for row in Publication.objects.filter(case__in=found, withdrawn_at__isnull=True)
    }
    return [_earlier(row, published.get(row.pk)) for row in found]


def _about(rows: QuerySet[Case], case: Case, words: str) -> QuerySet[Case]:
    wanted = fold(words).split()
    for word in wanted:
        rows = rows.filter(search_text__contains=word)
    if wanted:
        return rows
    return rows.filter(subject=case.subject) if case.subject_id else rows.none()


def _earlier(case: Case, publication: Publication | None) -> EarlierAnswer:
    if publication is not None:
        return EarlierAnswer(case, publication.title, publication.answer, is_public=True)
    return EarlierAnswer(case, case.title, case.answer, is_public=False)


def fitting_templates(case: Case, user: Any) -> list[AnswerTemplate]:
    """The agency's texts, those of the case's subject first. One query."""
    rows = list(templates_visible_to(user))
    return sorted(rows, key=lambda row: (row.subject_id != case.subject_id, row.title))


def merge_targets(case: Case, user: Any, words: str = "") -> QuerySet[Case]:
    """Cases this one can be answered with: open or answered ones the person sees, of the same words or subject."""
    rows = cases_visible_to(user).filter(merged_into__isnull=True).exclude(pk=case.pk)
    rows = rows.exclude(state__in=MERGED_AWAY).select_related("agency", "subject").order_by("-received_at")
    wanted = fold(words).split()
    for word in wanted:
        rows = rows.filter(search_text__contains=word)
    if wanted:
        return rows
    near = (
        Q(subject=case.subject)
        if case.subject_id
        else Q(commune=case.commune_id, procedure=case.procedure_id)
    )
    return rows.filter(near)


def piece_called(case: Case, name: str, user: Any) -> str:
    """A text to insert: "template-3", "part-7" (of a joint answer) or "answer-12"; "" where there is none."""
    kind, _dash, key = name.partition("-")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return ""
    if kind == "template":
        return templates_visible_to(user).filter(pk=int(key)).values_list("body", flat=True).first() or ""
    if kind == "part":
        parts = case.shares.filter(pk=int(key), state="given")
        return parts.values_list("part", flat=True).first() or ""
    if kind == "answer":
        return _answer_of(int(key), user)
    return ""


def _answer_of(pk: int, user: Any) -> str:
    public = Publication.objects.filter(case=pk, withdrawn_at__isnull=True).first()
    if public is not None:
        return public.answer
    rows = cases_visible_to(user).filter(pk=pk, state__in=ANSWERED_STATES)
    return rows.values_list("answer", flat=True).first() or ""
