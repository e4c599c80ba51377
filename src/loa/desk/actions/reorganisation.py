"""A decision over every register in one transaction: rehearsed and rolled back, or applied once for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock, history, progress
from loa.core.access import require
from loa.core.handover import Moved
from loa.core.models import Job
from loa.core.text import fold
from loa.core.workflow import FlowError, StaleError
from loa.desk import notices
from loa.desk.actions.conducting import Effect, conduct, heads_of_one_body
from loa.directory.actions import require_administrator, require_rehearsed
from loa.directory.models import Agency, HandOver, ReorganisationDecision, User
from loa.directory.states import DECISION

MANAGE = "directory.manage_directory"
MANY = 20  # acts; a larger decision is rehearsed and applied by a job that shows its progress
Tell = Callable[[int], None]


def rehearse_decision(decision: ReorganisationDecision, *, by: User | None, tell: Tell | None = None) -> int:
    """The very act, rolled back; what it would do is kept to be read. Returns how many things it would move.

    Raises FlowError where there is nothing to rehearse.
    """
    if by is not None:
        require(by, MANAGE)
    if decision.state in {"applied", "dropped"}:
        raise FlowError(_("This decision is over."))
    if not decision.acts.exists():
        raise FlowError(_("The decision has no act yet."))
    with transaction.atomic():
        effects = _perform(decision, by=by, tell=tell)
        transaction.set_rollback(True)
    with transaction.atomic():
        decision.hand_overs.filter(is_rehearsal=True).delete()
        _keep(decision, effects, is_rehearsal=True)
        changes = {"rehearsed_version": decision.version, "rehearsed_at": clock.now()}
        ReorganisationDecision.objects.filter(pk=decision.pk).update(**changes)
        actor = "" if by else "clock"
        history.record(decision, "decision.rehearse", by=by, actor=actor, data={"effects": len(effects)})
    for key, value in changes.items():
        setattr(decision, key, value)
    return len(effects)


@transaction.atomic
def apply_decision(decision: ReorganisationDecision, *, by: User | None, tell: Tell | None = None) -> int:
    """All of it or nothing, once: who comes second gets StaleError. Returns how many things moved.

    `tell` is called with the number of acts done. Raises FlowError before its day or without a dry run.
    """
    if by is not None:
        require(by, MANAGE)
    if decision.state != "applied":
        require_rehearsed(decision)
    if decision.on > clock.today():
        raise FlowError(_("Its day has not come yet: schedule it."))
    effects = _perform(decision, by=by, tell=tell)
    _keep(decision, effects, is_rehearsal=False)
    decision.hand_overs.filter(is_rehearsal=True).delete()
    decision.refresh_from_db()
    return len(effects)


def rehearse_later(decision: ReorganisationDecision, *, by: User) -> Job | None:
    """Rehearse at once, or a decision of many acts by a job; None where it is done."""
    require(by, MANAGE)
    if decision.acts.count() < MANY:
        rehearse_decision(decision, by=by)
        return None
    title = _("Dry run of the decision: %(number)s") % {"number": decision.number}
    return _start("loa.desk.jobs.rehearse_decision", title, decision, by=by)


def apply_later(decision: ReorganisationDecision, *, by: User) -> Job | None:
    """Apply at once, or a decision of many acts by a job; None where it is done."""
    require(by, MANAGE)
    if decision.acts.count() < MANY:
        apply_decision(decision, by=by)
        return None
    require_rehearsed(decision)
    if decision.on > clock.today():
        raise FlowError(_("Its day has not come yet: schedule it."))
    title = _("Apply the decision: %(number)s") % {"number": decision.number}
    return _start("loa.desk.jobs.apply_decision", title, decision, by=by)


@transaction.atomic
def _start(name: str, title: str, decision: ReorganisationDecision, *, by: User) -> Job:
    hat = by.hat.agency.pk if by.hat else 0
    return progress.start(title, name, decision.pk, by.pk, hat, total=decision.acts.count(), by=by)


def apply_due_decisions() -> int:
    """The day has come: rehearse again, and apply where nothing new stands in the way; else tell the administrator."""
    due = ReorganisationDecision.objects.filter(state="scheduled", on__lte=clock.today())
    count = 0
    for decision in due.order_by("on", "pk"):
        known = _refusals(decision)
        try:
            rehearse_decision(decision, by=None)
            if new := _refusals(decision) - known:
                _hold_up(decision, "\n".join(sorted(new)))
                continue
            apply_decision(decision, by=None)
        except StaleError:
            continue  # another worker was faster
        except (FlowError, IntegrityError) as error:
            _hold_up(decision, str(error))
            continue
        count += 1
    return count


def _refusals(decision: ReorganisationDecision) -> set[str]:
    rows = decision.hand_overs.filter(is_rehearsal=True, how=HandOver.How.REFUSED)
    return {f"{row.kind_vi}: {row.label} – {row.note_vi}" for row in rows}


def _hold_up(decision: ReorganisationDecision, problem: str) -> None:
    decision.refresh_from_db()
    with transaction.atomic():
        DECISION.take(decision, "hold_up", by=None, actor="clock", note=problem, problem=problem)
        notices.tell_waiting(decision, clock.today())


def _perform(decision: ReorganisationDecision, *, by: User | None, tell: Tell | None = None) -> list[Effect]:
    """The state first: a second click stops here. Rows are read anew, so that a rolled back act leaves no trace."""
    fresh = ReorganisationDecision.objects.get(pk=decision.pk)
    DECISION.take(fresh, "apply", by=by, actor="" if by else "clock", applied_at=clock.now(), problem="")
    effects: list[Effect] = []
    acts = fresh.acts.select_related("default_successor").prefetch_related("predecessors", "successors")
    for number, act in enumerate(acts.order_by("position", "pk"), start=1):
        effects += conduct(act, fresh, by=by)
        if tell:
            tell(number)
    require_administrator(fresh.on)
    return [*effects, *heads_of_one_body(effects, fresh.on), *_told(fresh, effects)]


def _told(decision: ReorganisationDecision, effects: list[Effect]) -> list[Effect]:
    """Who receives something learns it, and so do people with a new role."""
    received: Counter[Agency] = Counter()
    people: dict[Agency, list[User]] = {}
    for effect in effects:
        heir, moved = effect.successor, effect.moved
        if heir is None or effect.predecessor is None or moved.why_not:
            continue
        if effect.person is not None:
            people.setdefault(heir, []).append(effect.person)
        elif moved.how in {"moved", "merged"}:
            received[heir] += 1
    sent = []
    for heir, count in received.items():
        sent += [(heir, notice) for notice in notices.tell_received(decision, heir, count)]
    for heir, persons in people.items():
        sent += [(heir, notice) for notice in notices.tell_new_roles(decision, heir, persons)]
    kind = gettext_lazy("Notice")
    return [
        Effect(Moved(kind, f"{notice.receiver}: {notice.subject_vi}"[:500], how="told"), None, heir)
        for heir, notice in sent
    ]


def _keep(decision: ReorganisationDecision, effects: list[Effect], *, is_rehearsal: bool) -> None:
    rows = [
        HandOver(
            decision=decision,
            is_rehearsal=is_rehearsal,
            position=position,
            **_in_words(effect.moved),
            predecessor=effect.predecessor,
            successor=effect.successor,
            predecessor_name=effect.predecessor.name if effect.predecessor else "",
            successor_name=effect.successor.name if effect.successor else "",
        )
        for position, effect in enumerate(effects, start=1)
    ]
    for row in rows:
        row.search_text = fold(f"{row.label} {row.predecessor_name} {row.successor_name}")
    HandOver.objects.bulk_create(rows, batch_size=500)


def _in_words(moved: Moved) -> dict[str, str]:
    words = {
        "label": moved.label[:500],
        "url": moved.url,
        "how": HandOver.How.REFUSED if moved.why_not else moved.how,
    }
    for language in ("vi", "en"):
        with translation.override(language):
            words[f"kind_{language}"] = str(moved.kind)[:100]
            words[f"note_{language}"] = str(moved.why_not or moved.note or "")
    return words
