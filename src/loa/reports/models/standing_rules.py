from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.core.models import CountedDay
from loa.directory.models import Agency, AgencyGroup
from loa.plans.models import Plan, ReportingRule
from loa.reports.states import STANDING_RULE_STATES


class StandingRule(models.Model):
    """Which reports are asked for again and again: each of its periods opens a round by itself.

    Without a plan it holds for every issued plan that `asker` coordinates. The window and the due day are the
    law's (legal rules of its kind), or its own: days of the year as "MM-DD".
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("Every month")
        QUARTERLY = "quarterly", _("Every quarter")
        HALF_YEARLY = "half_yearly", _("Every half-year")
        YEARLY = "yearly", _("Every year")
        PAR = "cchc", _("With the administrative reform reports: Q1, H1, Q3, year")
        THEMATIC = "thematic", _("On a theme, once a year")

    state = models.CharField(
        max_length=10, choices=list(STANDING_RULE_STATES.items()), default="active", db_index=True
    )
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="standing_rules"
    )
    asker = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="standing_rules")
    source = models.OneToOneField(
        ReportingRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="standing_rule"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    mark = models.CharField(max_length=8, blank=True)  # after the period's name: "2019-ND09"
    title = models.CharField(max_length=200, blank=True)  # of what is reported on; needed for a theme
    has_own_window = models.BooleanField(default=False)
    window_from = models.CharField(max_length=5, blank=True)
    window_to = models.CharField(max_length=5, blank=True)  # empty: as long as sending allows
    due_month_day = models.CharField(max_length=5, blank=True)
    due_day = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last month; empty: the law's
    is_due_before = models.BooleanField(default=False)
    shift = models.CharField(max_length=8, choices=CountedDay.Shift, default=CountedDay.Shift.NEXT)
    opens_days_before = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # empty: the day after the data
    closes_days_after = models.PositiveSmallIntegerField(null=True, blank=True)
    groups = models.ManyToManyField(AgencyGroup, blank=True, related_name="+")
    agencies = models.ManyToManyField(Agency, blank=True, related_name="+")
    receiver = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    template_code = models.SlugField(max_length=60, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "mark"],
                condition=Q(state="active", plan__isnull=False) & ~Q(kind="thematic"),
                name="active_rule_once",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("reports:rule_detail", args=[self.pk])

    @property
    def asker_id_now(self) -> int:
        """Who runs it: the plan's coordinator, whoever that is by now."""
        return self.plan.coordinator_id if self.plan else self.asker_id

    @property
    def asks_everybody(self) -> bool:
        """Nobody is named: every body with work in the plan owes."""
        return not (self.groups.all() or self.agencies.all())
