"""How bodies are merged, split, renamed or abolished: the decision, its acts, and what each of them moved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.directory.models.directory import Agency
from loa.directory.states import DECISION_STATES


class ReorganisationDecision(models.Model):
    """A decision that reorganises bodies on a day: prepared, rehearsed, then applied once as a whole."""

    state = models.CharField(
        max_length=10, choices=list(DECISION_STATES.items()), default="draft", db_index=True
    )
    number = models.CharField(max_length=120)  # as printed: "Nghị quyết 1669/NQ-UBTVQH15"
    subject = models.CharField(max_length=500)
    issuer_name = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    on = models.DateField()  # the first day of the new order
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)  # raised by each change of what is prepared
    rehearsed_version = models.PositiveIntegerField(null=True, blank=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)  # why it waits
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("desk:decision_detail", args=[self.pk])

    @property
    def is_rehearsed(self) -> bool:
        """The last dry run showed what is prepared now."""
        return self.rehearsed_version == self.version

    @property
    def state_tone(self) -> str:
        tones = {"draft": "plain", "scheduled": "run", "waiting": "late", "applied": "done"}
        return tones.get(self.state, "plain")


class Reorganisation(models.Model):
    """One act: bodies are merged, split, renamed or abolished on a date; many to many.

    `shares`: {"topic" | "form" | "task" | "duty" | "plan": {key: code of the successor that takes it}}; the
    rest goes to `default_successor`. `people`: {membership: {"agency": code or "", "role": role}}; who is
    not named goes to the default successor in the same role.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")
        RENAME = "rename", _("Rename")
        ABOLISH = "abolish", _("Abolish")
        TRANSFER = "transfer", _("Transfer of a function")

    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    decision = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        ReorganisationDecision, null=True, blank=True, on_delete=models.SET_NULL, related_name="acts"
    )
    position = models.PositiveIntegerField(default=0)
    predecessors = models.ManyToManyField(Agency, related_name="later_reorganisations")
    successors = models.ManyToManyField(Agency, related_name="earlier_reorganisations", blank=True)
    default_successor = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    new_name = models.CharField(max_length=200, blank=True)  # a body that only changes its name
    shares = models.JSONField(default=dict, blank=True)
    people = models.JSONField(default=dict, blank=True)
    mark = models.CharField(max_length=4, blank=True)  # how well it is known: V, VD, S, K+, K, K-
    is_proven = models.BooleanField(
        default=True
    )  # only then work passes on by itself; else the administrator decides
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    @property
    def heir(self) -> Agency | None:
        """Who takes what nobody else is named for."""
        if self.default_successor is not None:
            return self.default_successor
        heirs = list(self.successors.all())
        return heirs[0] if len(heirs) == 1 else None


class Succession(models.Model):
    """Who carries on a body that ended, hops included: opens its history to the successor's people."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    decision = models.ForeignKey(ReorganisationDecision, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    is_default = models.BooleanField(default=True)  # answers for what is left, such as a returned report

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class HandOver(models.Model):
    """One thing that a decision moved, from whom to whom, or could not; of a rehearsal: would move.

    Words are kept in both languages as they were written, so that the log can be read later.
    """

    class How(models.TextChoices):
        MOVED = "moved", _("Moved")
        MERGED = "merged", _("Merged")
        BEGUN = "begun", _("Begins")
        ENDED = "ended", _("Ends")
        KEPT = "kept", _("Stays")
        TOLD = "told", _("Told")
        REFUSED = "refused", _("Cannot move")

    decision = models.ForeignKey(ReorganisationDecision, on_delete=models.CASCADE, related_name="hand_overs")
    is_rehearsal = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    kind_vi = models.CharField(max_length=100)
    kind_en = models.CharField(max_length=100)
    how = models.CharField(max_length=8, choices=How)
    label = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    predecessor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # the names of that day: a body may be called otherwise later
    predecessor_name = models.CharField(max_length=200, blank=True)
    successor_name = models.CharField(max_length=200, blank=True)
    note_vi = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["decision", "is_rehearsal", "position"])]

    def __str__(self) -> str:
        return self.label

    @property
    def kind(self) -> str:
        return self._said("kind")

    @property
    def note(self) -> str:
        """Why it cannot move, or what else is to be known."""
        return self._said("note")

    def _said(self, field: str) -> Any:
        language = "en" if (get_language() or "").startswith("en") else "vi"
        return getattr(self, f"{field}_{language}")
