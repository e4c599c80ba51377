from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.text import fold
from loa.directory.models import Agency
from loa.feedback.models.case import Case, Subject
from loa.feedback.states import RATING_STATES


class Publication(models.Model):
    """A case as the public reads it: texts an officer has looked through, personal data masked.

    Kept apart from the case, so that what is not in here cannot be shown by mistake. Taken back, it is no longer
    public; its row stays.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="publication")
    title = models.CharField(max_length=200)
    question = models.TextField()
    answer = models.TextField()
    asker_name = models.CharField(max_length=200, blank=True)  # only with the asker's consent
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="published_answers")
    answered_at = models.DateTimeField(null=True)  # of this answer: the case may be opened again
    published_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.title} {self.question} {self.answer}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("feedback:public_answer", args=[self.case.code])

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None


class Rating(models.Model):
    """What the asker thinks of the answer, 1 to 5; said again after the case was opened again, it is replaced."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="rating")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="case_ratings")
    stars = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    # what becomes of the words: read by the agency at once, by everybody only once a moderator let them through
    state = models.CharField(
        max_length=7, choices=list(RATING_STATES.items()), default="waiting", db_index=True
    )
    public_words = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_in_range")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stars}"

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


class IdentityAccess(models.Model):
    """Somebody has looked at who asks: shown to the asker."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="identity_accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {clock.day_of(self.at):%d/%m/%Y}"


class RefusalGround(models.Model):
    """A lawful ground on which a case is not handled (dated data)."""

    code = models.SlugField(max_length=60)
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    legal_basis = models.CharField(max_length=300)
    is_checked = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="refusal_ground_once")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


class RoutingRule(models.Model):
    """Where a case goes, the first rule that fits in their order; what is left open fits everything."""

    intake = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="routing_rules")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Case.Kind, blank=True)
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="routing_rules"
    )
    place = models.ForeignKey(  # a commune, or a district that stands above it
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    agency = models.ForeignKey(  # the target; without one, the commune the case names
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="routing_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.agency or self.place}"


class AnswerTemplate(models.Model):
    """Words an agency keeps for answers it gives often."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="answer_templates")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.SET_NULL, related_name="templates"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="answer_template_once")]

    def __str__(self) -> str:
        return self.title
