"""Standing rules: who sees them, what they make in a year, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from loa.core import clock
from loa.core.models import CountedDay
from loa.directory.models import User
from loa.plans.models import Plan
from loa.plans.queries import plans_visible_to
from loa.reports.models import ReportRound, StandingRule
from loa.reports.queries.owing import OwingByRule, owing_agency_ids
from loa.reports.queries.periods import Laws, Period, periods_of


def standing_rules_visible_to(user: User) -> QuerySet[StandingRule]:
    """Of plans one sees; one for all plans of a coordinator for who sees a plan of that coordinator."""
    plans = plans_visible_to(user)
    coordinators = plans.order_by().values("coordinator")
    rows = StandingRule.objects.select_related("plan__coordinator", "asker", "receiver", "source")
    own = Q(plan__isnull=True, asker=user.hat.agency) if user.hat else Q(pk__in=[])
    return rows.filter(
        Q(plan__in=plans.order_by().values("pk")) | Q(plan__isnull=True, asker__in=coordinators) | own
    )


def rules_for(plan: Plan) -> QuerySet[StandingRule]:
    """The plan's own, then the ones that hold for every plan of its coordinator."""
    mine = Q(plan=plan) | Q(plan__isnull=True, asker=plan.coordinator_id)
    rows = StandingRule.objects.filter(mine).select_related(
        "plan__coordinator", "asker", "receiver", "source"
    )
    return rows.prefetch_related("groups", "agencies").order_by("pk")


def active_rules_for(plan: Plan) -> QuerySet[StandingRule]:
    return rules_for(plan).filter(state="active")


def plans_of(rule: StandingRule) -> QuerySet[Plan]:
    """The issued plans that a rule makes rounds for."""
    plans = Plan.objects.filter(state="issued")
    return plans.filter(pk=rule.plan_id) if rule.plan_id else plans.filter(coordinator=rule.asker_id)


def plans_of_rule(rule: StandingRule, user: User) -> QuerySet[Plan]:
    """The plans a rule holds for, as far as this person may see them."""
    if rule.plan_id:
        return Plan.objects.filter(pk=rule.plan_id).select_related("coordinator")
    seen = plans_visible_to(user).order_by().values("pk")
    return plans_of(rule).filter(pk__in=seen).select_related("coordinator").order_by("-year", "pk")


@dataclass(frozen=True, slots=True)
class NextDate:
    """One line of the dry run. `round` is there once it has been opened; `clash` says what contradicts it."""

    rule: StandingRule
    period: Period
    round: ReportRound | None
    owing_count: int
    gap: int | None
    needed_gap: int
    is_made: bool  # it will open, or has opened
    clash: Period | None

    @property
    def is_short(self) -> bool:
        return self.gap is not None and self.gap < self.needed_gap


def dry_run(plan: Plan, rules: Collection[StandingRule]) -> list[NextDate]:
    """Every round that the rules make in the plan's year, by due day. Changes nothing."""
    laws, today = Laws(), clock.today()
    opened = {(row.kind, row.period): row for row in plan.rounds.all()}
    made = [(rule, period) for rule in rules for period in periods_of(rule, plan, laws)]
    made.sort(key=lambda pair: (pair[1].due_on, pair[1].opens_on, pair[0].pk or 0))
    owing = OwingByRule(plan, rules, today)
    return [
        NextDate(
            rule=rule,
            period=period,
            round=opened.get((period.kind, period.period)),
            owing_count=owing.count(rule),
            gap=laws.gap(period),
            needed_gap=laws.needed_gap(period),
            is_made=is_wanted(rule, period),
            clash=_clash(period, [other for _rule, other in made]),
        )
        for rule, period in made
    ]


def owing_of(rule: StandingRule, plan: Plan, on: date) -> set[int]:
    return owing_agency_ids(plan, on, groups=rule.groups.all(), agencies=rule.agencies.all())


def is_wanted(rule: StandingRule, period: Period) -> bool:
    """Inside the days in which the rule is active: one that fell due before it began is not asked for."""
    begins, ends = rule.active_from, rule.active_to
    return (begins is None or period.due_on >= begins) and (ends is None or period.opens_on <= ends)


def _clash(period: Period, others: Iterable[Period]) -> Period | None:
    """Another round of the same kind whose data overlap with other limits: both are right, people must know."""
    for other in others:
        overlaps = other.data_from <= period.data_to and period.data_from <= other.data_to
        if other is not period and other.kind == period.kind and overlaps:
            return other
    return None


def shared_rules(plans: Iterable[Plan]) -> list[tuple[Plan, StandingRule]]:
    """Each plan with each active rule that holds for it. Three queries for any number of plans."""
    rules = StandingRule.objects.filter(state="active").select_related(
        "plan__coordinator", "asker", "receiver"
    )
    active = list(rules.prefetch_related("groups", "agencies").order_by("pk"))
    return [
        (plan, rule)
        for rule in active
        for plan in plans
        if (rule.plan_id == plan.pk if rule.plan_id else rule.asker_id == plan.coordinator_id)
    ]


@dataclass(frozen=True, slots=True)
class Opening:
    rule: StandingRule
    plan: Plan
    period: Period


def due_openings(today: date) -> list[Opening]:
    """The rounds whose day to open has come and that nobody has opened, the oldest first."""
    plans = list(Plan.objects.filter(state="issued").select_related("coordinator"))
    opened = set(ReportRound.objects.filter(plan__in=plans).values_list("plan", "kind", "period"))
    laws, found = Laws(), []
    for plan, rule in shared_rules(plans):
        for period in periods_of(rule, plan, laws):
            key = (plan.pk, period.kind, period.period)
            if period.opens_on <= today and is_wanted(rule, period) and key not in opened:
                opened.add(key)
                found.append(Opening(rule, plan, period))
    return sorted(found, key=lambda opening: (opening.period.opens_on, opening.period.due_on))


def counted_days_of(report_round: ReportRound) -> QuerySet[CountedDay]:
    """How the round's due day was counted; empty where a person chose it."""
    kind = ContentType.objects.get_for_model(ReportRound)
    return CountedDay.objects.filter(content_type=kind, object_id=report_round.pk, field="due_on")


def colliding_rule(rule: StandingRule, plans: Iterable[Plan]) -> tuple[StandingRule, str] | None:
    """Another active rule that would make a round of the same name in one of the plans, and that name."""
    laws = Laws()
    for plan in plans:
        own = {(period.kind, period.period) for period in periods_of(rule, plan, laws)}
        for other in active_rules_for(plan).exclude(pk=rule.pk):
            for period in periods_of(other, plan, laws):
                if (period.kind, period.period) in own:
                    return other, period.period
    return None
