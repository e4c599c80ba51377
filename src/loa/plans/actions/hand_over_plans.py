"""The parts a body has in whole plans: coordinator, accepting office, issuer, receiver of reports, printed names."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.core.handover import WHOLE, Moved, Share
from loa.directory.models import Agency, User
from loa.plans.actions.hand_over import Hand
from loa.plans.models import Duty, Plan, ReportingRule, TaskBody

ROLES = {
    "coordinator": _("Coordinator of a plan"),
    "accepting_office": _("Office that accepts the coordinator's work"),
    "issuer": _("Issuer of a plan"),
}
RULE, PRINTED = _("Standing rule of reporting"), _("Body named in a draft plan")
ONE_BODY = _("The coordinator and the office that accepts its work would be one body. Say first who accepts.")


def hand_over_plans(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Roles in plans that are drafted or run, their rules of reporting, and names in drafts."""
    hand = Hand(predecessor, successor, on=on, decision=decision, by=by)
    named = Q(*[(role, predecessor) for role in ROLES], _connector=Q.OR)
    plans = Plan.objects.filter(named, state__in=("draft", "issued")).order_by("pk")
    mine = [plan for plan in plans if share.takes("plan", plan.pk)]
    found = [moved for plan in mine for moved in _roles(plan, hand)]
    if share.takes_rest:
        found += _rules(hand)
    return [*found, *_printed_names(hand, share)]


def _roles(plan: Plan, hand: Hand) -> list[Moved]:
    label, url = f"{plan.number} {plan.title}".strip()[:300], plan.get_absolute_url()
    held = [role for role in ROLES if getattr(plan, f"{role}_id") == hand.predecessor.pk]
    after = {
        role: hand.successor.pk if role in held else getattr(plan, f"{role}_id")
        for role in ("coordinator", "accepting_office")
    }
    moved = []
    for role in held:
        if role in after and after["coordinator"] == after["accepting_office"]:
            moved.append(Moved(ROLES[role], label, url, why_not=ONE_BODY))
            continue
        setattr(plan, role, hand.successor)
        Plan.objects.filter(pk=plan.pk).update(**{role: hand.successor})
        hand.record(plan, f"plan.hand_over_{role}")
        moved.append(Moved(ROLES[role], label, url))
    if any(not each.why_not for each in moved):
        plan.document.readers.add(hand.successor)
    return moved


def _rules(hand: Hand) -> list[Moved]:
    rows = ReportingRule.objects.filter(to=hand.predecessor, plan__state__in=("draft", "issued"))
    mine = list(rows.select_related("plan").order_by("plan", "position"))
    ReportingRule.objects.filter(pk__in=[row.pk for row in mine]).update(to=hand.successor)
    for plan in {row.plan_id: row.plan for row in mine}.values():
        hand.record(plan, "plan.hand_over_rule")
    return [Moved(RULE, row.when_text[:300], row.plan.get_absolute_url()) for row in mine]


def _printed_names(hand: Hand, share: Share) -> list[Moved]:
    """A plan that is not issued yet gives its work out to bodies that exist; the printed words stay."""
    bodies = TaskBody.objects.filter(agency=hand.predecessor, task__plan__state="draft")
    mine = [
        row for row in bodies.select_related("task__plan").order_by("pk") if share.takes("task", row.task_id)
    ]
    TaskBody.objects.filter(pk__in=[row.pk for row in mine]).update(agency=hand.successor)
    duties = Duty.objects.filter(agency=hand.predecessor, plan__state="draft").select_related("plan")
    own = [row for row in duties.order_by("pk") if share.takes("duty", row.pk)]
    Duty.objects.filter(pk__in=[row.pk for row in own]).update(agency=hand.successor)
    plans = {row.task.plan_id: row.task.plan for row in mine} | {row.plan_id: row.plan for row in own}
    for plan in plans.values():
        hand.record(plan, "plan.hand_over_names")
    return [
        *(Moved(PRINTED, f"{row.task}: {row.printed}", row.task.get_absolute_url()) for row in mine),
        *(Moved(PRINTED, str(row), row.plan.get_absolute_url()) for row in own),
    ]
