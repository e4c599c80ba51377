"""Half a year of citizens' cases as the desks work on them: most answered, one late, some in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from loa.demo.city import data
from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, User
from loa.feedback import actions
from loa.feedback.models import AnswerTemplate, Case, IntakeDesk, Subject
from loa.plans.models import Plan

Row = dict[str, Any]


class CaseStory:
    """Words and days are data (`data/casework.json`); `days` counts from arrival to sending, taking on, answering."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.facts: dict[str, Any] = data("casework.json")
        self.agencies = {row.code: row for row in Agency.objects.all()}

    def open_desk(self) -> None:
        office = self.agencies[self.facts["desk"]]
        if not IntakeDesk.objects.filter(is_main=True).exists():
            IntakeDesk.objects.create(
                agency=office, is_main=True, denunciation_officer=self.cast.of(office, "head")
            )
        for rank, row in enumerate(self.facts["subjects"], start=1):
            fields = {**row, "agency": self.agencies[row["agency"]], "rank": rank}
            Subject.objects.get_or_create(code=fields.pop("code"), defaults=fields)
        for row in self.facts["texts"]:
            subject = Subject.objects.get(code=row["subject"])
            actions.save_template(
                AnswerTemplate(),
                title=row["title"],
                body=row["body"],
                subject=subject,
                by=self.cast.of(self.agencies[row["agency"]], "focal_point"),
            )

    def submit(self, number: int, row: Row) -> None:
        words = actions.Words(content=row["content"], title=row["title"], kind=row["kind"])
        identity = actions.Identity(**row["identity"]) if "identity" in row else None
        by = None if row["source"] == "web" else self._intake()
        actions.submit_case(words, key=_key(number), source=row["source"], identity=identity, by=by)

    def send_off(self, number: int, row: Row) -> None:
        case = _case(number)
        self._classify(case, row)
        actions.assign_case(case, self.agencies[row["agency"]], by=self._intake())

    def classify(self, number: int, row: Row) -> None:
        self._classify(_case(number), row)

    def _classify(self, case: Case, row: Row) -> None:
        subject = Subject.objects.get(code=row["subject"])
        actions.classify_case(case, kind=row["kind"], subject=subject, by=self._intake())

    def give_back(self, number: int, row: Row) -> None:
        note, code = row["back"]
        actions.give_back_case(
            _case(number), note=note, suggested=self.agencies[code], by=self._focal_point(row)
        )

    def take_on(self, number: int, row: Row) -> None:
        case, officer = _case(number), self._officer(row)
        actions.accept_case(case, officer=officer, by=self._focal_point(row))
        if row["reach"] == "answering" and row["answer"]:
            actions.write_answer(case, text=row["answer"], edition=0, by=officer)
        if "status" in row:
            actions.say_status(case, words=row["status"], by=officer)
        if "wait" in row:
            actions.ask_information(case, question=row["wait"], by=officer)
        if "extend" in row:
            actions.extend_case(
                case, why=row["extend"], by=self.cast.of(self.agencies[row["agency"]], "head")
            )
        if "share" in row:
            self._joint(case, row)

    def _joint(self, case: Case, row: Row) -> None:
        code, question, part = row["share"]
        share = actions.ask_share(case, self.agencies[code], question=question, by=self._officer(row))
        actions.give_share(share, part=part, by=self.cast.of(self.agencies[code], "focal_point"))

    def answer(self, number: int, row: Row) -> None:
        case, officer = _case(number), self._officer(row)
        actions.write_answer(case, text=row["answer"], edition=case.edition, by=officer)
        actions.hand_answer_to_head(case, by=officer)
        if row["reach"] == "with_head":
            return
        actions.approve_answer(case, by=self.cast.of(self.agencies[row["agency"]], "head"))
        if row["reach"] == "answered":
            actions.send_answer(case, by=self._intake())

    def _intake(self) -> User:
        return self.cast.of(self.agencies[self.facts["desk"]], "focal_point")

    def _focal_point(self, row: Row) -> User:
        return self.cast.of(self.agencies[row["agency"]], "focal_point")

    def _officer(self, row: Row) -> User:
        return self.cast.of(
            self.agencies[row["agency"]], "officer" if row["agency"] == "so-tu-phap" else "focal_point"
        )


def _key(number: int) -> str:
    return f"sample-casework-{number}"


def _case(number: int) -> Case:
    return Case.objects.select_related("agency", "intake", "officer", "subject", "drafted_by").get(
        key=_key(number)
    )


def happenings(_plan: Plan, cast: Cast) -> list[Happening]:
    story = CaseStory(cast)
    found: list[Happening] = [(date.fromisoformat(story.facts["opened_on"]), story.open_desk)]
    acts: tuple[Callable[[int, Row], None], ...] = (story.send_off, story.take_on, story.answer)
    for number, row in enumerate(story.facts["cases"]):
        came_on = date.fromisoformat(row["on"])
        found.append((came_on, partial(story.submit, number, row)))
        for days, act in zip(row["days"], acts, strict=False):
            found.append((came_on + timedelta(days=days), partial(act, number, row)))
        if row["reach"] == "classified" and not row["days"]:
            found.append((came_on, partial(story.classify, number, row)))
        if "back" in row:
            found.append((came_on + timedelta(days=row["days"][0]), partial(story.give_back, number, row)))
    return found
