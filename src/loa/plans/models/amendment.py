from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.documents.models import Document, stored_name
from loa.plans.models.assignment import Duty
from loa.plans.models.plan import Plan, ReportingRule, Task
from loa.plans.states import AMENDMENT_STATES


class Amendment(models.Model):
    """A paper by which an issued plan changes. Once issued, its `document` stands in the register."""

    state = models.CharField(
        max_length=8, choices=list(AMENDMENT_STATES.items()), default="draft", db_index=True
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="amendments")
    kind = models.CharField(max_length=100)  # as printed: "QUYẾT ĐỊNH"
    number = models.CharField(max_length=80)
    subject = models.TextField()
    issued_on = models.DateField()
    effective_on = models.DateField()
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="amendment"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number", "issued_on"],
                condition=~models.Q(state="dropped"),
                name="amendment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans:amendment_detail", args=[self.pk])


class AmendmentChange(models.Model):
    """One change: what it touches, how that read `before` and how it reads `after`.

    Both sides are the printed content as words and ISO days: see `queries.printed`.
    """

    class Kind(models.TextChoices):
        ADD_TASK = "add_task", _("Add a task")
        CHANGE_TASK = "change_task", _("Change a task")
        END_TASK = "end_task", _("End a task")
        ADD_DUTY = "add_duty", _("Add a standing duty")
        CHANGE_DUTY = "change_duty", _("Change a standing duty")
        ADD_RULE = "add_rule", _("Add a reporting rule")
        CHANGE_RULE = "change_rule", _("Change a reporting rule")

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    rule = models.ForeignKey(
        ReportingRule, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    predecessor = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # of an added task
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        subject = self.task or self.duty or self.rule
        words = next((self.after[key] for key in ("content", "text", "when_text") if key in self.after), "")
        return f"{self.get_kind_display()}: {subject or words[:100]}"
