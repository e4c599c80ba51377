"""The sample year's rounds of reports: opened, written, late, returned, consolidated, issued."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from loa.demo.city import data
from loa.demo.year import Cast, Event, Happening
from loa.directory.models import User
from loa.plans.models import Plan
from loa.reports import actions
from loa.reports.models import AgencyReport, ReportFigure, ReportRound
from loa.reports.queries.proposing import propose_period

LEFT_AS_DRAFT = "missing"


class Rounds:
    """Three rounds; what happens on which day is data."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan = plan
        self.cast = cast
        year = data("year.json")
        self.words: list[str] = year["duty_results"]
        self.nothing_arose: str = year["nothing_arose"]
        self.no_figure: str = year["no_figure"]
        self.late_reason: str = year["late_reason"]
        self.return_reason: str = year["return_reason"]
        self.coordinator = cast.of(plan.coordinator, "focal_point")
        self.head = cast.of(plan.coordinator, "head")

    def open(self, event: Event) -> ReportRound:
        proposal = propose_period(self.plan, event["period"])
        if proposal.template is None:
            raise LookupError("no report outline is loaded")
        return actions.open_round(
            self.plan,
            kind=proposal.kind,
            period=proposal.period,
            title=proposal.title,
            data_from=proposal.data_from,
            data_to=proposal.data_to,
            due_on=proposal.due_on,
            is_due_before=proposal.is_due_before,
            template=proposal.template,
            by=self.coordinator,
        )

    def report_in_time(self, event: Event) -> None:
        """Most agencies report, most are accepted; one is returned and corrects itself."""
        for report in self._reports(event):
            code = report.agency.code
            if code in event["late"] or code in event["missing"]:
                continue
            self._write_and_submit(report)
            if code in event["returned"] and event["issued"] is None:
                actions.return_to_agency(report, reason=self.return_reason, by=self._acceptor(report))
            elif code in event["returned"]:
                actions.return_to_agency(report, reason=self.return_reason, by=self._acceptor(report))
                self._hand_in(report)
                actions.accept_report(report, by=self._acceptor(report))
            elif event["issued"] or report.pk % 3:  # of the round that still runs, a third waits to be read
                actions.accept_report(report, by=self._acceptor(report))

    def report_late(self, event: Event) -> None:
        for report in self._reports(event):
            if report.agency.code in event["late"]:
                self._write_and_submit(report, late_reason=self.late_reason)
                actions.accept_report(report, by=self._acceptor(report))

    def consolidate(self, event: Event) -> None:
        report_round = self._round(event)
        consolidation = actions.draft_consolidation(report_round, by=self.coordinator)
        actions.hand_consolidation_to_head(consolidation, by=self.coordinator)
        actions.approve_consolidation(consolidation, by=self.head)

    def issue(self, event: Event) -> None:
        report_round = self._round(event)
        actions.issue_consolidation(
            report_round.consolidation, by=self.cast.of(self.plan.coordinator, "clerk")
        )
        actions.close_round(report_round, by=self.coordinator)

    def _round(self, event: Event) -> ReportRound:
        return self.plan.rounds.get(period=event["period"])

    def _reports(self, event: Event) -> list[AgencyReport]:
        reports = self._round(event).reports.select_related("agency", "round__plan", "round__template")
        return list(reports.prefetch_related("lines"))

    def _acceptor(self, report: AgencyReport) -> User:
        return self.cast.who_accepts(self.plan, report.agency)

    def _write_and_submit(self, report: AgencyReport, *, late_reason: str = "") -> None:
        writer = self.cast.of(report.agency, "focal_point")
        lines = {line.pk: self._line(report, line, number) for number, line in enumerate(report.lines.all())}
        figures = {row.pk: self._figure(row) for row in report.figures.all()}
        actions.save_report(
            report, version=report.version, texts={}, lines=lines, figures=figures, by=writer
        )
        self._hand_in(report, late_reason=late_reason)

    def _hand_in(self, report: AgencyReport, *, late_reason: str = "") -> None:
        actions.hand_to_head(report, by=self.cast.of(report.agency, "focal_point"))
        actions.submit_report(report, late_reason=late_reason, by=self.cast.of(report.agency, "head"))

    def _line(self, report: AgencyReport, line: Any, number: int) -> dict[str, str]:
        """What the focal point adds to a prefilled line: a duty's words, a reason where nothing was done."""
        if line.duty_assignment_id:
            if line.result:
                return {"completion": line.completion or "full"}
            if (report.agency_id + number) % 6 == 0:
                return {"completion": "nothing_arose", "reason": self.nothing_arose}
            words = self.words[(report.agency_id + number) % len(self.words)]
            return {"result": words.format(n=2 + (report.agency_id * 7 + number) % 9), "completion": "full"}
        if line.result:
            return {"completion": line.completion or "partly"}
        return {"completion": "none", "reason": "Công việc triển khai ở kỳ sau theo tiến độ của kế hoạch."}


    def _figure(self, figure: ReportFigure) -> dict[str, Any]:
        """What is expected for the full period; why there is nothing, where nothing was counted."""
        given: dict[str, Any] = {"estimate": figure.estimate or figure.value}
        if not figure.value and not figure.reason:
            given["reason"] = self.no_figure
        return given


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    played = Rounds(plan, cast)
    return [
        (date.fromisoformat(event[key]), partial(method, event))
        for event in data("year.json")["rounds"]
        for key, method in (
            ("opened", played.open),
            ("submitted", played.report_in_time),
            ("late_on", played.report_late),
            ("consolidated", played.consolidate),
            ("issued", played.issue),
        )
        if event[key]
    ]
