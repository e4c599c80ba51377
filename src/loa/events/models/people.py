"""Who is invited, who is to come, who came."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.text import fold, sort_key
from loa.directory.models import Agency, Network, NetworkMember
from loa.events.models.event import Event, EventSession
from loa.events.states import INVITATION_STATES, REGISTRATION_STATES


class Invitation(models.Model):
    """So many places for a body. With a network, the body that keeps it names people of that network."""

    state = models.CharField(
        max_length=9, choices=list(INVITATION_STATES.items()), default="draft", db_index=True
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="event_invitations")
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="event_invitations"
    )
    quota = models.PositiveSmallIntegerField(_("places"))
    note = models.CharField(_("whom to send"), max_length=300, blank=True)
    reason = models.TextField(blank=True)  # why it was declined
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "agency"], condition=Q(network__isnull=True), name="invitation_once"
            ),
            models.UniqueConstraint(
                fields=["event", "network"],
                condition=Q(network__isnull=False),
                name="invitation_of_network_once",
            ),
            models.CheckConstraint(condition=Q(quota__gt=0), name="invitation_has_places"),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.network or self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("events:invitation_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return {"sent": "wait", "answered": "done", "declined": "late"}.get(self.state, "plain")


class Registration(models.Model):
    """A person who is to come: named by a body, or registered by themselves.

    Phone and e-mail are for the organiser alone. They go, with the names of people who registered by
    themselves, when the period of the dated rule "event.retention" is over.
    """

    class Origin(models.TextChoices):
        INVITED = "invited", _("Named by an invited body")
        PUBLIC = "public", _("Registered on the portal")
        DOOR = "door", _("Came without registering")

    state = models.CharField(
        max_length=9, choices=list(REGISTRATION_STATES.items()), default="going", db_index=True
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    origin = models.CharField(_("how"), max_length=7, choices=Origin)
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    name = models.CharField(_("full name"), max_length=200)
    title = models.CharField(_("position"), max_length=200, blank=True)
    organisation = models.CharField(pgettext_lazy("of a person", "organisation"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="event_registrations",
    )
    member = models.ForeignKey(
        NetworkMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="event_registrations"
    )
    stands_for = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="substitute"
    )
    code = models.CharField(max_length=12, unique=True)  # on the ticket, typed where no camera reads it
    key = models.CharField(max_length=64, blank=True)  # of the form that was sent: sent twice it is once
    language = models.CharField(max_length=2, default="vi")  # of letters to who registered themselves
    consent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True, blank=True)
    sort_name = models.CharField(max_length=700, editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], condition=~Q(key=""), name="registration_once"),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        self.search_text = fold(
            f"{self.name} {self.title} {self.organisation} {self.code}"
        )  # never the phone
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("events:registration_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return {"going": "run", "waiting": "wait"}.get(self.state, "plain")

    @property
    def presence(self) -> str:
        """What is known of it: present, absent, excused; empty where nobody has said it yet."""
        attendance: Attendance | None = getattr(self, "attendance", None)
        return attendance.presence if attendance else ""

    @property
    def presence_words(self) -> str:
        return str(Attendance.Presence(self.presence).label) if self.presence else ""


class Attendance(models.Model):
    """What is known of a person's being there. Said again from the same list, it is the same."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        EXCUSED = "excused", pgettext_lazy("presence", "Excused")

    class How(models.TextChoices):
        TICKET = "ticket", _("Ticket read")
        CODE = "code", _("Code typed")
        LIST = "list", _("From the signed list")
        SHEET = "sheet", _("From a sheet")

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="attendance")
    presence = models.CharField(_("presence"), max_length=7, choices=Presence, db_index=True)
    how = models.CharField(max_length=6, choices=How)
    key = models.CharField(max_length=64, blank=True)  # of the check-in on a phone
    seen_at = models.DateTimeField(null=True, blank=True)  # when the ticket was read, offline or not
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.registration}: {self.get_presence_display()}"


class SessionAttendance(models.Model):
    """What is known of a person's being in one session. Read again by the same phone, it is the same.

    `Attendance` is the whole, summed up from these where an event takes attendance session by session.
    """

    session = models.ForeignKey(EventSession, on_delete=models.PROTECT, related_name="attendances")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="session_attendances"
    )
    presence = models.CharField(_("presence"), max_length=7, choices=Attendance.Presence)
    how = models.CharField(max_length=6, choices=Attendance.How)
    key = models.CharField(max_length=64, blank=True)  # of the check-in on a phone
    seen_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="session_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration}, {self.session}: {self.get_presence_display()}"
