"""The hall of a dialogue: who may look, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from loa.core import clock
from loa.directory.queries import itself_and_predecessors
from loa.events.models import Event
from loa.events.queries import events_visible_to, public_events
from loa.feedback.masking import find_personal, masked, plain
from loa.feedback.models import Case, Poll, PollChoice, Promise, Question
from loa.feedback.rules import MANAGERS, READERS, WORKERS
from loa.feedback.states import PUBLIC_QUESTIONS
from loa.plans.states import OPEN_ASSIGNMENT_STATES

TO_SIGN = Q(state__in=("shown", "postponed")) & ~Q(case__answer="") & Q(case__drafted_by__isnull=False)


def public_dialogues() -> QuerySet[Event]:
    """Dialogues that anybody may look at."""
    return public_events().filter(kind=Event.Kind.DIALOGUE)


def dialogues_visible_to(user: Any) -> QuerySet[Event]:
    """On the desk: for the organiser, the panel and the chair."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READERS):
        return Event.objects.none()
    own = itself_and_predecessors(hat.agency)
    part = Q(agency__in=own) | Q(chair__in=own) | Q(panel__agency__in=own)
    rows = events_visible_to(user).filter(part, kind=Event.Kind.DIALOGUE)
    return rows.exclude(state__in=("draft", "returned", "with_head", "approved")).distinct()


def questions_visible_to(user: Any) -> QuerySet[Question]:
    """The organiser and the chair see all of theirs; a body of the panel what was sent to it."""
    hat = getattr(user, "hat", None)
    rows = Question.objects.exclude(case__state="isolated").select_related(
        "case__agency", "event__agency", "lead", "signed_for"
    )
    if hat is None or not hat.holds(*READERS):
        return rows.none()
    own = itself_and_predecessors(hat.agency)
    return rows.filter(Q(event__agency__in=own) | Q(event__chair__in=own) | Q(case__agency__in=own))


def public_questions(event: Event) -> QuerySet[Question]:
    """What everybody reads: on air first, then the shortlist, then what most want to know, then the answered."""
    rows = event.questions.filter(state__in=PUBLIC_QUESTIONS).exclude(case__state="isolated")
    return rows.select_related("case__agency", "signed_for", "event").order_by(
        F("on_air_at").desc(nulls_last=True),
        F("answered_at").desc(nulls_first=True),
        "-is_shortlisted",
        "-likes_count",
        "pk",
    )


def questions_of_token(event: Event, token: str) -> QuerySet[Question]:
    """What one browser asked, in every state: the asker always sees its fate."""
    if not token:
        return Question.objects.none()
    rows = event.questions.filter(asker_token=token).exclude(case__state="isolated")
    return rows.select_related("case__agency", "lead__case", "signed_for", "event").order_by("-pk")


def open_polls(event: Event) -> QuerySet[Poll]:
    """Polls that were opened, the newest first; a closed one shows its result."""
    choices = Prefetch("choices", PollChoice.objects.order_by("position"))
    return event.polls.filter(opened_at__isnull=False).prefetch_related(choices).order_by("-opened_at")


def halls_waiting_for(user: Any) -> QuerySet[Event]:
    """Dialogues in which questions wait for this person as a moderator; each with `pending_count`."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*WORKERS):
        return Event.objects.none()
    rows = Event.objects.filter(agency__in=itself_and_predecessors(hat.agency), kind=Event.Kind.DIALOGUE)
    rows = rows.filter(state__in=("announced", "running"))
    pending = Count("questions", filter=Q(questions__state="pending"))
    return rows.annotate(pending_count=pending).filter(pending_count__gt=0).order_by("starts_at")


def answers_to_sign(user: Any) -> QuerySet[Question]:
    """Drafted answers that this person may sign: of the own agency as its head, or as the chair."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds("head", "leader"):
        return Question.objects.none()
    own = Q(event__chair=hat.agency) | (Q(case__agency=hat.agency) if hat.holds("head") else Q(pk__in=[]))
    rows = Question.objects.filter(TO_SIGN, own, event__state="running")
    rows = rows.exclude(case__drafted_by=user)
    return rows.select_related("case__agency", "event").order_by("pk")


def promises_waiting_for(user: Any) -> QuerySet[Promise]:
    """What the own body promised and has not kept yet; what runs as work of a plan waits there."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*MANAGERS):
        return Promise.objects.none()
    rows = Promise.objects.filter(agency__in=itself_and_predecessors(hat.agency), state="open")
    rows = rows.exclude(assignment__state__in=OPEN_ASSIGNMENT_STATES)
    return rows.select_related("agency", "event").order_by("due_on")


def promises_visible_to(user: Any) -> QuerySet[Promise]:
    """What was promised in the open is no secret among agencies."""
    hat = getattr(user, "hat", None)
    rows = Promise.objects.select_related(
        "agency", "event", "assignment__plan", "assignment__agency", "assignment__task", "question"
    )
    return rows if hat and hat.holds(*READERS) else rows.none()


def public_promises(event: Event) -> QuerySet[Promise]:
    """What was promised there, and whether it was kept: for everybody."""
    return event.promises.exclude(state="withdrawn").select_related("agency", "assignment__plan")


def with_answer_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events, each with how many questions were asked and answered in the session."""
    return events.annotate(
        asked_count=Count("questions"),
        answered_count=Count("questions", filter=Q(questions__state="answered")),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """A dialogue in figures. `running_on` go their way as cases after the session."""

    asked: int
    shown: int
    answered: int
    grouped: int
    refused: int
    running_on: int


def proposed_text(case: Case) -> str:
    """What was asked, with what names a person taken out as a proposal; a moderator decides."""
    return masked(plain(case.content), find_personal(plain(case.content)))


def counts_of_states(questions: QuerySet[Question]) -> dict[str, int]:
    """How many are in each state; what may be signed now under "to_sign". Two queries."""
    counts = dict(questions.order_by().values_list("state").annotate(n=Count("pk")))
    counts["to_sign"] = questions.filter(TO_SIGN).count()
    return counts


def tally(event: Event) -> Tally:
    """One query."""
    counts = event.questions.aggregate(
        asked=Count("pk"),
        shown=Count("pk", filter=Q(state__in=PUBLIC_QUESTIONS)),
        answered=Count("pk", filter=Q(state="answered")),
        grouped=Count("pk", filter=Q(state="grouped")),
        refused=Count("pk", filter=Q(state="refused")),
        running_on=Count("pk", filter=~Q(state="answered") & ~Q(state="grouped")),
    )
    return Tally(**counts)


def transcript(event: Event) -> QuerySet[Question]:
    """What was answered in the session, in the order in which it was."""
    rows = event.questions.filter(state="answered").exclude(case__state="isolated")
    return rows.select_related("case__agency", "signed_for").order_by("answered_at", "pk")


def unreleased_questions() -> QuerySet[Question]:
    """Of sessions that are over or were called off: their cases still wait for their clocks."""
    over = ("ended", "concluded", "cancelled")
    return Question.objects.filter(released_at__isnull=True, event__state__in=over).order_by("pk")


def next_dialogue(agency: Any) -> dict[str, Any] | None:
    """What the first page shows: the session that runs, else the next one that is announced."""
    rows = public_dialogues().filter(state__in=("running", "announced"), ends_at__gte=clock.now())
    if agency is not None:
        rows = rows.filter(Q(agency=agency) | Q(panel__agency=agency)).distinct()
    events = sorted(
        rows.select_related("agency").order_by("starts_at")[:5], key=lambda row: row.state != "running"
    )
    return {"event": events[0]} if events else None


def may_watch(_user: Any, key: str) -> bool:
    """The hall is everybody's."""
    return key.isascii() and key.isdigit() and public_dialogues().filter(pk=int(key)).exists()


def may_moderate(user: Any, key: str) -> bool:
    return key.isascii() and key.isdigit() and dialogues_visible_to(user).filter(pk=int(key)).exists()
