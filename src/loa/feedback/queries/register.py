"""The public register of answers: what everybody may read, and how the bodies that answer stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from loa.core import clock
from loa.directory.models import Agency
from loa.feedback.models import Case, CaseFile, Consent, Publication, Rating, Subject
from loa.feedback.queries.figures import (
    AgencyFigures,
    Period,
    agency_figures,
    all_figures,
    late_answers,
)
from loa.feedback.states import ANSWERED_STATES

NEW_DAYS = 30  # the newest answers of the front page; a matter of display


def public_answers() -> QuerySet[Publication]:
    """What is public now."""
    return Publication.objects.filter(withdrawn_at__isnull=True).exclude(case__state="isolated")


def listed_answers() -> QuerySet[Publication]:
    """Public answers with what a row shows: agency, subject, place, stars, whether in time, who asked the same."""
    late = late_answers().filter(case=OuterRef("case"))
    allowed = Consent.objects.filter(case=OuterRef("case"), purpose="name", withdrawn_at__isnull=True)
    same = (
        Case.objects.filter(merged_into=OuterRef("case"))
        .order_by()
        .values("merged_into")
        .annotate(n=Count("pk"))
    )
    return (
        public_answers()
        .select_related("agency", "case__subject", "case__commune", "case__rating", "case__procedure")
        .annotate(is_late=Exists(late), may_show_name=Exists(allowed), merged_count=same.values("n"))
    )


def one_answer(code: str) -> QuerySet[Publication]:
    """A public answer by the code of its case, with its public files."""
    files = Prefetch("case__files", CaseFile.objects.filter(is_public=True), to_attr="public_files")
    return listed_answers().filter(case__code=code).prefetch_related(files)


def taken_back(code: str) -> QuerySet[Publication]:
    return Publication.objects.filter(case__code=code, withdrawn_at__isnull=False)


def public_files() -> QuerySet[CaseFile]:
    """Files that everybody may read: chosen one by one, of a case that is public."""
    return CaseFile.objects.filter(
        is_public=True, case__publication__withdrawn_at__isnull=True, case__publication__isnull=False
    ).exclude(case__state="isolated")


def agencies_in_register() -> QuerySet[Agency]:
    return Agency.objects.filter(Exists(public_answers().filter(agency=OuterRef("pk")).order_by()))


def subjects_in_register() -> QuerySet[Subject]:
    return Subject.objects.filter(Exists(public_answers().filter(case__subject=OuterRef("pk")).order_by()))


def communes_in_register() -> QuerySet[Agency]:
    return Agency.objects.filter(Exists(public_answers().filter(case__commune=OuterRef("pk")).order_by()))


def newest_answers(agency: Agency | None = None) -> QuerySet[Publication]:
    rows = listed_answers().filter(published_at__gte=clock.now() - timedelta(days=NEW_DAYS))
    return rows.filter(agency=agency) if agency else rows


def is_answered_anew(publication: Publication) -> bool:
    """The case was opened again and answered after this was published."""
    answered_at = publication.case.answered_at
    return bool(answered_at and answered_at > publication.published_at)


def question_page(row: Publication, *, url: str) -> dict[str, Any]:
    """schema.org QAPage of one answer; the asker is never an author."""
    case = row.case
    answer = {
        "@type": "Answer",
        "text": row.answer,
        "dateCreated": (row.answered_at or row.published_at).isoformat(),
        "url": url,
        "author": {"@type": "GovernmentOrganization", "name": str(row.agency)},
    }
    question = {
        "@type": "Question",
        "name": row.title,
        "text": row.question,
        "dateCreated": case.received_at.isoformat(),
        "answerCount": 1,
        "acceptedAnswer": answer,
    }
    return {"@context": "https://schema.org", "@type": "QAPage", "url": url, "mainEntity": question}


# Waiting to be published -------------------------------------------------------------------------------


def unpublished_cases(user_cases: QuerySet[Case]) -> QuerySet[Case]:
    """Answered, or answered anew, neither public nor kept private, nor taken back; the most urgent first."""
    rows = user_cases.filter(state__in=ANSWERED_STATES, agency__isnull=False, merged_into__isnull=True)
    rows = rows.filter(
        Q(publication__isnull=True) | Q(publication__published_at__lt=F("answered_at"))
    ).filter(Q(kept_private__isnull=True) | Q(kept_private__ended_on__isnull=False))
    running = Q(clocks__kind="publication", clocks__stopped_on__isnull=True)
    rows = rows.annotate(publish_by=Min("clocks__due_on", filter=running))
    return rows.order_by(F("publish_by").asc(nulls_last=True), "answered_at", "pk")


# How the bodies stand ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """One body's figures with what askers thought of its answers."""

    figures: AgencyFigures
    published: int
    stars: float | None  # mean of 1 to 5, one decimal
    rated: int

    @property
    def agency(self) -> Agency | None:
        return self.figures.agency


def standings(period: Period) -> tuple[Standing, list[Standing], list[Standing]]:
    """All together; the bodies of the administration; Party and mass bodies, which are asked and not compared.

    Six queries, whatever the rows. Counted by `figures`, as on the desk and in reports.
    """
    first, after = period.moments
    ratings = Rating.objects.filter(at__gte=first, at__lt=after)
    by_agency = {row.pop("agency"): row for row in ratings.order_by().values("agency").annotate(**_STARS)}
    public = public_answers().filter(published_at__gte=first, published_at__lt=after)
    counts = dict(public.order_by().values_list("agency").annotate(Count("pk")))
    rows = [
        _standing(row, counts.get(row.agency.pk, 0), by_agency.get(row.agency.pk, {}))
        for row in agency_figures(period)
        if row.agency
    ]
    total = _standing(all_figures(period), sum(counts.values()), ratings.aggregate(**_STARS))
    ours = [row for row in rows if row.agency and not row.agency.is_political]
    asked = [row for row in rows if row.agency and row.agency.is_political]
    return total, ours, asked


_STARS = {"mean": Avg("stars"), "rated": Count("pk")}


def _standing(figures: AgencyFigures, published: int, stars: dict[str, Any]) -> Standing:
    mean = stars.get("mean")
    return Standing(figures, published, None if mean is None else round(mean, 1), stars.get("rated") or 0)


ORDERS = {  # how the table of bodies is sorted: by name, or by what a reader wants to compare
    "ten": lambda row: row.agency.sort_name,
    "dung-han": lambda row: (-(row.figures.on_time_percent or 0), row.agency.sort_name),
    "qua-han": lambda row: (-row.figures.overdue, row.agency.sort_name),
    "hai-long": lambda row: (-(row.stars or 0), row.agency.sort_name),
}


def sorted_standings(rows: Sequence[Standing], order: str) -> list[Standing]:
    return sorted(rows, key=ORDERS.get(order, ORDERS["ten"]))
