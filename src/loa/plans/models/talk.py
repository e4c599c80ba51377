from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from loa.core.text import fold
from loa.directory.models import Agency
from loa.documents.models import stored_name
from loa.plans.models.assignment import DutyAssignment
from loa.plans.models.evidence import Deliverable
from loa.plans.models.plan import CommunicationForm, Plan, Topic
from loa.plans.states import TALK_STATES


class Talk(models.Model):
    """Communication woven into another meeting (lồng ghép): counts as a deliverable of a standing duty."""

    state = models.CharField(
        max_length=9, choices=list(TALK_STATES.items()), default="recorded", db_index=True
    )
    duty_assignment = models.ForeignKey(DutyAssignment, on_delete=models.CASCADE, related_name="talks")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="talks")  # as the duty's
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="talks")  # as the duty's
    key = models.CharField(max_length=64)  # the same meeting, day and place recorded twice is once
    meeting = models.CharField(max_length=300)
    on = models.DateField()
    place = models.CharField(max_length=300)
    people_count = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="talks")
    form = models.ForeignKey(
        CommunicationForm, null=True, blank=True, on_delete=models.PROTECT, related_name="talks"
    )
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    deliverable = models.OneToOneField(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="talk"
    )
    search_text = models.TextField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty_assignment", "key"], condition=models.Q(state="recorded"), name="talk_once"
            )
        ]
        indexes = [models.Index(fields=["plan", "agency", "state"])]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.on:%d/%m/%Y})"

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.meeting} {self.place}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("plans:talk_detail", args=[self.pk])
