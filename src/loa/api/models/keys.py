from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency


class ApiKey(models.Model):
    """What another system shows to be let in: kept as a digest, so that nobody can read it here.

    It acts for one agency in the name of its keeper, under the keeper's own rights there, and does no more than
    its scopes allow. The keeper's account closed or role ended, the key opens nothing.
    """

    name = models.CharField(_("name of the system"), max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="api_keys")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_keys")
    start = models.CharField(max_length=12)  # the first letters, to tell keys apart
    digest = models.CharField(max_length=64, unique=True)
    may_submit = models.BooleanField(_("submit cases (Open311)"), default=False)
    may_read = models.BooleanField(_("read the agency's cases"), default=False)
    may_write = models.BooleanField(_("report the progress of cases, write draft answers"), default=False)
    may_see_identity = models.BooleanField(
        _("read the sender's details; each access is recorded"), default=False
    )
    rate = models.PositiveIntegerField(
        _("calls a minute"), default=60, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("key of a system")
        verbose_name_plural = _("keys of systems")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("connect:key_detail", args=[self.pk])

    def is_good_on(self, day: date) -> bool:
        return self.revoked_at is None and (self.ends_on is None or day <= self.ends_on)

    @property
    def scopes(self) -> list[str]:
        """What it may, in words."""
        names = ("may_submit", "may_read", "may_write", "may_see_identity")
        return [str(self._meta.get_field(name).verbose_name) for name in names if getattr(self, name)]  # type: ignore[union-attr]
