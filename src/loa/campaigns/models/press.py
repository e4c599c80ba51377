from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.campaigns.states import AGREEMENT_STATES
from loa.core.text import fold, sort_key
from loa.directory.models import Agency
from loa.documents.models import stored_name
from loa.plans.models import Topic


class PressBody(models.Model):
    """A press body outside Loa, or one of the directory's agencies that must publish under a plan."""

    class Kind(models.TextChoices):
        PRINT = "print", _("Printed press")
        RADIO = "radio", _("Radio")
        TELEVISION = "television", _("Television")
        ONLINE = "online", _("Online press")

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    agency = models.OneToOneField(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="press_body"
    )
    host = models.CharField(
        max_length=200, blank=True, db_index=True
    )  # "baohaiphong.vn": tells whose a link is
    contact = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    agency_of_entry = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sort_name = models.CharField(max_length=700, editable=False)
    search_name = models.CharField(max_length=500, editable=False)

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("press body")
        verbose_name_plural = _("press bodies")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        self.search_name = fold(f"{self.name} {self.host}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:press_body_detail", args=[self.pk])


class PressAgreement(models.Model):
    """An agency and a press body agree on what is published from one day to another."""

    state = models.CharField(
        max_length=8, choices=list(AGREEMENT_STATES.items()), default="running", db_index=True
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="press_agreements")
    press_body = models.ForeignKey(PressBody, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(db_index=True)
    amount = models.BigIntegerField(null=True, blank=True)  # whole đồng
    remind_days = models.PositiveSmallIntegerField(default=30)  # before its end
    reminded_on = models.DateField(null=True, blank=True)
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-ends_on", "-pk"]
        verbose_name = _("press agreement")
        verbose_name_plural = _("press agreements")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_in_order"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="agreement_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.number} {self.subject}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:agreement_detail", args=[self.pk])


class Promise(models.Model):
    """How many items of a column or on a topic; with neither, how many in all."""

    agreement = models.ForeignKey(PressAgreement, on_delete=models.CASCADE, related_name="promises")
    column = models.CharField(max_length=200, blank=True)
    column_key = models.CharField(max_length=200, blank=True, editable=False)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="promise_positive"),
            models.UniqueConstraint(fields=["agreement", "column_key", "topic"], name="promise_once"),
            models.UniqueConstraint(
                fields=["agreement", "column_key"],
                condition=Q(topic__isnull=True),
                name="promise_once_without_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column or self.topic or ''}: {self.count}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.column_key = fold(self.column)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
