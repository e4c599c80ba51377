"""Networks of people who carry the word: official speakers, communicators, mediators, collaborators. All dated."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold, sort_key
from loa.directory.models.directory import Agency

_DATES_IN_ORDER = Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Network(models.Model):
    """A list of people that an agency keeps by a decision. They need no account."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("Official speakers")
        COMMUNICATOR = "communicator", _("Communicators")
        MEDIATOR = "mediator", _("Mediators")
        COLLABORATOR = "collaborator", _("Collaborators")

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, db_index=True)
    keeper = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="networks", verbose_name=_("agency that keeps it")
    )
    level = models.CharField(_("level"), max_length=10, choices=Agency.Level)
    legal_basis = models.CharField(_("decision"), max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sort_name = models.CharField(max_length=1000, editable=False, db_index=True)
    search_name = models.CharField(max_length=600, editable=False)

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("network of people")
        verbose_name_plural = _("networks of people")
        constraints = [
            models.UniqueConstraint(fields=["keeper", "name"], name="network_once"),
            models.CheckConstraint(condition=_DATES_IN_ORDER, name="network_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        self.search_name = fold(f"{self.name} {self.legal_basis}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:network_detail", args=[self.pk])


class NetworkMember(models.Model):
    """A person in a network, from a day to a day. `code` is the number in the network's list."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members")
    code = models.CharField(_("number in the list"), max_length=20)
    name = models.CharField(_("full name"), max_length=200)
    title = models.CharField(_("position"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="network_members", verbose_name=_("works in")
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="networks"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sort_name = models.CharField(max_length=700, editable=False, db_index=True)
    search_name = models.CharField(max_length=500, editable=False)

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "code"], name="network_member_once"),
            models.CheckConstraint(condition=_DATES_IN_ORDER, name="network_member_dates_in_order"),
        ]
        indexes = [models.Index(fields=["network", "agency"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        self.search_name = fold(f"{self.code} {self.name} {self.title}")  # never the phone
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:network_detail", args=[self.network_id])
