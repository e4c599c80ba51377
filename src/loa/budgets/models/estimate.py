"""An agency's estimate, its lines, its frozen versions, and who had a hand in it. Whole đồng everywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from loa.budgets.models.budget import CostNorm, FundingSource, PlanBudget
from loa.budgets.states import ESTIMATE_STATES, STATE_TONES
from loa.core.text import fold
from loa.directory.models import Agency
from loa.plans.models import DutyAssignment, Plan, Task


class Side(models.TextChoices):
    """What an appraising body looks at."""

    CONTENT = "content", _("Content")
    MONEY = "money", _("Money")


class Estimate(models.Model):
    """What one agency asks for, of one plan in one year."""

    state = models.CharField(
        max_length=14, choices=list(ESTIMATE_STATES.items()), default="draft", db_index=True
    )
    budget = models.ForeignKey(PlanBudget, on_delete=models.CASCADE, related_name="estimates")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="estimates")  # as budget.plan
    year = models.PositiveSmallIntegerField()  # as budget.year
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="estimates")
    version = models.PositiveIntegerField(default=0)  # the number of the last frozen version
    created_at = models.DateTimeField()
    # the days are the city's, kept because sums are asked "until a day"
    submitted_at = models.DateTimeField(null=True, blank=True)  # the last time
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_done_at = models.DateTimeField(null=True, blank=True)
    content_done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    money_done_at = models.DateTimeField(null=True, blank=True)
    money_done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appraised_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agency__sort_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["budget", "agency"], name="estimate_once")]
        indexes = [
            models.Index(fields=["plan", "state"]),
            models.Index(fields=["agency", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.agency} – {self.budget}"

    def get_absolute_url(self) -> str:
        return reverse("budgets:estimate_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return STATE_TONES.get(self.state, "")

    def appraiser_id(self, side: str) -> int:
        """The body that appraises a side: never the one that proposes (needs `budget`)."""
        budget = self.budget
        bodies = {Side.CONTENT: budget.content_appraiser_id, Side.MONEY: budget.money_appraiser_id}
        if bodies[Side(side)] != self.agency_id:
            return bodies[Side(side)]
        other = bodies[Side.MONEY if side == Side.CONTENT else Side.CONTENT]
        return budget.stand_in_id or other

    def is_done(self, side: str) -> bool:
        """A body has finished its side."""
        return getattr(self, f"{side}_done_at") is not None

    @cached_property
    def hands_of(self) -> dict[str, set[int]]:
        """Part → the people who had a hand in it. One query, or none where `hands` are prefetched."""
        found: dict[str, set[int]] = {part: set() for part in EstimateHand.Part.values}
        for hand in self.hands.all():
            found[hand.part].add(hand.user_id)
        return found


class EstimateHand(models.Model):
    """Who had a hand in an estimate: who proposed never appraises, who appraised never approves."""

    class Part(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPRAISED = "appraised", _("Appraised")

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=9, choices=Part)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estimate", "user", "part"], name="estimate_hand_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_part_display()})"


class EstimateLine(models.Model):
    """One row of the table: amount = quantity × times × unit price, rounded to the đồng.

    It is for a task of the list, for a standing duty of the agency, or for neither.
    """

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="estimate_lines"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="estimate_lines"
    )
    content = models.TextField()
    unit = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, default=1)
    times = models.DecimalField(max_digits=9, decimal_places=2, default=1)  # days, sessions
    unit_price = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    norm = models.ForeignKey(CostNorm, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    legal_basis = models.CharField(max_length=300, blank=True)
    funding_source = models.CharField(
        max_length=5, choices=FundingSource, default=FundingSource.FUND, db_index=True
    )
    expense_item = models.CharField(max_length=20, blank=True)  # mục/tiểu mục: "6650"
    note = models.CharField(max_length=500, blank=True)
    # the lower of what the two bodies gave; empty until both have looked at the line
    appraised_amount = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # counts saves: of two writers the second is told
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, unit_price__gte=0, quantity__gte=0, times__gte=0),
                name="line_not_negative",
            ),
            # the exact rounding is arithmetic's (loa.budgets.arithmetic); a column off by more is refused here
            models.CheckConstraint(
                condition=Q(
                    amount__gte=F("quantity") * F("times") * F("unit_price") - 1,
                    amount__lte=F("quantity") * F("times") * F("unit_price") + 1,
                ),
                name="line_amount_is_product",
            ),
            models.CheckConstraint(
                condition=Q(appraised_amount__isnull=True) | Q(appraised_amount__gte=0),
                name="line_appraised_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(duty_assignment__isnull=True), name="line_of_one_thing"
            ),
        ]
        indexes = [
            models.Index(fields=["estimate", "position"]),
            models.Index(fields=["task", "estimate"]),
        ]

    def __str__(self) -> str:
        return self.content[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("budgets:line_detail", args=[self.pk])

    def folded(self) -> str:
        """What a search compares; set by hand where rows are made in bulk."""
        return fold(f"{self.content} {self.expense_item} {self.note} {self.legal_basis}")


class EstimateVersion(models.Model):
    """A frozen copy, made when the estimate is submitted, returned, appraised or approved."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Proposed")
        RETURNED = "returned", _("Returned")
        APPRAISED = "appraised", _("Appraised")
        APPROVED = "approved", _("Approved")

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    total = models.BigIntegerField()
    line_count = models.PositiveIntegerField()
    note = models.TextField(blank=True)  # why it was returned
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["estimate", "number"], name="estimate_version_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class VersionLine(models.Model):
    """A line as it stood in a version: the amount is the one that the version is about."""

    version = models.ForeignKey(EstimateVersion, on_delete=models.CASCADE, related_name="lines")
    line_key = models.BigIntegerField()  # the pk of the line, which may be gone since
    position = models.PositiveIntegerField()
    content = models.TextField()
    unit = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    times = models.DecimalField(max_digits=9, decimal_places=2)
    unit_price = models.BigIntegerField()
    amount = models.BigIntegerField()
    funding_source = models.CharField(max_length=5, choices=FundingSource)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "line_key"], name="version_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="version_line_not_negative"),
        ]

    def __str__(self) -> str:
        return self.content[:80]
