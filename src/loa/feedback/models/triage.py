"""What helps the intake to decide: what past cases teach, and whether that help was taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from loa.directory.models import Agency
from loa.feedback.models.case import Case, Subject
from loa.feedback.models.listening import RoutingRule


class Suggestion(models.Model):
    """What was suggested when a person decided, and what the person chose: counted, never acted on."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="suggestion")
    rule = models.ForeignKey(
        RoutingRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestions"
    )
    rule_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(  # learned from past cases, the likeliest
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    percent = models.PositiveSmallIntegerField(default=0)  # how sure that was
    was_shown = models.BooleanField(default=False)  # the chosen one stood among those suggested
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    chosen_subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.chosen_agency_id}"


class WordCount(models.Model):
    """In how many learned cases of a target ("agency:12", "subject:3") a folded word occurs; "" counts the cases."""

    word = models.CharField(max_length=60)
    target = models.CharField(max_length=30)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "target"], name="word_count_once")]

    def __str__(self) -> str:
        return f"{self.word} {self.target}: {self.count}"


class LearnedCase(models.Model):
    """A case whose words are counted, with the targets they were counted for, so that it can be taken out again."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="learned")
    targets = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class CaseTrace(models.Model):
    """A mark that cases of nearly the same words share: digests, from which no word can be read."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="traces")
    mark = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.case_id}"
