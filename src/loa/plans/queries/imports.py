"""What a reading would become: printed names resolved, and what still needs a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loa.core import clock
from loa.core.text import fold
from loa.directory.models import Agency, AgencyGroup
from loa.directory.queries import GROUP, Named, Names
from loa.documents.models import Proposal, Reading
from loa.plans.models import Plan, PlanBody
from loa.plans.queries.plan import SHOWN_STATES, overseen_by

Json = dict[str, Any]
# key of a task's reading -> role in the plan
BODY_LISTS = {
    "lead": PlanBody.Role.LEAD,
    "coordinating": PlanBody.Role.COORDINATING,
    "performing": PlanBody.Role.PERFORMING,
    "monitoring": PlanBody.Role.MONITORING,
}
LEFT_OUT = "-"  # the answer "this name is no body of the directory, and need not be"
MONEY_LENGTH = 4000
_MONEY = "kinh phi"
_END_OF_TEXT = "./."
_YEAR = re.compile(r"\b(20\d\d)\b")
_PLAIN_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}|ngày\s+\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something without which the plan cannot be confirmed."""

    field: str
    where: str
    sentence: str
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """A printed name: what it resolves to now, whether a person said so, and what else it may mean."""

    printed: str
    code: str  # an agency's code, "group:…", "-" for left out, "" where nobody knows
    is_answered: bool
    named: Named
    count: int
    is_lead: bool

    @property
    def is_open(self) -> bool:
        return not self.code or (self.is_lead and self.code == LEFT_OUT)


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """Printed words that are no plain date, and the day they stand for in every task that prints them."""

    printed: str
    due_on: date | None
    is_answered: bool
    count: int


class ReadingView:
    """A reading with its proposals and answers, read once. Nothing here writes."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.proposals: list[Proposal] = list(reading.proposals.all())
        self.answers: Json = reading.answers

    def kept(self, kind: str) -> list[Proposal]:
        return [row for row in self.proposals if row.kind == kind and not row.is_dropped]

    @cached_property
    def header(self) -> Json:
        rows = self.kept(Proposal.Kind.HEADER)
        return rows[0].data if rows else {}

    @cached_property
    def issued_on(self) -> date | None:
        return _day(self.header.get("issued_on"))

    @cached_property
    def year(self) -> int | None:
        if self.answers.get("year"):
            return int(self.answers["year"])
        found = _YEAR.search(self.header.get("title") or "")
        return int(found[1]) if found else (self.issued_on.year if self.issued_on else None)

    @cached_property
    def day(self) -> date:
        """Bodies and groups are meant as they were on the day of issue."""
        return self.issued_on or clock.today()

    @cached_property
    def names(self) -> Names:
        return Names(self.day)

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        return {agency.code: agency for agency in Agency.objects.all()}

    @cached_property
    def groups(self) -> dict[str, AgencyGroup]:
        return {f"{GROUP}{group.code}": group for group in AgencyGroup.objects.all()}

    # names --------------------------------------------------------------------------------------------
    def printed_names(self) -> Iterator[tuple[str, bool]]:
        """(name, is a lead) for every name printed beside a task, an occurrence or a duty."""
        for row in self.kept(Proposal.Kind.TASK):
            for key in BODY_LISTS:
                yield from ((name, key == "lead") for name in row.data.get(key) or [])
            for occurrence in row.data.get("occurrences") or []:
                yield from ((name, False) for name in occurrence.get("lead") or [])
        for row in self.kept(Proposal.Kind.DUTY):
            yield row.data.get("agency") or "", True

    @cached_property
    def name_answers(self) -> dict[str, NameAnswer]:
        counts: dict[str, int] = {}
        leads: set[str] = set()
        for printed, is_lead in self.printed_names():
            if printed:
                counts[printed] = counts.get(printed, 0) + 1
                leads |= {printed} if is_lead else set()
        return {printed: self._answer(printed, count, printed in leads) for printed, count in counts.items()}

    def _answer(self, printed: str, count: int, is_lead: bool) -> NameAnswer:
        said = (self.answers.get("names") or {}).get(printed, "")
        named = self.names.named(printed)
        if said != LEFT_OUT and said not in self.agencies and said not in self.groups:
            said = ""
        code = said or (named.decided.code if named.decided else "")
        return NameAnswer(printed, code, bool(said), named, count, is_lead)

    def body(self, printed: str) -> tuple[Agency | None, AgencyGroup | None]:
        answer = self.name_answers.get(printed)
        code = answer.code if answer else ""
        return self.agencies.get(code), self.groups.get(code)

    # deadlines ----------------------------------------------------------------------------------------
    @cached_property
    def due_answers(self) -> list[DueAnswer]:
        """Words such as "Cả năm 2019": the reader proposes a day, a person confirms it once for all tasks."""
        rows: dict[str, list[Proposal]] = {}
        for row in self.kept(Proposal.Kind.TASK):
            words = words_of(row)
            if words and not _PLAIN_DAY.search(words):
                rows.setdefault(words, []).append(row)
        answered = self.answers.get("dues") or []
        return [
            DueAnswer(words, _day(same[0].data.get("due_on")), words in answered, len(same))
            for words, same in rows.items()
        ]

    # the plan's own bodies ----------------------------------------------------------------------------
    def _said(self, key: str) -> Agency | None:
        return self.agencies.get(self.answers.get(key) or "")

    def _called(self, printed: str | None) -> Agency | None:
        decided = self.names.named(printed).decided if printed else None
        return self.agencies.get(decided.code) if decided else None

    @cached_property
    def issuer(self) -> Agency | None:
        return self._said("issuer") or self._called(self.header.get("issuer"))

    @cached_property
    def coordinator(self) -> Agency | None:
        """Who collects the reports, else who has the first duty, else who imports."""
        if said := self._said("coordinator"):
            return said
        for row in self.kept(Proposal.Kind.RULE):
            agency = self._called(row.data.get("to"))
            if agency and agency != self.issuer:
                return agency
        for row in self.kept(Proposal.Kind.DUTY)[:1]:
            if agency := self.body(row.data.get("agency") or "")[0]:
                return agency
        return None if self.reading.agency == self.issuer else self.reading.agency

    @cached_property
    def parent(self) -> Plan | None:
        pk = self.answers.get("parent")
        return Plan.objects.filter(pk=pk).first() if pk else None

    @cached_property
    def money_text(self) -> str:
        """The section on money as printed, up to what comes after it."""
        sections = [each for each in self.header.get("sections") or [] if each.get("source")]
        for each in sections:
            if _MONEY in fold(each.get("title") or ""):
                begin, text = each["source"]["end"], self.reading.text
                ends = [other["source"]["start"] for other in sections]
                ends += [row.source.get("start") or 0 for row in self.kept(Proposal.Kind.RULE)]
                ends += [text.find(_END_OF_TEXT, begin), begin + MONEY_LENGTH]
                return text[begin : min(end for end in ends if end > begin)].strip()
        return ""

    @cached_property
    def accepting_office(self) -> Agency | None:
        if said := self._said("accepting_office"):
            return said
        offices = [
            agency
            for agency in self.agencies.values()
            if agency.kind == Agency.Kind.OFFICE
            and self.issuer is not None
            and agency.parent_id == self.issuer.pk
            and (agency.valid_to is None or agency.valid_to >= self.day)
        ]
        return offices[0] if len(offices) == 1 else None

    def twin(self) -> Plan | None:
        """The same plan, imported before."""
        number = self.header.get("number")
        if not number or self.issuer is None or self.year is None:
            return None
        return Plan.objects.filter(number=number, issuer=self.issuer, year=self.year).first()

    # what is open -------------------------------------------------------------------------------------
    def unresolved(self) -> list[Unresolved]:
        return [*self._header_gaps(), *self._name_gaps(), *self._task_gaps()]

    def _header_gaps(self) -> Iterator[Unresolved]:
        where = _("Header")
        wanted: Iterable[tuple[str, Any, str]] = (
            ("title", self.header.get("title"), _("The plan has no title.")),
            ("issued_on", self.issued_on, _("The day of issue is not known.")),
            ("year", self.year, _("The plan's year is not known.")),
            ("issuer", self.issuer, _("The issuing body is not in the directory.")),
            ("coordinator", self.coordinator, _("Choose who coordinates the plan.")),
            ("accepting_office", self.accepting_office, _("Choose who accepts the coordinator's own work.")),
        )
        for name, value, sentence in wanted:
            if not value:
                yield Unresolved(name, where, sentence)
        if self.accepting_office and self.accepting_office == self.coordinator:
            yield Unresolved(
                "accepting_office",
                where,
                _("The coordinator cannot accept its own work: choose another body."),
            )

    def _name_gaps(self) -> Iterator[Unresolved]:
        for answer in self.name_answers.values():
            if answer.is_open:
                yield Unresolved(
                    f"name:{answer.printed}", answer.printed, _("Which body of the directory is this?")
                )

    def _task_gaps(self) -> Iterator[Unresolved]:
        if not self.kept(Proposal.Kind.TASK) and not self.kept(Proposal.Kind.DUTY):
            yield Unresolved(
                "tasks",
                pgettext("of a plan", "Tasks"),
                _("No task and no standing duty was found: this is no plan."),
            )
        for row in self.kept(Proposal.Kind.TASK):
            where = _("Task %(no)s") % {"no": row.data.get("no") or row.position + 1}
            if not (row.data.get("content") or "").strip():
                yield Unresolved(f"task:{row.pk}:content", where, _("The task says nothing."), row.pk)
            if not row.data.get("lead"):
                yield Unresolved(f"task:{row.pk}:lead", where, _("The task has no lead agency."), row.pk)
        for row in self.kept(Proposal.Kind.DUTY):
            where = _("Standing duty %(no)s") % {"no": row.position + 1}
            if not (row.data.get("agency") or "").strip():
                yield Unresolved(f"duty:{row.pk}:agency", where, _("The duty has no body."), row.pk)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def words_of(proposal: Proposal) -> str:
    """When a task is due, as printed, on one line."""
    return " ".join((proposal.data.get("due_text") or "").split())


def parents_for(reading: Reading) -> QuerySet[Plan]:
    """Plans under which the importing agency may put another: those it runs or carries out itself."""
    named = Exists(PlanBody.objects.filter(plan=OuterRef("pk"), agency=reading.agency_id))
    return Plan.objects.filter(overseen_by(reading.agency) | Q(named, state__in=SHOWN_STATES))
