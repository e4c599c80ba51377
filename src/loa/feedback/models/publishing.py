from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.sealing import SealedField
from loa.directory.models import Agency
from loa.feedback.models.case import Case, Subject
from loa.plans.models import Assignment, DutyAssignment


class KeptPrivate(models.Model):
    """An answered case that is not published, on a ground and from a day; published later, the row is ended."""

    class Ground(models.TextChoices):
        PERSONAL = "personal", _("It cannot be understood without personal data")
        WISH = "wish", _("The sender asked for it")
        SECRET = "secret", _("It touches a secret of the state or of a business")
        OTHERS = "others", _("It would harm the rights of other people")
        EMPTY = "empty", _("There is nothing in it for others")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="kept_private")
    ground = models.CharField(max_length=8, choices=Ground)
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ground}"


class AnswerSubscription(models.Model):
    """Somebody without an account who wants to know of new answers of a subject, an agency or a commune.

    It counts from `confirmed_at`, when the link in the first letter was followed; `told_through` is the moment up to
    which answers were told, `told_on` the day of the last letter: there is one a day at most.
    """

    key = models.CharField(
        max_length=150, unique=True
    )  # address and what is followed: asked twice, it is one
    email = SealedField()
    email_print = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=2, default="vi")
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="answer_subscriptions"
    )
    commune = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="place_subscriptions"
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_through = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["confirmed_at", "created_at"])]

    def __str__(self) -> str:
        return self.about

    @property
    def about(self) -> str:
        """What is followed, in words."""
        parts = [str(part) for part in (self.subject, self.agency, self.commune) if part]
        return " · ".join(parts) or str(_("All answers"))


class CountedWork(models.Model):
    """Published answers count for a piece of a plan's work: of one agency and one subject, or of all."""

    key = models.CharField(max_length=100, unique=True)  # work, agency and subject: said twice, it is one
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="counted_answers"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.CASCADE, related_name="counted_answers"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="counted_works",
        verbose_name=pgettext_lazy("answers", "answers of"),
    )  # fmt: skip
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="counted_works",
        verbose_name=pgettext_lazy("case", "subject"),
    )  # fmt: skip
    unit = models.CharField(_("unit"), max_length=200, blank=True)  # of the target it fills
    starts_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, duty_assignment__isnull=True)
                | Q(assignment__isnull=True, duty_assignment__isnull=False),
                name="counted_work_of_one_work",
            ),
        ]

    def __str__(self) -> str:
        return str(self.work)

    @property
    def work(self) -> Assignment | DutyAssignment:
        work = self.assignment or self.duty_assignment
        if work is None:
            raise ValueError("Answers count for one work")  # the database forbids it
        return work
