from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold, headline
from loa.directory.models import Agency, AgencyGroup
from loa.documents.models import Document
from loa.plans.states import PLAN_STATES


class Plan(models.Model):
    """An issued (or drafted) communication plan; the paper itself is its `document`."""

    state = models.CharField(max_length=8, choices=list(PLAN_STATES.items()), default="draft", db_index=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="plan")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_plans"
    )
    number = models.CharField(max_length=80, blank=True, db_index=True)
    title = models.TextField()
    year = models.PositiveSmallIntegerField(db_index=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="issued_plans")
    coordinator = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="coordinated_plans")
    # accepts the coordinator's own work and report: nobody accepts what its own agency did
    accepting_office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accepted_plans")
    money_text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-issued_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans:plan_detail", args=[self.pk])


class PlanBody(models.Model):
    """An agency named in a plan, in one role, groups expanded as of the day the plan was issued."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead agency")
        COORDINATING = "coordinating", _("Coordinating agency")
        PERFORMING = "performing", _("Performing agency")
        MONITORING = "monitoring", _("Monitoring agency")
        DUTY = "duty", _("Body with standing duties")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bodies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="plan_roles")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "agency", "role"], name="plan_body_once")]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_role_display()})"


def _lettered(label: str, text: str) -> str:
    words = Truncator(text).chars(80)
    return f"{label.rstrip(')')}) {words}" if label else words


class Topic(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="topics")
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return _lettered(self.label, self.text)


class CommunicationForm(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="forms")
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return _lettered(self.label, self.text)


class Task(models.Model):
    """One row of the plan's list. State sits on its assignments; its progress is a count over them."""

    class Closing(models.TextChoices):
        CARRY = "carry", _("Carry over to next year")
        END = "end", _("End")
        LEAVE = "leave", _("Leave unfinished")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    no = models.CharField(max_length=30, blank=True)  # as printed
    path = models.CharField(max_length=60, blank=True)  # numbers from the top: "II.1.1"
    group = models.TextField(blank=True)
    content = models.TextField()
    product = models.TextField(blank=True)
    due_text = models.CharField(max_length=500, blank=True)  # the printed words
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # the date a person confirmed
    is_due_before = models.BooleanField(default=False)  # "trước ngày": late from 00:00 of due_on
    note = models.TextField(blank=True)
    details = models.JSONField(default=list)
    carried_over_from = models.PositiveSmallIntegerField(null=True, blank=True)
    # the task of an earlier plan that this one continues; what was produced there counts there
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    # what was decided when the plan was closed, for a task that was not finished
    closing = models.CharField(max_length=8, choices=Closing, blank=True)
    closing_note = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)  # ended by an amendment or when the plan was closed
    source = models.JSONField(default=dict)  # its place in the original document
    topics = models.ManyToManyField(Topic, blank=True, related_name="tasks")
    forms = models.ManyToManyField(CommunicationForm, blank=True, related_name="tasks")
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="task_position_once"),
            models.UniqueConstraint(fields=["predecessor"], name="task_carried_over_once"),
        ]

    def __str__(self) -> str:
        words = Truncator(headline(self.content)).chars(100)
        return f"{self.no}. {words}" if self.no else words

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.no} {self.content} {self.product} {self.note}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("plans:task_detail", args=[self.pk])


class TaskBody(models.Model):
    """A name printed in a task's row, matched to an agency or a group; its printed words are kept."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="bodies")
    role = models.CharField(max_length=12, choices=PlanBody.Role)
    printed = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(AgencyGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(group__isnull=True), name="task_body_agency_or_group"
            )
        ]

    def __str__(self) -> str:
        return self.printed


class Target(models.Model):
    """How much: a quantity counted from deliverables, or entered where `counts_itself` is false."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="targets")
    measure = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=200)
    counts_itself = models.BooleanField(default=True)
    entered_quantity = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="target_positive")]

    def __str__(self) -> str:
        return f"{Decimal(self.quantity).normalize():f} {self.unit}"


class ReportingRule(models.Model):
    """Who reports what to whom and when, as the plan prints it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reporting_rules")
    who = models.TextField(blank=True)
    to = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_text = models.CharField(max_length=300, blank=True)
    when_text = models.TextField()
    recurrence = models.CharField(max_length=10, blank=True)
    month_day = models.CharField(max_length=5, blank=True)  # "MM-DD"
    is_before = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    source = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.when_text[:100]
