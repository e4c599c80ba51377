"""The newsroom at work in the sample city: a draft at each stage, one returned, an exception open, one scheduled."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from loa.core import clock
from loa.demo.city import data
from loa.demo.year import Cast, Event, Happening
from loa.directory.models import User
from loa.plans.models import Plan
from loa.portal.actions import assignments, contributions, newsroom, stages
from loa.portal.models import Column, NewsAssignment, Story


class NewsroomStory:
    """Who does what on which day is data (`data/newsroom.json`)."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}

    def play(self, event: Event) -> None:
        getattr(self, f"_{event['act']}")(event, self._person(event["by"]))

    def _person(self, login: str) -> User:
        return User.objects.get(username=login)

    def _column(self, event: Event) -> Column:
        return Column.objects.get(slug=event["column"])

    def _arrange(self, event: Event, by: User) -> None:
        stages.arrange_column(
            self._column(event),
            stages=[(role, desk) for role, desk in event.get("stages", ())],
            takes_contributions=event.get("open", False),
            by=by,
        )

    def _contribute(self, event: Event, by: User) -> None:
        row = contributions.begin_contribution(uuid5(NAMESPACE_URL, event["key"]), by=by)
        contributions.save_contribution(
            row,
            title=event["title"],
            text=event["text"],
            place=event.get("place", ""),
            happened_on=clock.today(),
            column=self._column(event),
            by=by,
        )
        if event.get("sent", True):
            self.stories[event["key"]] = contributions.send_contribution(row, by=by)

    def _write(self, event: Event, by: User) -> None:
        column = Column.objects.get(pk=self._column(event).pk)
        story = Story(
            title=event["title"],
            lead=event["lead"],
            live=False,
            owner=by,
            agency=by.hat.agency if by.hat else None,
        )
        story.body = [("text", "".join(f"<p>{part}</p>" for part in event["text"].split("\n")))]
        if "after_days" in event:
            story.go_live_at = _at(clock.today() + timedelta(days=event["after_days"]))
        if "review_on" in event:
            story.review_on = date.fromisoformat(event["review_on"])
        column.add_child(instance=story)
        story.save_revision(user=by)
        self.stories[event["key"]] = story

    def _submit(self, event: Event, by: User) -> None:
        story = self._story(event)
        story.get_workflow().start(story, by)

    def _pass(self, event: Event, by: User) -> None:
        self._stage(event, by, "approve")

    def _return(self, event: Event, by: User) -> None:
        self._stage(event, by, "reject")

    def _stage(self, event: Event, by: User, step: str) -> None:
        state = self._story(event).current_workflow_task_state
        stages.act_at_stage(state.task.specific, state, step=step, note=event.get("note", ""), by=by)

    def _comment(self, event: Event, by: User) -> None:
        newsroom.comment_on(self._story(event), place=event["place"], text=event["text"], by=by)

    def _release(self, event: Event, by: User) -> None:
        newsroom.release_urgently(self._story(event), reason=event["reason"], by=by)

    def _assign(self, event: Event, by: User) -> None:
        assignments.give_assignment(
            title=event["title"],
            note=event.get("note", ""),
            reporter=self._person(event["reporter"]),
            column=self._column(event),
            due_on=date.fromisoformat(event["due_on"]),
            on_air_on=date.fromisoformat(event["on_air_on"]) if "on_air_on" in event else None,
            slot=event.get("slot", ""),
            by=by,
        )

    def _take_on(self, event: Event, by: User) -> None:
        row = NewsAssignment.objects.get(title=event["title"])
        assignments.move_assignment(row, step="accept", by=by)

    def _story(self, event: Event) -> Story:
        return Story.objects.get(pk=self.stories[event["key"]].pk)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6, 30)))


def happenings(_plan: Plan, _cast: Cast) -> list[Happening]:
    """Its people are the printed logins."""
    story = NewsroomStory()
    events: list[dict[str, Any]] = data("newsroom.json")
    return [(date.fromisoformat(event["on"]), partial(story.play, event)) for event in events]
