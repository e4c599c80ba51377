"""The sample year's money: proposed, cut with reasons, approved in April, bound and paid until July."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from loa.budgets import actions
from loa.budgets.models import Estimate, EstimateLine, PlanBudget
from loa.budgets.queries import propose_budget
from loa.core import clock, uploads
from loa.demo.city import data
from loa.demo.papers import evidence_paper
from loa.demo.year import Cast, Event, Happening
from loa.directory.models import Agency, User
from loa.plans.models import Plan

FIELDS = ("content", "unit", "unit_price", "expense_item", "note", "legal_basis", "funding_source")


class MoneyStory:
    """What happens on which day is data (`data/money.json`); who acts follows from the act."""

    def __init__(self, plan: Plan, cast: Cast) -> None:
        self.plan = plan
        self.cast = cast

    @property
    def budget(self) -> PlanBudget:
        return PlanBudget.objects.get(plan=self.plan)

    def play(self, event: Event) -> None:
        act = getattr(self, f"_{event['act']}")
        act(event)

    def _of(self, code: str, role: str) -> User:
        return self.cast.of(Agency.objects.get(code=code), role)

    def _estimate(self, event: Event) -> Estimate:
        rows = Estimate.objects.select_related("budget__plan", "agency")
        return rows.get(plan=self.plan, agency__code=event["agency"])

    def _line(self, event: Event) -> EstimateLine:
        rows = EstimateLine.objects.select_related("estimate__budget__plan", "estimate__agency")
        return rows.get(
            estimate__plan=self.plan, estimate__agency__code=event["agency"], position=event["line"]
        )

    def _coordinator(self) -> User:
        return self.cast.of(self.plan.coordinator, "focal_point")

    def _norms(self, _event: Event) -> None:
        actions.load_norms()

    def _open(self, event: Event) -> None:
        proposal = propose_budget(self.plan)
        bodies = {name: getattr(proposal, name) for name in proposal.__slots__}
        actions.open_budget(
            self.plan, **bodies, due_on=date.fromisoformat(event["due_on"]), by=self._coordinator()
        )

    def _propose(self, event: Event) -> None:
        """Write all lines; sign and submit unless it stays a draft."""
        writer = self._of(event["agency"], "focal_point")
        estimate = actions.begin_estimate(self.budget, by=writer)
        actions.write_lines(estimate, [self._row(line) for line in event["lines"]], by=writer)
        if event.get("stays_draft"):
            return
        actions.hand_to_head(estimate, by=writer)
        actions.submit_estimate(estimate, by=self._of(event["agency"], "head"))

    def _row(self, line: dict[str, Any]) -> dict[str, Any]:
        task = self.plan.tasks.get(no=line["task"]) if line.get("task") else None
        row = {name: line[name] for name in FIELDS if name in line}
        row |= {name: Decimal(line.get(name, "1")) for name in ("quantity", "times")}
        return row | {"task": task}

    def _gather(self, event: Event) -> None:
        for step in event["steps"]:
            actions.move_all(self.budget, step, by=self._coordinator())

    def _cut(self, event: Event) -> None:
        line, side = self._line(event), event["side"]
        actions.appraise_line(
            line,
            side=side,
            quantity=Decimal(event.get("quantity", line.quantity)),
            times=Decimal(event.get("times", line.times)),
            unit_price=event.get("unit_price", line.unit_price),
            reason=event["reason"],
            version=0,
            by=self._appraiser(side),
        )

    def _finish(self, event: Event) -> None:
        for side in event["sides"]:
            estimate, by = self._estimate(event), self._appraiser(side)
            actions.accept_rest(estimate, side=side, by=by)
            actions.finish_side(estimate, side=side, by=by)

    def _appraiser(self, side: str) -> User:
        return self.cast.of(getattr(self.budget, f"{side}_appraiser"), "focal_point")

    def _approve(self, event: Event) -> None:
        waiting = Estimate.objects.filter(budget=self.budget, state="with_committee")
        actions.approve_estimates(
            self.budget,
            waiting.select_related("budget__plan", "agency"),
            number=event["number"],
            decided_on=clock.today(),
            subject=event["subject"],
            by=self.cast.of(self.budget.approver, "leader"),
        )

    def _commit(self, event: Event) -> None:
        actions.commit_money(
            self._line(event),
            contract=event["contract"],
            supplier=event["supplier"],
            amount=event["amount"],
            on=clock.today(),
            note=event.get("note", ""),
            by=self._of(event["agency"], "focal_point"),
        )

    def _pay(self, event: Event) -> None:
        line = self._line(event)
        name = f"chung-tu-{event['voucher'].replace('/', '-')}.docx"
        title = f"Chứng từ {event['voucher']}: {event['content']}"
        paper = evidence_paper(line.estimate.agency.name, title, clock.today())
        contract = event.get("contract")
        actions.pay(
            line,
            voucher=event["voucher"],
            content=event["content"],
            amount=event["amount"],
            on=clock.today(),
            commitment=line.commitments.get(contract=contract) if contract else None,
            uploads=[uploads.check_upload(BytesIO(paper), name)],
            by=self._of(event["agency"], "focal_point"),
        )


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    story = MoneyStory(plan, cast)
    return [(date.fromisoformat(event["on"]), partial(story.play, event)) for event in data("money.json")]
