"""What comes back: whether a page is clear, and proposals to tell people of a change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from loa.directory.models import Agency
from loa.plans.models import AmendmentChange, Plan, Task
from loa.procedures.models.procedure import Procedure
from loa.procedures.models.version import ProcedureVersion
from loa.procedures.states import PROPOSAL_STATES


class ClarityAnswer(models.Model):
    """An answer to "is this clear?", yes or no and a few words. No person, no address: the token is drawn by lot and stays in the
    browser that answered, so that answering again changes the answer instead of adding one.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="answers")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="answers")
    is_clear = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    token = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["version", "token"], name="clarity_answer_once")]
        indexes = [models.Index(fields=["procedure", "-on"], name="clarity_of_procedure")]

    def __str__(self) -> str:
        return self.words or str(self.is_clear)


class CommunicationProposal(models.Model):
    """The body in charge asks the coordinator of the running plan to make a change known.

    Taken up, it points at the task that does it or at the change of an amendment that adds one.
    """

    state = models.CharField(
        max_length=9, choices=list(PROPOSAL_STATES.items()), default="proposed", db_index=True
    )
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="proposals")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="procedure_proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedure_proposals")
    content = models.TextField()  # the task as it could be printed
    why = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    change = models.ForeignKey(
        AmendmentChange, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "plan"], condition=models.Q(state="proposed"), name="proposal_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.content[:120]

    def get_absolute_url(self) -> str:
        return reverse("procedures:proposal_detail", args=[self.pk])
