"""What the appraising bodies and the approver said, line by line."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from loa.budgets.models.budget import PlanBudget
from loa.budgets.models.estimate import EstimateLine, Side
from loa.documents.models import Document


class LineAppraisal(models.Model):
    """One body's word on one line. A change carries its reason; an acceptance repeats what was proposed."""

    line = models.ForeignKey(EstimateLine, on_delete=models.CASCADE, related_name="appraisals")
    side = models.CharField(max_length=7, choices=Side)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    times = models.DecimalField(max_digits=9, decimal_places=2)
    unit_price = models.BigIntegerField()
    amount = models.BigIntegerField()
    is_change = models.BooleanField(default=False)  # anything differs from what was proposed
    is_stale = models.BooleanField(default=False)  # the line was changed since: to be looked at again
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)  # of two people of one body the second is told

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "side"], name="line_appraisal_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, unit_price__gte=0, quantity__gte=0, times__gte=0),
                name="line_appraisal_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(is_change=False) | ~Q(reason=""), name="line_appraisal_change_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["side", "is_change"])]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.amount}"


class Approval(models.Model):
    """A decision that approves money for lines of one or more estimates of a plan."""

    budget = models.ForeignKey(PlanBudget, on_delete=models.CASCADE, related_name="approvals")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="budget_approvals")
    decided_on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "document"], name="approval_once_per_decision")
        ]

    def __str__(self) -> str:
        return str(self.document)


class ApprovedLine(models.Model):
    """The amount a decision gives to a line: whole, less, or nothing."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="lines")
    line = models.OneToOneField(EstimateLine, on_delete=models.PROTECT, related_name="approved")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500, blank=True)  # why not what was appraised

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="approved_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.amount}"
