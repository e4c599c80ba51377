"""What readers said, counted; and the plans that can take up a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from loa.plans.models import Plan
from loa.procedures.models import Procedure, ProcedureVersion


@dataclass(frozen=True, slots=True)
class ClarityCount:
    """Answers to "is this clear?": an indication, not a survey."""

    yes: int
    no: int

    @property
    def total(self) -> int:
        return self.yes + self.no


def clarity_counts(procedure: Procedure) -> ClarityCount:
    found = procedure.answers.aggregate(
        yes=Count("pk", filter=Q(is_clear=True)), no=Count("pk", filter=Q(is_clear=False))
    )
    return ClarityCount(**found)


def clarity_by_version(procedure: Procedure) -> QuerySet[ProcedureVersion, Any]:
    """Versions somebody answered about, newest first, each with `yes` and `no`."""
    return (
        procedure.versions.filter(answers__isnull=False)
        .annotate(
            yes=Count("answers", filter=Q(answers__is_clear=True)),
            no=Count("answers", filter=Q(answers__is_clear=False)),
        )
        .order_by("-number")
    )


def running_plans() -> QuerySet[Plan]:
    """Plans being carried out: their coordinators can be asked to make a change known."""
    return Plan.objects.filter(state="issued", parent__isnull=True).select_related("coordinator")
