"""A budget with one person per role, and an estimate led to any state by the actions themselves."""

from datetime import date

from factories import (
    make_agency,
    make_assignment,
    make_budget,
    make_estimate,
    make_line,
    make_plan,
    make_task,
    make_user,
)
from loa.budgets import actions
from loa.budgets.models import Estimate

TODAY = date(2019, 4, 15)
ROLES = (
    "writer", "head", "coordinator", "content", "content_head", "money", "money_head", "leader", "office", "stranger",
)  # fmt: skip


class Scene:
    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.budget = make_budget(self.plan)
        self.agency = make_agency("Sở Tư pháp")
        self.task = make_task(self.plan, content="Mở lớp tập huấn")
        make_assignment(self.agency, task=self.task)
        self.estimate = make_estimate(self.budget, self.agency)
        budget = self.budget
        self.people = {
            "writer": make_user(self.agency, "officer"),
            "head": make_user(self.agency, "head"),
            "coordinator": make_user(budget.coordinator, "focal_point"),
            "content": make_user(budget.content_appraiser, "officer"),
            "content_head": make_user(budget.content_appraiser, "head"),
            "money": make_user(budget.money_appraiser, "officer"),
            "money_head": make_user(budget.money_appraiser, "head"),
            "leader": make_user(budget.approver, "leader"),
            "office": make_user(budget.office, "head"),
            "stranger": make_user(make_agency("Sở Y tế"), "head"),
        }

    def __getattr__(self, name):
        if name in ROLES:
            return self.people[name]
        raise AttributeError(name)

    def fresh(self):
        rows = Estimate.objects.select_related("budget__plan", "agency")
        self.estimate = rows.get(pk=self.estimate.pk)
        return self.estimate

    def lines(self, count=2):
        return [make_line(self.estimate, content=f"Việc {number}", task=self.task) for number in range(count)]

    def lead_to(self, state, count=2):
        """By the shortest way; a state on the way is not left out."""
        if not self.estimate.lines.exists():
            self.lines(count)
        for reached, act in self._way():
            act()
            if reached == state:
                return self.fresh()
        raise AssertionError(state)

    def _way(self):
        yield "with_head", lambda: actions.hand_to_head(self.estimate, by=self.writer)
        yield "submitted", lambda: actions.submit_estimate(self.estimate, by=self.head)
        yield "consolidated", lambda: actions.consolidate_estimate(self.estimate, by=self.coordinator)
        yield "in_appraisal", lambda: actions.send_to_appraisal(self.estimate, by=self.coordinator)
        yield "appraised", self._appraise
        yield "with_committee", lambda: actions.submit_to_committee(self.estimate, by=self.coordinator)
        yield "approved", self.approve
        yield "spending", self._spend
        yield "settled", self._settle
        yield "closed", lambda: actions.close_estimate(self.estimate, by=self.money_head)

    def _appraise(self):
        for side, officer, head in (
            ("content", self.content, self.content_head),
            ("money", self.money, self.money_head),
        ):
            actions.accept_rest(self.estimate, side=side, by=officer)
            actions.finish_side(self.estimate, side=side, by=head)

    def approve(self, **changes):
        given = {"number": "900/QĐ-UBND", "decided_on": date(2019, 4, 10), "subject": "Phê duyệt dự toán"}
        return actions.approve_estimates(
            self.budget, [self.fresh()], **{**given, "by": self.leader, **changes}
        )

    def _spend(self):
        line = self.fresh().lines.first()
        actions.pay(line, voucher="PC01", amount=1000, on=TODAY, by=self.writer)
        self.estimate.refresh_from_db()

    def _settle(self):
        actions.settle_rest(self.fresh(), by=self.writer)
        actions.submit_settlement(self.estimate, by=self.head)
