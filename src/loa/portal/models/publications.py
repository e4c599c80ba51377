"""Leaflets, handbooks, posters, discs: what is printed, given out and read here; and the rounds in which it is sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.models import EstimateLine
from loa.core.text import fold
from loa.directory.models import Agency, AgencyGroup, Network
from loa.plans.models import Assignment, DutyAssignment, Topic
from loa.portal.states.publications import DISPATCH_STATES, PARCEL_STATES, PUBLICATION_STATES


def public_storage() -> Storage:
    """Where covers lie: anybody may fetch them without asking."""
    return storages["public"]


def kept_name(instance: Any, filename: str) -> str:  # noqa: ARG001  Django gives it
    """By its own digest, so that the name somebody gave a file is never a path."""
    return f"publications/{instance.sha256[:2]}/{instance.sha256}"


class Publication(models.Model):
    class Kind(models.TextChoices):
        LEAFLET = "leaflet", _("Leaflet")
        HANDBOOK = "handbook", _("Handbook")
        POSTER = "poster", _("Poster")
        DISC = "disc", _("Disc")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")
        BOTH = "vi-en", _("Vietnamese and English")

    state = models.CharField(
        max_length=12, choices=list(PUBLICATION_STATES.items()), default="draft", db_index=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, db_index=True)
    title = models.CharField(pgettext_lazy("of a publication", "title"), max_length=300)
    about = models.TextField(_("what it is about"), max_length=2000)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.VIETNAMESE)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="publications")
    topics = models.ManyToManyField(Topic, blank=True, related_name="publications", verbose_name=_("topics"))
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    cost_line = models.ForeignKey(
        EstimateLine, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    print_run = models.PositiveIntegerField(_("print run"), null=True, blank=True)  # copies
    printer = models.CharField(_("printer"), max_length=300, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True)
    licence = models.CharField(_("licence number"), max_length=120, blank=True)
    page_count = models.PositiveSmallIntegerField(pgettext_lazy("how many", "pages"), null=True, blank=True)
    cover = models.FileField(storage=public_storage, blank=True, max_length=200)
    cover_width = models.PositiveSmallIntegerField(default=0)  # pixels
    cover_height = models.PositiveSmallIntegerField(default=0)
    search_text = models.TextField(editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True, db_index=True)  # the city's day

    class Meta:
        ordering = ["-released_on", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(duty_assignment__isnull=True),
                name="publication_of_one_work",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.about}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("portal:publication_desk", args=[self.pk])

    @property
    def state_tone(self) -> str:
        tones = {"draft": "soon", "with_editor": "wait", "approved": "run", "released": "done"}
        return tones.get(self.state, "plain")

    @property
    def writer_ids(self) -> set[int]:
        """Who had a hand in it: none of them approves it."""
        return {pk for pk in (self.created_by_id, self.changed_by_id, self.handed_in_by_id) if pk}


class PublicationFile(models.Model):
    """The file for the printer, or the one that readers download."""

    class Purpose(models.TextChoices):
        PRINT = "print", _("For the printer")
        READING = "reading", _("For reading")

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField(_("what it is for"), max_length=7, choices=Purpose)
    file = models.FileField(upload_to=kept_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    # per page its paragraphs ({"text", "bold"}) and tables ({"rows"}), as officialdoc.read.look sees them
    pages = models.JSONField(default=list, blank=True)
    page_count = models.PositiveSmallIntegerField(null=True, blank=True)
    is_looked_at = models.BooleanField(default=False)  # by the job; also where it could not be read
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-purpose", "pk"]  # reading before print
        constraints = [
            models.UniqueConstraint(fields=["publication", "purpose", "sha256"], name="publication_file_once")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def kind(self) -> str:
        """PDF, DOCX, MP4: what a reader knows a file by."""
        return self.file_name.rpartition(".")[2].upper()


class DownloadDay(models.Model):
    """How often a file was fetched on a day. Nothing is kept of who did."""

    file = models.ForeignKey(PublicationFile, on_delete=models.CASCADE, related_name="download_days")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["file", "on"], name="download_day_once")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.count}"


class Dispatch(models.Model):
    """One round of sending copies out: a list of receivers, then a parcel for each agency."""

    state = models.CharField(
        max_length=9, choices=list(DISPATCH_STATES.items()), default="draft", db_index=True
    )
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="dispatches")
    number = models.PositiveSmallIntegerField()
    as_of = models.DateField(_("members as of"))
    confirm_by = models.DateField(_("to be confirmed by"))
    note = models.CharField(_("note to the receivers"), max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["publication", "number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="dispatch_once")]

    def __str__(self) -> str:
        return f"{self.publication} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("portal:dispatch_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return {"draft": "soon", "sent": "run"}.get(self.state, "plain")


class DispatchLine(models.Model):
    """So many copies for an agency, for each agency of a group, or for each person of a network."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="lines")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(AgencyGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    each = models.PositiveIntegerField(_("copies for each"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, group__isnull=True, network__isnull=True)
                | Q(agency__isnull=True, group__isnull=False, network__isnull=True)
                | Q(agency__isnull=True, group__isnull=True, network__isnull=False),
                name="dispatch_line_for_one",
            ),
            models.CheckConstraint(condition=Q(each__gt=0), name="dispatch_line_positive"),
            models.UniqueConstraint(fields=["dispatch", "agency"], name="dispatch_line_agency_once"),
            models.UniqueConstraint(fields=["dispatch", "group"], name="dispatch_line_group_once"),
            models.UniqueConstraint(fields=["dispatch", "network"], name="dispatch_line_network_once"),
        ]

    def __str__(self) -> str:
        return str(self.agency or self.group or self.network)


class Parcel(models.Model):
    """What one agency gets in a round, and what it says has come."""

    state = models.CharField(
        max_length=9, choices=list(PARCEL_STATES.items()), default="waiting", db_index=True
    )
    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="parcels")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="parcels")
    quantity = models.PositiveIntegerField()
    parts = models.JSONField(default=list)  # [{"for": words, "quantity": n, "people": n or None}]
    received = models.PositiveIntegerField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)  # what the receiver says of it
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_on_paper = models.BooleanField(default=False)  # typed in by who sent it

    class Meta:
        ordering = ["agency__sort_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["dispatch", "agency"], name="parcel_once")]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.dispatch} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("portal:parcel_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        if self.state == "waiting":
            return "wait"
        return "late" if self.shortage else "done"

    @property
    def shortage(self) -> int:
        """Copies that did not come; 0 before anything is confirmed."""
        return max(self.quantity - self.received, 0) if self.received is not None else 0
