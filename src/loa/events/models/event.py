"""A gathering: what it is, when and where, its programme, who answers in a dialogue, what is handed out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.text import fold
from loa.directory.models import Agency
from loa.events.states import EVENT_STATES, TOLD
from loa.plans.models import Assignment, DutyAssignment, Occurrence, Topic

_ONE_WORK = Q(assignment__isnull=True) | Q(duty_assignment__isnull=True)


def kept_name(instance: Any, filename: str) -> str:  # noqa: ARG001  Django gives it
    """By its own digest, so that the name somebody gave a file is never a path."""
    return f"events/{instance.sha256[:2]}/{instance.sha256}"


class EventSeries(models.Model):
    """A standing column of gatherings, such as “Dân hỏi – Giám đốc Sở trả lời”: its events are episodes."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="event_series")
    name = models.CharField(pgettext_lazy("of a series", "name"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    rhythm = models.CharField(_("how often, in words"), max_length=200, blank=True)
    is_public = models.BooleanField(_("shown on the portal"), default=True)
    is_running = models.BooleanField(_("goes on"), default=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="event_series_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:series_detail", args=[self.pk])


class Event(models.Model):
    """One gathering, from the first draft to its conclusion."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Conference")
        TRAINING = "training", _("Training course")
        SEMINAR = "seminar", _("Seminar")
        PRESS_BRIEFING = "press_briefing", pgettext_lazy("kind of event", "Press briefing")
        DIALOGUE = "dialogue", _("Online dialogue")
        LAUNCH = "launch", _("Launch")
        VOLUNTEER_DAY = "volunteer_day", _("Volunteer day")
        PERFORMANCE = "performance", _("Performance")
        OTHER = "other", pgettext_lazy("kind of event", "Other")

    state = models.CharField(
        max_length=10, choices=list(EVENT_STATES.items()), default="draft", db_index=True
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, db_index=True)
    title = models.CharField(pgettext_lazy("of an event", "title"), max_length=300)
    purpose = models.TextField(_("purpose and content"), max_length=5000, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="events", verbose_name=_("organiser")
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name=_("topic")
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    series = models.ForeignKey(
        EventSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    address = models.CharField(pgettext_lazy("of a place", "address"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(pgettext_lazy("an event", "ends"))
    is_public = models.BooleanField(_("announced on the portal"), default=False)
    stream_url = models.CharField(_("address of the live stream"), max_length=500, blank=True)
    # the recording that people watch afterwards, kept under its own digest, and its subtitles
    recording = models.CharField(max_length=200, blank=True)
    recording_name = models.CharField(max_length=255, blank=True)
    recording_type = models.CharField(max_length=100, blank=True)
    captions = models.TextField(blank=True)  # WebVTT, checked

    # guests
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registration_opens_at = models.DateTimeField(null=True, blank=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    nominations_due_on = models.DateField(null=True, blank=True)
    needs_conclusion = models.BooleanField(_("ends with a conclusion"), default=True)
    gives_certificates = models.BooleanField(_("certificates for those present"), default=False)
    certificate_share = models.PositiveSmallIntegerField(
        _("share of the sessions for a certificate, in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    # an online dialogue: questions are taken until the session ends (QĐ 1374/2016/QĐ-UBND)
    chair = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chair_title = models.CharField(max_length=200, blank=True)  # as printed, no person's name is needed
    questions_open_at = models.DateTimeField(null=True, blank=True)

    # what happened
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    conclusion_due_on = models.DateField(null=True, blank=True)  # set when it ends, by the dated rule
    reason = models.TextField(blank=True)  # why it was postponed or called off
    planned_at = models.DateTimeField(
        null=True, blank=True
    )  # when it would have begun, before it was put off
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = pgettext_lazy("gathering", "event")
        verbose_name_plural = pgettext_lazy("gatherings", "events")
        constraints = [
            models.CheckConstraint(condition=_ONE_WORK, name="event_of_one_work"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_times_in_order"),
        ]
        indexes = [
            models.Index(fields=["agency", "state"]),
            models.Index(fields=["is_public", "starts_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.purpose} {self.place}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("events:event_detail", args=[self.pk])

    @property
    def work(self) -> Assignment | DutyAssignment | None:
        return self.assignment or self.duty_assignment

    @property
    def source(self) -> str:
        """What it is called among the deliverables of its work."""
        return f"event:{self.pk}"

    @property
    def writer_ids(self) -> set[int]:
        """Who had a hand in it: none of them approves it."""
        return {pk for pk in (self.created_by_id, self.changed_by_id, self.handed_in_by_id) if pk}

    @property
    def is_dialogue(self) -> bool:
        return self.kind == self.Kind.DIALOGUE

    @property
    def is_told(self) -> bool:
        """People outside know of it: a draft that was called off was never told."""
        return self.state in TOLD and self.announced_at is not None

    @property
    def state_tone(self) -> str:
        tones = {
            "draft": "soon",
            "returned": "late",
            "with_head": "wait",
            "running": "run",
            "announced": "run",
        }
        tones |= {"ended": "soon", "concluded": "done", "postponed": "soon"}
        return tones.get(self.state, "plain")


class EventSession(models.Model):
    """One line of the programme."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    title = models.CharField(max_length=300)
    speaker = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    takes_attendance = models.BooleanField(default=False)  # who is in it is written down for itself

    class Meta:
        ordering = ["starts_at", "position"]
        constraints = [models.UniqueConstraint(fields=["event", "position"], name="event_session_once")]

    def __str__(self) -> str:
        return self.title


class EventPanel(models.Model):
    """A body that answers in a dialogue; it confirms that it sends somebody who can."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="panel")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="panels")
    position = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "agency"], name="event_panel_once")]

    def __str__(self) -> str:
        return f"{self.agency}"


class EventMaterial(models.Model):
    """A file handed out: an invitation letter, a talk, a picture of the day."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=300)
    file = models.FileField(upload_to=kept_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "sha256"], name="event_material_once")]

    def __str__(self) -> str:
        return self.title
