from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator

from loa.core.text import headline
from loa.directory.models import Agency, AgencyGroup
from loa.plans.models.plan import Plan, Task
from loa.plans.states import (
    ASSIGNMENT_STATES,
    CLOSED_ASSIGNMENT_STATES,
    EXPLANATION_STATES,
    EXTENSION_STATES,
    OCCURRENCE_STATES,
    REQUEST_STATES,
)


class Assignment(models.Model):
    """One lead agency's part of one task: here is where state sits.

    A body leads a task once as the plan says, and may besides be given work of its own under it by the coordinator:
    then `words` say what in particular.
    """

    state = models.CharField(
        max_length=12, choices=list(ASSIGNMENT_STATES.items()), default="assigned", db_index=True
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="assignments"
    )  # as task.plan, for lists
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    words = models.TextField(blank=True)  # given after the plan was issued; empty where the paper says it
    due_on = models.DateField(null=True, blank=True, db_index=True)  # the last day, extensions included
    original_due_on = models.DateField(null=True, blank=True)
    assigned_on = models.DateField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # the day of submitted_at in the city's time, kept because it is compared with due_on in every count
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["task__position", "pk"]
        constraints = [
            # open ones: a successor that has done its own part may receive what its predecessor left open
            models.UniqueConstraint(
                fields=["task", "agency"],
                condition=~models.Q(state__in=CLOSED_ASSIGNMENT_STATES) & models.Q(words=""),
                name="assignment_once",
            )
        ]
        indexes = [
            models.Index(fields=["plan", "state", "due_on"]),
            models.Index(fields=["agency", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.what} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("plans:assignment_detail", args=[self.pk])

    @property
    def what(self) -> str:
        """In one line: the work that was given under the task, or the task."""
        return Truncator(headline(self.words)).chars(100) if self.words else str(self.task)

    @property
    def awaits_result(self) -> bool:
        """Whether its due date still presses: not once it is handed in, done or ended."""
        return self.state not in ("submitted", "done", "ended", "passed_on")


class CoordinationRequest(models.Model):
    """A coordinating agency is asked to take part in a task, and answers for itself."""

    state = models.CharField(
        max_length=12, choices=list(REQUEST_STATES.items()), default="asked", db_index=True
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="coordination_requests")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "agency"], name="request_once")]

    def __str__(self) -> str:
        return f"{self.task} – {self.agency}"


class Duty(models.Model):
    """A standing duty of a body or a group of bodies: no due date, asked for in each round of reports."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="duties")
    position = models.PositiveSmallIntegerField()
    printed_body = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(AgencyGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    source = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return f"{self.printed_body}: {self.text[:80]}"


class DutyAssignment(models.Model):
    """One standing duty of one body. Notes and deliverables attach here; each round asks for it."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="assignments")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="duty_assignments")  # as duty.plan
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duty_assignments")
    assigned_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # its last day, where a successor has the same duty

    class Meta:
        ordering = ["duty__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "agency"], name="duty_assignment_once")]
        indexes = [models.Index(fields=["plan", "agency"])]

    def __str__(self) -> str:
        return f"{self.duty} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("plans:duty_assignment_detail", args=[self.pk])


class Extension(models.Model):
    """More time asked for, also after the date has passed."""

    state = models.CharField(
        max_length=8, choices=list(EXTENSION_STATES.items()), default="asked", db_index=True
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    old_due_on = models.DateField(null=True, blank=True)
    new_due_on = models.DateField()
    reason = models.TextField()
    answer = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=models.Q(state="asked"), name="one_extension_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.new_due_on:%d/%m/%Y}"


class Explanation(models.Model):
    """A reason asked for by who accepts the work, and given by the agency."""

    state = models.CharField(
        max_length=8, choices=list(EXPLANATION_STATES.items()), default="asked", db_index=True
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="explanations")
    question = models.TextField()
    answer = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.question[:80]


class Occurrence(models.Model):
    """One dated instance inside a task: an episode, a session, with its own lead and slot."""

    state = models.CharField(
        max_length=10, choices=list(OCCURRENCE_STATES.items()), default="planned", db_index=True
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="occurrences")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    lead = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="occurrences"
    )
    on = models.DateField(null=True, blank=True)
    slot = models.CharField(max_length=100, blank=True)  # "20:15–20:45"
    place = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "position"]

    def __str__(self) -> str:
        return self.title
