from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.campaigns.models.press import PressBody
from loa.campaigns.states import CANDIDATE_STATES, CLIPPING_STATES
from loa.core.text import fold
from loa.directory.models import Agency
from loa.documents.models import stored_name
from loa.plans.models import Assignment, CommunicationForm, Deliverable, DutyAssignment, Plan, Topic


class Clipping(models.Model):
    """Something that the press published, as an agency keeps it in its log.

    `key` is the normalised address, without one a digest of title, day and press body: the same thing is kept
    once by an agency. With a work of the plan it counts as a deliverable of the body that must publish.
    """

    class Genre(models.TextChoices):
        NEWS = "news", _("News")
        ARTICLE = "article", _("Article")
        REPORTAGE = "reportage", _("Reportage")
        INTERVIEW = "interview", _("Interview")
        PROGRAMME = "programme", _("Programme")
        OTHER = "other", _("Something else")

    class Origin(models.TextChoices):
        HAND = "hand", _("By hand")
        SHEET = "sheet", _("From a sheet")
        FEED = "feed", _("From a feed")

    state = models.CharField(
        max_length=9, choices=list(CLIPPING_STATES.items()), default="recorded", db_index=True
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="clippings")  # whose log
    press_body = models.ForeignKey(PressBody, on_delete=models.PROTECT, related_name="clippings")
    title = models.CharField(max_length=500)
    link = models.URLField(max_length=1000, blank=True)
    key = models.CharField(max_length=64)
    on = models.DateField(db_index=True)
    author = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=200, blank=True)
    column_key = models.CharField(max_length=200, blank=True, editable=False)
    genre = models.CharField(max_length=10, choices=Genre, default=Genre.NEWS)
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="clippings"
    )  # as its work's, topic's and form's
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="clippings"
    )
    form = models.ForeignKey(
        CommunicationForm, null=True, blank=True, on_delete=models.PROTECT, related_name="clippings"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="clippings"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="clippings"
    )
    deliverable = models.OneToOneField(
        Deliverable, null=True, blank=True, on_delete=models.PROTECT, related_name="clipping"
    )
    is_public = models.BooleanField(default=False)
    origin = models.CharField(max_length=5, choices=Origin, default=Origin.HAND)
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("clipping")
        verbose_name_plural = _("clippings")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(state="recorded"), name="clipping_once"
            ),
            models.UniqueConstraint(
                fields=["assignment", "key"],
                condition=Q(state="recorded", assignment__isnull=False),
                name="clipping_once_of_assignment",
            ),
            models.UniqueConstraint(
                fields=["duty_assignment", "key"],
                condition=Q(state="recorded", duty_assignment__isnull=False),
                name="clipping_once_of_duty",
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(duty_assignment__isnull=True),
                name="clipping_of_one_work",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "press_body", "on"]),
            models.Index(fields=["is_public", "state", "-on"]),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.title} {self.author} {self.column}")
        self.column_key = fold(self.column)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:clipping_detail", args=[self.pk])

    @property
    def work(self) -> Assignment | DutyAssignment | None:
        return self.assignment or self.duty_assignment


class Feed(models.Model):
    """The RSS or Atom address of a press body that an agency has watched. Only a person enters an address."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="press_feeds")
    press_body = models.ForeignKey(PressBody, on_delete=models.PROTECT, related_name="feeds")
    address = models.URLField(max_length=500)
    words = models.CharField(max_length=500, blank=True)  # "cải cách hành chính; thủ tục": what is suggested
    is_active = models.BooleanField(default=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["press_body__sort_name", "pk"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        constraints = [models.UniqueConstraint(fields=["agency", "address"], name="feed_once")]

    def __str__(self) -> str:
        return f"{self.press_body}: {self.address}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:feed_detail", args=[self.pk])


class Candidate(models.Model):
    """An item of a feed that waits for a person to take it into the log or to drop it."""

    state = models.CharField(
        max_length=7, choices=list(CANDIDATE_STATES.items()), default="waiting", db_index=True
    )
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="candidates")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # as the feed's
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=500)
    link = models.URLField(max_length=1000)
    on = models.DateField()
    author = models.CharField(max_length=200, blank=True)
    is_suggested = models.BooleanField(default=False)  # has one of the feed's words
    clipping = models.ForeignKey(
        Clipping, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates"
    )
    search_text = models.TextField(editable=False)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_suggested", "-on", "-pk"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="candidate_once")]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.title
