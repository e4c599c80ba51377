"""One act of a reorganisation, over every register: each app's own hand-over, in the order that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.actions import hand_over_estimates
from loa.campaigns.actions import hand_over_press
from loa.core.handover import Moved, Share
from loa.directory import actions as directory
from loa.directory.models import Agency, Membership, Reorganisation, ReorganisationDecision, User
from loa.documents.actions import hand_over_readings
from loa.documents.models import Document
from loa.feedback.actions import hand_over_cases
from loa.plans import actions as plans
from loa.plans.models import Task
from loa.plans.queries import InHand, in_hand, kept_by
from loa.procedures.actions import hand_over_procedures
from loa.reports.actions import hand_over_reports
from loa.reports.models import AgencyReport

HandOverAction = Callable[..., list[Moved]]
# An app joins with one line. Those that share work out between several successors, in this order: reports come last,
# because their lines follow the work.
SHARED: tuple[HandOverAction, ...] = (
    plans.hand_over_plans,
    plans.hand_over_assignments,
    plans.hand_over_requests,
    plans.hand_over_duties,
    plans.hand_over_occurrences,
    hand_over_reports,
)
# Those that go as a whole, to who takes the rest.
WHOLE: tuple[HandOverAction, ...] = (
    hand_over_readings,
    hand_over_estimates,
    hand_over_procedures,
    hand_over_press,
    hand_over_cases,
)

NO_HEIR = _("No successor is named that takes it.")
HEADS = _("Heads of one body")


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that moved, with the bodies it went between."""

    moved: Moved
    predecessor: Agency | None = None
    successor: Agency | None = None
    person: User | None = None  # whose role it is


def conduct(act: Reorganisation, decision: ReorganisationDecision, *, by: User | None) -> list[Effect]:
    """Everything that one act changes. Must run inside the transaction of the whole decision."""
    said: dict[str, Any] = {"on": decision.on, "decision": act.decision or decision.number, "by": by}
    before = list(act.predecessors.all())
    if act.kind == Reorganisation.Kind.RENAME and act.new_name:
        effects = [
            Effect(directory.rename_body(body, name=act.new_name, **said), body, body) for body in before
        ]
    else:
        heirs = {heir.code: heir for heir in act.successors.all()}
        effects = [*_begin(heirs.values(), said)]
        if not any(effect.moved.why_not for effect in effects):
            for body in before:
                effects += _conduct_body(act, body, heirs, decision, said)
    directory.prove_act(act)
    return effects


def _begin(heirs: Iterable[Agency], said: dict[str, Any]) -> Iterator[Effect]:
    for heir in heirs:
        if why_not := directory.why_no_heir(heir, said["on"]):
            yield Effect(Moved(_("Body"), heir.name, why_not=why_not), None, heir)
        for moved in directory.begin_body(heir, **said):
            yield Effect(moved, None, heir)


def _conduct_body(
    act: Reorganisation,
    body: Agency,
    heirs: dict[str, Agency],
    decision: ReorganisationDecision,
    said: dict[str, Any],
) -> list[Effect]:
    ends = act.kind != Reorganisation.Kind.TRANSFER and body.code not in heirs
    heir = act.heir if ends else None
    effects = []
    if ends:
        effects.append(Effect(directory.end_body(body, **said), body))
        for each in heirs.values():
            is_default = heir is None or each.pk == heir.pk
            directory.carry_on(body, each, decision, is_default=is_default, by=said["by"])
        effects += [Effect(moved, body, heir) for moved in directory.hand_over_children(body, heir, **said)]
    people = directory.hand_over_people(act, body, heirs, ends=ends, **said)
    effects += [Effect(moved, body, target, person) for moved, target, person in people]
    if ends:
        groups = directory.hand_over_groups(body, list(heirs.values()), **said)
        effects += [Effect(moved, body, target) for moved, target in groups]
        effects += [Effect(moved, body) for moved in directory.end_delegations(body, **said)]
    effects += _works(act, body, heirs, heir, said)
    return [*effects, *(_left_and_kept(body) if ends else ())]


def heads_of_one_body(effects: list[Effect], on: date) -> list[Effect]:
    """Two bodies that become one bring two heads: the administrator learns it before, not after."""
    targets = {
        effect.successor.pk: effect.successor for effect in effects if effect.person and effect.successor
    }
    found = []
    for target in targets.values():
        there = target.memberships.filter(role=Membership.Role.HEAD, user__is_active=True)
        heads = there.exclude(valid_to__lt=on).order_by("pk").values_list("user__full_name", flat=True)
        if len(heads) > 1:
            found.append(Effect(Moved(HEADS, "; ".join(heads)[:500], how="kept"), None, target))
    return found


def _works(
    act: Reorganisation,
    body: Agency,
    heirs: dict[str, Agency],
    heir: Agency | None,
    said: dict[str, Any],
) -> list[Effect]:
    """First who takes a named part, then who takes the rest."""
    parts = shared_out(act, in_hand([body]))
    others = [each for each in heirs.values() if heir is None or each.pk != heir.pk]
    order = [(each, Share(takes_rest=False, mine=parts.get(each.code, {}))) for each in others]
    if heir is not None:
        named = [parts[code] for code in parts if code != heir.code]
        taken = {noun: frozenset().union(*(part.get(noun, ()) for part in named)) for noun in NOUNS}
        order.append((heir, Share(takes_rest=True, mine=parts.get(heir.code, {}), others=taken)))
    effects = []
    for each, share in order:
        if each.pk == body.pk or not (share.takes_rest or share.mine):
            continue
        for action in SHARED:
            effects += [Effect(moved, body, each) for moved in action(body, each, **said, share=share)]
    if heir is not None:
        for action in WHOLE:
            effects += [Effect(moved, body, heir) for moved in action(body, heir, **said)]
    return effects


NOUNS = ("task", "duty", "plan")


def shared_out(act: Reorganisation, hand: InHand) -> dict[str, dict[str, frozenset[int]]]:
    """What each successor is named for. A task's own rule comes before its topics', these before its forms'."""
    found: dict[str, dict[str, set[int]]] = {}
    for task in hand.tasks:
        if code := heir_of_task(act, task):
            found.setdefault(code, {}).setdefault("task", set()).add(task.pk)
    for noun, rows in (("duty", hand.duties), ("plan", hand.plans)):
        for row in rows:
            if code := act.shares.get(noun, {}).get(str(row.pk)):
                found.setdefault(code, {}).setdefault(noun, set()).add(row.pk)
    return {code: {noun: frozenset(keys) for noun, keys in nouns.items()} for code, nouns in found.items()}


def heir_of_task(act: Reorganisation, task: Task) -> str:
    """The code of the successor a rule names for a task; "" where none does."""
    if code := act.shares.get("task", {}).get(str(task.pk)):
        return str(code)
    classes = [("topic", row.pk) for row in task.topics.all()] + [
        ("form", row.pk) for row in task.forms.all()
    ]
    named = (act.shares.get(noun, {}).get(str(key)) for noun, key in classes)
    return next((str(code) for code in named if code), "")


def _left_and_kept(body: Agency) -> Iterator[Effect]:
    """What nobody takes, and what stays under the old name."""
    hand = in_hand([body])
    for kind, rows in (
        (pgettext_lazy("of a plan", "Task"), hand.tasks),
        (_("Standing duty"), hand.duties),
        (_("Coordinator of a plan"), hand.plans),
    ):
        for row in rows:
            yield Effect(Moved(kind, str(row)[:500], why_not=NO_HEIR), body)
    waiting = AgencyReport.objects.filter(
        agency=body, round__state="open", state__in=("draft", "returned", "with_head")
    )
    for report in waiting.select_related("round"):
        yield Effect(Moved(_("Report to hand in"), report.round.title, why_not=NO_HEIR), body)
    kept = kept_by(body)
    handed_in = AgencyReport.objects.filter(agency=body, state__in=("submitted", "accepted")).count()
    counts = (
        (_("Finished tasks"), kept.done_tasks),
        (_("Pieces of evidence"), kept.deliverables),
        (_("Reports handed in"), handed_in),
        (_("Documents issued"), Document.objects.filter(issuer=body).count()),
    )
    for kind, count in counts:
        if count:
            yield Effect(Moved(kind, str(count), how="kept"), body)
