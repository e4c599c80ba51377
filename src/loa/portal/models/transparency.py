"""The recorded decision that a plan, and the file of a report on it, is for everybody to see."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.documents.models import Document
from loa.plans.models import Plan
from loa.portal.states.transparency import PLAN_PUBLICATION_STATES, REPORT_PUBLICATION_STATES


class PlanPublication(models.Model):
    """What everybody may see of one plan. A plan without a row, or with a hidden one, is nobody's business."""

    state = models.CharField(
        max_length=10, choices=list(PLAN_PUBLICATION_STATES.items()), default="hidden", db_index=True
    )
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="publication")
    introduction = models.TextField(_("What the plan is for, in plain words"), max_length=1500, blank=True)
    shows_file = models.BooleanField(_("The plan's document as a file"), default=True)
    shows_results = models.BooleanField(_("What was published for each task"), default=True)
    shows_reports = models.BooleanField(_("The reports that were issued"), default=True)
    shows_money = models.BooleanField(_("The money that was approved"), default=False)
    published_on = models.DateField(null=True, blank=True)  # the first time

    class Meta:
        ordering = ["-plan__year", "-pk"]

    def __str__(self) -> str:
        return str(self.plan)

    def get_absolute_url(self) -> str:
        return reverse("portal:plan_opening_detail", args=[self.plan_id])

    @property
    def state_tone(self) -> str:
        return {"public": "done", "taken_back": "soon"}.get(self.state, "plain")


class ReportPublication(models.Model):
    """The file of one issued report is public. Bound to the paper: a report issued anew is decided anew."""

    state = models.CharField(
        max_length=10, choices=list(REPORT_PUBLICATION_STATES.items()), default="hidden", db_index=True
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="report_publications")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="report_publication")

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("portal:plan_opening_detail", args=[self.plan_id])

    @property
    def state_tone(self) -> str:
        return {"public": "done", "taken_back": "soon"}.get(self.state, "plain")
