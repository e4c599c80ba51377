from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.text import fold, sort_key

if TYPE_CHECKING:
    from loa.directory.hats import Hat


class Agency(models.Model):
    """A body that acts in a plan. Its name is dated (`AgencyName`); `name` is the present or last one."""

    class Kind(models.TextChoices):
        PEOPLES_COMMITTEE = "peoples_committee", _("People's committee")
        OFFICE = "office", _("Committee office")
        DEPARTMENT = "department", _("Department")
        INSPECTORATE = "inspectorate", _("Inspectorate")
        POLICE = "police", _("Police")
        DISTRICT = "district", _("District people's committee")
        COMMUNE = "commune", _("Commune people's committee")
        PRESS = "press", _("Press agency")
        PARTY_BOARD = "party_board", _("Party board")
        MASS_ORGANISATION = "mass_organisation", _("Mass organisation")
        UNION = "union", _("Trade union")
        STATION = "station", _("Radio station")
        SERVICE_UNIT = "service_unit", _("Public service unit")
        OTHER = "other", _("Other body")

    class Level(models.TextChoices):
        CENTRAL = "central", _("Central")
        CITY = "city", _("City or province")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    symbol = models.CharField(max_length=30, blank=True)  # its part of a document symbol: "UBND", "STTTT"
    kind = models.CharField(max_length=20, choices=Kind)
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    place = models.CharField(max_length=100, blank=True)  # the place name before the date of its documents
    email = models.EmailField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the last day it existed
    legal_basis = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=700, editable=False, db_index=True)
    search_name = models.CharField(max_length=600, editable=False)

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="agency_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        self.search_name = fold(f"{self.name} {self.short_name} {self.code}")
        super().save(*args, **kwargs)

    @property
    def is_political(self) -> bool:
        """Party and mass bodies are asked ("đề nghị"), not ordered, and never ranked."""
        return self.kind in {self.Kind.PARTY_BOARD, self.Kind.MASS_ORGANISATION, self.Kind.UNION}


class AgencyName(models.Model):
    """Another name of an agency: an older official one (dated), an abbreviation, a remembered correction."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Official name")
        ALIAS = "alias", _("Also called")
        CORRECTION = "correction", _("Remembered correction")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=300)
    search_name = models.CharField(max_length=300, editable=False, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "name", "valid_from"], name="agency_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_name = fold(self.name)
        super().save(*args, **kwargs)


class AgencyGroup(models.Model):
    """A printed group of bodies ("UBND các quận, huyện") that expands to its members as of a date."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    aliases = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    sort_name = models.CharField(max_length=1000, editable=False, db_index=True)
    search_name = models.CharField(max_length=300, editable=False)

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("group of agencies")
        verbose_name_plural = _("groups of agencies")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        self.search_name = fold(self.name)
        super().save(*args, **kwargs)


class GroupMember(models.Model):
    group = models.ForeignKey(AgencyGroup, on_delete=models.CASCADE, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="group_memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "agency", "valid_from"], name="group_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} – {self.agency}"


class User(AbstractUser):
    """A person with an account. Roles come from memberships, never from flags on the account."""

    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    wants_mail = models.BooleanField(_("notices by e-mail"), default=True)
    sort_name = models.CharField(max_length=700, editable=False, db_index=True)
    search_name = models.CharField(max_length=700, editable=False)
    REQUIRED_FIELDS = ["email", "full_name"]
    _left_to: tuple[int, set[int]] | None = None

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.full_name or self.username)
        self.search_name = fold(f"{self.full_name} {self.username} {self.email}")
        super().save(*args, **kwargs)

    @property
    def hats(self) -> list[Hat]:
        """The agencies this person may act for today, with the roles held there."""
        if not hasattr(self, "_hats"):
            from loa.directory.hats import hats_of  # noqa: PLC0415  hats are read from models

            self._hats = hats_of(self)
        return self._hats

    @property
    def hat(self) -> Hat | None:
        """The agency this person acts for now: the chosen one, else the first."""
        if not hasattr(self, "_hat"):
            self._hat = self.hats[0] if self.hats else None
        return self._hat

    def wear(self, agency_id: int) -> bool:
        """Choose a hat; False when the person has none for this agency."""
        for hat in self.hats:
            if hat.agency.pk == agency_id:
                self._hat = hat
                return True
        return False

    def answers_for(self, agency: Agency) -> bool:
        """Under the present hat: for its own agency, and for a body that ended and left it what was open."""
        if self.hat is None or self.hat.agency.pk == agency.pk:
            return self.hat is not None
        if agency.valid_to is None or agency.valid_to >= clock.today():
            return False
        if self._left_to is None or self._left_to[0] != self.hat.agency.pk:
            left = self.hat.agency.inheritances.filter(is_default=True)
            self._left_to = self.hat.agency.pk, set(left.values_list("predecessor", flat=True))
        return agency.pk in self._left_to[1]

    @property
    def hat_code(self) -> str:
        return self.hat.agency.code if self.hat else ""

    def get_full_name(self) -> str:
        return self.full_name


class Membership(models.Model):
    """A person's role in an agency, from a day to a day."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("Officer")
        FOCAL_POINT = "focal_point", pgettext_lazy("role", "Focal point")
        HEAD = "head", _("Head")
        CLERK = "clerk", _("Records clerk")
        LEADER = "leader", _("City leadership")
        CONTRIBUTOR = "contributor", _("Contributor")
        EDITOR = "editor", _("Editor")
        APPROVER = "approver", _("Approver of publications")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role)
    title = models.CharField(max_length=200, blank=True)  # as printed under a signature: "GIÁM ĐỐC"
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role", "valid_from"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.agency}"


class Delegation(models.Model):
    """While a head is away, somebody of the agency decides and signs in the head's place."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_received"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_dates_in_order"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver} ({self.agency})"


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose valid_from..valid_to covers a day; an open end never ends."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )
