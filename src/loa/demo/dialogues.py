"""The sample city's dialogues: questions of citizens, a session that was held, an episode with promises, one to come,
and one that runs on the day of the demo, for whoever wants to join in. The same actions as the pages call.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, User
from loa.events import actions as events
from loa.events.models import Event
from loa.events.shapes import Line
from loa.feedback import actions
from loa.feedback.models import Question
from loa.plans.models import Plan

Row = dict[str, Any]


class Sessions:
    """The words are data (`data/dialogues.json`)."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.facts: Row = data("dialogues.json")
        self.live: Event | None = None

    def of(self, agency: Agency | str, role: str = "focal_point") -> User:
        if isinstance(agency, str):
            agency = Agency.objects.get(code=agency)
        return self.cast.of(agency, role)

    def ask(self, event: Event, name: str, row: Row) -> Question:
        """A citizen asks; others say that they want to know it too."""
        key = f"demo-{name}-{row['key']}"
        question = actions.ask_question(event, row["text"], key=key, token=key).case.question
        question.event = event
        if "refused" in row:
            actions.refuse_question(question, note=row["refused"], by=self.of(event.agency))
        elif not row.get("pending") and (name != "online" or row.get("shown")):
            actions.show_question(question, public_text=row["text"], by=self.of(event.agency))
            for number in range(row.get("likes", 0)):
                actions.like_question(question, token=f"{key}-{number}")
        return question

    def ask_before(self, name: str, event: Event) -> None:
        for row in self.facts[name]:
            if row.get("asked", "before") == "before":
                self.ask(event, name, row)

    def play(self, name: str, event: Event) -> None:
        """While the session runs: the rest is asked, answered, signed, promised, put off."""
        for row in self.facts.get(name, ()):
            if row.get("asked") == "during":
                self.ask(event, name, row)
        for row in self.facts.get(name, ()):
            if "with" in row:
                lead = self._question(name, event, row["with"])
                actions.group_question(
                    self._question(name, event, row["key"]), lead, by=self.of(event.agency)
                )
        for row in self.facts.get(name, ()):
            self._handle(name, event, row)

    def _question(self, name: str, event: Event, key: str) -> Question:
        rows = Question.objects.select_related("case__agency", "event__chair", "event__agency")
        return rows.get(event=event, case__key=f"demo-{name}-{key}")

    def _handle(self, name: str, event: Event, row: Row) -> None:
        question, moderator = self._question(name, event, row["key"]), self.of(event.agency)
        if "agency" not in row:
            return
        agency = Agency.objects.get(code=row["agency"])
        actions.route_question(question, agency, by=moderator)
        if "later" in row:
            actions.postpone_question(question, note=row["later"], by=moderator)
        if "answer" in row:
            self._answer(event, question, row, agency)

    def _answer(self, event: Event, question: Question, row: Row, agency: Agency) -> None:
        actions.put_on_air(question, by=self.of(event.agency))
        actions.draft_live(question, text=row["answer"], edition=question.case.edition, by=self.of(agency))
        if not row.get("signed", "on_air" not in row):
            return
        chair = event.chair or agency
        signer = self.of(chair, "leader") if row.get("signed_by_chair") else self.of(agency, "head")
        actions.sign_answer(question, edition=question.case.edition, by=signer)
        if "promise" in row:
            actions.make_promise(
                event,
                agency=agency,
                words=row["promise"]["words"],
                due_on=date.fromisoformat(row["promise"]["due_on"]),
                question=question,
                by=self.of(event.agency),
            )

    # the session of the day ----------------------------------------------------------------------------
    def draft_live(self) -> None:
        row = self.facts["live_event"]
        person = self.of(row["agency"])
        agency = Agency.objects.get(code=row["agency"])
        event = events.draft_event(
            kind="dialogue",
            title=row["title"],
            purpose=row["purpose"],
            place=row["place"],
            starts_at=_moment(row["starts"]),
            ends_at=_moment(row["ends"]),
            questions_open_at=_moment(row["questions"]),
            is_public=True,
            chair=agency,
            chair_title=row["chair_title"],
            needs_conclusion=False,
            by=person,
        )
        events.set_programme(
            event, [Line(_moment(row["starts"]), "Trả lời câu hỏi của người dân", "")], by=person
        )
        events.set_panel(event, [agency], by=person)
        events.take_event_step(event, "hand_in", by=person)
        self.live = event

    def _live(self) -> Event:
        if self.live is None:
            raise RuntimeError("the session of the day was not drafted")
        return Event.objects.select_related("agency__parent", "created_by", "chair").get(pk=self.live.pk)

    def announce_live(self) -> None:
        agency = self.facts["live_event"]["agency"]
        events.take_event_step(self._live(), "approve", by=self.of(agency, "head"))
        events.take_event_step(self._live(), "announce", by=self.of(agency))

    def run_live(self) -> None:
        """It has begun and has not ended: whoever starts the demo can join in."""
        row, event = self.facts["live_event"], self._live()
        moderator = self.of(row["agency"])
        events.take_event_step(event, "open", by=moderator)
        for asked in self.facts["live"]:
            self.ask(event, "live", asked)
        for asked in self.facts["live"]:
            if not asked.get("pending"):
                self._handle("live", event, asked)
        poll = actions.draft_poll(
            event, words=row["poll"]["words"], choices=row["poll"]["choices"], by=moderator
        )
        actions.open_poll(poll, by=moderator)
        for choice, count in zip(poll.choices.all(), row["poll"]["votes"], strict=True):
            choice.poll = poll
            for number in range(count):
                actions.vote(choice, token=f"demo-{choice.pk}-{number}")

    def keep(self, row: Row) -> None:
        promise = Question.objects.get(case__key=f"demo-business-{row['key']}").promises.get()
        actions.keep_promise(promise, note=row["promise"]["kept"], by=self.of(promise.agency, "head"))


def _moment(text: str) -> Any:
    return timezone.make_aware(datetime.fromisoformat(text))


def happenings(_plan: Plan, cast: Cast) -> list[Happening]:
    """The session of the day, and promises that were kept; the others are played by `demo.events` as they are held."""
    story = Sessions(cast)
    facts = story.facts["live_event"]
    acts: list[tuple[str, Callable[[], None]]] = [
        (facts["drafted_on"], story.draft_live),
        (facts["announced_on"], story.announce_live),
        (facts["day"], story.run_live),
    ]
    acts += [
        (row["promise"]["kept_on"], partial(story.keep, row))
        for row in story.facts["business"]
        if "kept_on" in row.get("promise", {})
    ]
    return [(date.fromisoformat(day), act) for day, act in acts]
