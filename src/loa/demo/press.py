"""The sample year's press: agreements, what was published, radio scripts, and the pack for a press briefing.

Addresses end in ".example": nothing is fetched from anywhere.
"""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import Any

from loa.campaigns import actions
from loa.campaigns.feeding import Item
from loa.campaigns.models import Clipping, Feed, PressBody
from loa.core import clock
from loa.core.text import fold
from loa.demo.city import data
from loa.demo.year import Cast, Event, Happening
from loa.desk import actions as desk
from loa.desk.models import BriefingPack
from loa.directory.models import Agency, User
from loa.plans.models import Assignment, Plan, Topic

BY_HAND = ("name", "kind", "host", "contact")


class PressStory:
    """What happens on which day is data (`data/press.json`); who acts follows from the act."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan = plan
        self.cast = cast

    def play(self, event: Event) -> None:
        getattr(self, f"_{event['act']}")(event)

    def _coordinator(self, role: str = "focal_point") -> User:
        return self.cast.of(self.plan.coordinator, role)

    def _topic(self, label: str) -> Topic | None:
        return self.plan.topics.filter(label=label).first() if label else None

    def _bodies(self, event: Event) -> None:
        for row in event["bodies"]:
            agency = Agency.objects.get(code=row["agency"]) if row.get("agency") else None
            said = {name: row.get(name, "") for name in BY_HAND}
            actions.save_press_body(PressBody(), **said, agency=agency, by=self._coordinator())

    def _agree(self, event: Event) -> None:
        promises = [
            {"column": row["column"], "topic": self._topic(row.get("topic", "")), "count": row["count"]}
            for row in event["promises"]
        ]
        actions.sign_agreement(
            press_body=PressBody.objects.get(name=event["body"]),
            number=event["number"],
            subject=event["subject"],
            starts_on=date.fromisoformat(event["starts_on"]),
            ends_on=date.fromisoformat(event["ends_on"]),
            amount=event["amount"],
            remind_days=30,
            promises=promises,
            by=self._coordinator(),
        )

    def _clip(self, event: Event) -> None:
        body = PressBody.objects.get(name=event["body"])
        actions.record_clipping(
            press_body=body,
            title=event["title"],
            link=f"https://{body.host}/{fold(event['title']).replace(' ', '-')[:80]}.html",
            on=clock.today(),
            author=event["author"],
            column=event["column"],
            genre=event["genre"],
            topic=self._topic(event["topic"]),
            form=self.plan.forms.filter(label="a").first(),
            is_public=event["public"],
            work=self._work(event["task"]),
            by=self._coordinator(),
        )

    def _work(self, no: str) -> Assignment | None:
        rows = Assignment.objects.select_related("task", "plan", "agency")
        return rows.get(plan=self.plan, task__no=no) if no else None

    def _withdraw(self, event: Event) -> None:
        rows = Clipping.objects.select_related("deliverable", "agency")
        actions.withdraw_clipping(rows.get(title=event["title"]), note=event["note"], by=self._coordinator())

    def _feed(self, event: Event) -> None:
        body = PressBody.objects.get(name=event["body"])
        by = self.cast.of(self.plan.accepting_office, "administrator")
        said = {"address": event["address"], "words": event["words"], "is_active": False}
        feed = actions.save_feed(Feed(), press_body=body, **said, by=by)
        items = [
            Item(title, f"https://{body.host}/{number}.html", date.fromisoformat(on), "", "")
            for number, (title, on) in enumerate(event["items"])
        ]
        actions.take_in_items(feed, items)

    def _script(self, event: Event) -> None:
        by = self._coordinator()
        script = actions.make_script(
            title=event["title"], text=event["text"], agency=self.plan.coordinator, by=by
        )
        said: dict[str, Any] = {"title": script.title, "text": script.text, "readings": {}}
        slot = {
            "slot_on": date.fromisoformat(event["slot_on"]),
            "slot_at": time.fromisoformat(event["slot_at"]),
        }
        script = actions.write_script(script, **said, **slot, target_seconds=script.target_seconds, by=by)
        if event["until"]:
            actions.take_script_step(script, "check", by=by)
            actions.take_script_step(script, "approve", by=self._coordinator("head"))
        if event["until"] == "use":
            actions.take_script_step(script, "use", by=by)

    def _brief(self, event: Event) -> None:
        by = self._coordinator()
        days = {name: date.fromisoformat(event[name]) for name in ("start", "end")}
        pack = desk.make_briefing(self.plan, **days, by=by)
        desk.write_briefing(
            pack, title=pack.title, contact=event["contact"], questions=event["questions"], by=by
        )

    def _approve_brief(self, _event: Event) -> None:
        pack = BriefingPack.objects.select_related("agency", "plan", "by").get(plan=self.plan)
        desk.take_briefing_step(pack, "approve", by=self._coordinator("head"))


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = PressStory(plan, cast)
    return [(date.fromisoformat(event["on"]), partial(story.play, event)) for event in data("press.json")]
