from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.plans.models import Assignment, DutyAssignment
from loa.portal.models.pages import Column, Story
from loa.portal.states.newsroom import NEWS_ASSIGNMENT_STATES


class NewsAssignment(models.Model):
    """What an editor asks a reporter to write: for which work of the plan, for which column and slot, by when."""

    state = models.CharField(
        max_length=10, choices=list(NEWS_ASSIGNMENT_STATES.items()), default="given", db_index=True
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="news_assignments")
    title = models.CharField(_("what to write about"), max_length=200)
    note = models.TextField(_("what matters in it"), blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reporter")
    )
    due_on = models.DateField(_("by when"))
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="+", verbose_name=_("column"))
    on_air_on = models.DateField(_("day on the air"), null=True, blank=True)
    slot = models.CharField(_("radio slot"), max_length=60, blank=True)
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="news_assignments"
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("assignment to a reporter")
        verbose_name_plural = _("assignments to reporters")
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(duty_assignment__isnull=True),
                name="news_assignment_of_one_work",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:news_assignment_detail", args=[self.pk])

    @property
    def work(self) -> Any:
        return self.assignment or self.duty_assignment
