"""The text of issued plans, as a register whose references to legal documents are watched."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.documents.queries import register_citing
from loa.plans.models import Plan


def cited_plans() -> QuerySet[Plan]:
    return Plan.objects.exclude(state="draft").select_related("document__reading")


def text_of_plan(plan: Plan) -> str:
    """As it was read from the paper; of a plan that was written here, its title."""
    reading = getattr(plan.document, "reading", None)
    return reading.text if reading else plan.title


def watch_plans() -> None:
    """The clerk of the coordinator is told when a document that a plan names has ended."""
    register_citing(
        "plan",
        label=_("Plans"),
        rows=cited_plans,
        text=text_of_plan,
        url=Plan.get_absolute_url,
        agency=lambda plan: plan.coordinator_id,
        own=lambda plan: plan.document_id,
    )
