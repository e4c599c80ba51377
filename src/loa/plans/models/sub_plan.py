from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from loa.documents.models import Document
from loa.plans.models.assignment import Duty, DutyAssignment
from loa.plans.models.evidence import Deliverable
from loa.plans.models.plan import Plan
from loa.plans.states import SUB_PLAN_STATES


class SubPlanDemand(models.Model):
    """The coordinator asks the bodies of one standing duty for a plan of their own, by a date."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sub_plan_demands")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="sub_plan_demands")
    due_on = models.DateField()
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty"], name="sub_plan_demand_once")]

    def __str__(self) -> str:
        return f"{self.plan.number}: {self.due_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan_sub_plans", args=[self.plan_id])


class SubPlan(models.Model):
    """The plan that one body owes under the parent plan; `own` is the whole plan where it was imported."""

    state = models.CharField(
        max_length=8, choices=list(SUB_PLAN_STATES.items()), default="asked", db_index=True
    )
    demand = models.ForeignKey(SubPlanDemand, on_delete=models.CASCADE, related_name="sub_plans")
    duty_assignment = models.OneToOneField(DutyAssignment, on_delete=models.CASCADE, related_name="sub_plan")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="sub_plans"
    )
    own = models.OneToOneField(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="owed_as")
    deliverable = models.ForeignKey(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.duty_assignment.agency}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return self.duty_assignment.get_absolute_url()
