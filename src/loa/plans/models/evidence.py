from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from loa.directory.models import Agency
from loa.documents.models import stored_name
from loa.plans.models.assignment import Assignment, DutyAssignment, Occurrence

_ONE_WORK = Q(assignment__isnull=False, duty_assignment__isnull=True) | Q(
    assignment__isnull=True, duty_assignment__isnull=False
)


class ProgressNote(models.Model):
    """What was done, what stands in the way, what is proposed: the words that reports are made of."""

    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.CASCADE, related_name="notes")
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, on_delete=models.CASCADE, related_name="notes"
    )
    on = models.DateField()
    done = models.TextField()
    obstacles = models.TextField(blank=True)
    proposals = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=_ONE_WORK, name="note_of_one_work")]

    def __str__(self) -> str:
        return self.done[:80]


class Deliverable(models.Model):
    """The joint of Loa: something produced for a task or a standing duty, whatever made it.

    `source` says what it is a record of and makes recording twice record once:
    "file:<sha256>:<work>", "link:<digest>:<work>", later "article:<id>", "broadcast:<id>".
    """

    assignment = models.ForeignKey(
        Assignment, null=True, on_delete=models.CASCADE, related_name="deliverables"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, on_delete=models.CASCADE, related_name="deliverables"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deliverables")
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="deliverables"
    )
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    on = models.DateField()
    source = models.CharField(max_length=200, unique=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, default=1)
    unit = models.CharField(max_length=200, blank=True)
    is_counted = models.BooleanField(default=True)  # false: proof of the work that adds nothing to a target
    link = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_ONE_WORK, name="deliverable_of_one_work"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="deliverable_positive"),
        ]

    def __str__(self) -> str:
        return self.title
