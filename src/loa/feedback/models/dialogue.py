"""What a dialogue adds to a case: its place in the hall, likes, polls, and what was promised aloud."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from loa.core.text import headline
from loa.directory.models import Agency
from loa.events.models import Event
from loa.feedback.masking import find_personal, plain
from loa.feedback.models.case import Case
from loa.feedback.states import PROMISE_STATES, QUESTION_STATES
from loa.plans.models import Assignment
from loa.plans.states import OPEN_ASSIGNMENT_STATES


class Question(models.Model):
    """A case that was asked in a dialogue, as the hall sees it. Its words there are those a moderator let through.

    The case itself belongs to the organiser until the session has ended; `released_at` says since when its own
    clocks run.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="question")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="questions")
    state = models.CharField(
        max_length=9, choices=list(QUESTION_STATES.items()), default="pending", db_index=True
    )
    public_text = models.TextField(blank=True)
    shown_name = models.CharField(max_length=100, blank=True)  # where the asker allowed it
    asker_token = models.CharField(max_length=64, blank=True, db_index=True)  # digest of the browser's lot
    lead = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="grouped")
    is_shortlisted = models.BooleanField(default=False)
    on_air_at = models.DateTimeField(null=True, blank=True)  # being answered in the hall now
    likes_count = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)  # why it is not shown, or is answered later
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_for = models.ForeignKey(  # the agency the signer spoke for: the panel's, or the chair's
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(on_air_at__isnull=False), name="one_question_on_air"
            )
        ]
        indexes = [models.Index(fields=["event", "state", "-likes_count"])]

    def __str__(self) -> str:
        return headline(self.public_text or self.case.title)[:80]

    def get_absolute_url(self) -> str:
        return reverse("feedback:moderated_question", args=[self.pk])

    @property
    def anchor(self) -> str:
        """Its id in every page of the hall: a fragment takes the place of the older one."""
        return f"cau-{self.pk}"

    @cached_property
    def names_somebody(self) -> bool:
        """Something in the words as they were asked reads like personal data."""
        return bool(find_personal(plain(self.case.content)))

    @property
    def is_on_air(self) -> bool:
        return self.on_air_at is not None


class QuestionLike(models.Model):
    """I want to know this too: one for each browser, as far as honest means go."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="likes")
    token = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "token"], name="question_like_once")]

    def __str__(self) -> str:
        return f"like of {self.question_id}"


class Poll(models.Model):
    """A question of the hall to those who watch."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="polls")
    words = models.CharField(_("question"), max_length=300)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class PollChoice(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=150)
    votes_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="poll_choice_once")]

    def __str__(self) -> str:
        return self.words


class PollVote(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    choice = models.ForeignKey(PollChoice, on_delete=models.CASCADE, related_name="votes")
    token = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "token"], name="poll_vote_once")]

    def __str__(self) -> str:
        return f"vote in {self.poll_id}"


class Promise(models.Model):
    """What a body promised before everybody, with a day; it is kept, or it is overdue and seen to be.

    It may become work of the plan: then that assignment says how far it is.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="promises")
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="promises")
    state = models.CharField(
        max_length=9, choices=list(PROMISE_STATES.items()), default="open", db_index=True
    )
    words = models.TextField(_("what was promised"))
    due_on = models.DateField(_("by"))
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    proof = models.TextField(blank=True)  # in the body's words, shown to everybody
    kept_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return headline(self.words)[:80]

    def get_absolute_url(self) -> str:
        return reverse("feedback:promise_detail", args=[self.pk])

    @property
    def runs_as_work(self) -> bool:
        """An assignment that is still open carries it out: what is due is due there."""
        return self.assignment is not None and self.assignment.state in OPEN_ASSIGNMENT_STATES

    @property
    def may_be_given(self) -> bool:
        """It is open, and no work carries it out: none yet, or one that was ended."""
        gone = self.assignment is None or self.assignment.state in ("ended", "passed_on")
        return self.state == "open" and gone
