"""What a plan's money goes by: its bodies, norms and ceilings. Norms and ceilings are dated rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold
from loa.directory.models import Agency
from loa.plans.models import Plan

MOST_MONEY = 10**15  # đồng; far above any city's year, far below what a column holds


class FundingSource(models.TextChoices):
    FUND = "fund", _("City's fund of the programme")
    OWN = "own", _("Own estimate of the agency")
    OTHER = "other", _("Other lawful source")


class PlanBudget(models.Model):
    """The money of one plan in one year: who consolidates, who appraises what, who approves."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="budgets")
    year = models.PositiveSmallIntegerField(db_index=True)
    coordinator = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    content_appraiser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    money_appraiser = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # appraises in the place of an appraising body whose own estimate it is; else the other body does both
    stand_in = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # records what the approver has decided, as the committee's office does
    office = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fund_name = models.CharField(max_length=300, blank=True)  # "kinh phí CCHC nhà nước năm 2019"
    legal_basis = models.TextField(blank=True)  # the plan's own words on money
    due_on = models.DateField(null=True, blank=True)  # estimates are asked for by this day
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "plan"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="plan_budget_once"),
            models.CheckConstraint(
                condition=~Q(content_appraiser=F("money_appraiser"))
                & ~Q(content_appraiser=F("approver"))
                & ~Q(money_appraiser=F("approver")),
                name="budget_bodies_differ",
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("approver")),
                name="budget_stand_in_differs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.number} – {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("budgets:budget_detail", args=[self.pk])


class CostNorm(models.Model):
    """The highest unit price a text allows, from a day to a day. Unknown amounts are empty, never guessed."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    ceiling = models.BigIntegerField(null=True, blank=True)  # đồng for one unit; empty: see the text
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_checked = models.BooleanField(default=False)  # somebody has read it in the text itself
    note = models.CharField(max_length=300, blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="cost_norm_once"),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0), name="cost_norm_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="cost_norm_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.code} {self.name} {self.legal_basis}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Ceiling(models.Model):
    """The most that may be proposed from a source, for an agency, a plan, or both; dated."""

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="ceilings")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="ceilings"
    )
    funding_source = models.CharField(max_length=5, choices=FundingSource, blank=True)  # "": all together
    amount = models.BigIntegerField()
    legal_basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_checked = models.BooleanField(default=False)

    class Meta:
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="ceiling_not_negative"),
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | Q(agency__isnull=False), name="ceiling_of_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="ceiling_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency or self.plan}: {self.amount}"
