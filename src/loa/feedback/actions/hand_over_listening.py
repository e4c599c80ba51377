"""What is followed and counted goes on under the body that follows: subscriptions, works that answers count for, promises.

What was told, counted and kept until then stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy, ngettext

from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency
from loa.directory.queries import itself_and_predecessors
from loa.feedback.models import AnswerSubscription, CountedWork, Promise
from loa.plans.models import Assignment, DutyAssignment
from loa.plans.states import OPEN_ASSIGNMENT_STATES

SUBSCRIPTION_KIND = gettext_lazy("E-mails about new answers")
COUNTED_KIND = gettext_lazy("Answers that count for a plan's work")
PROMISE_KIND = gettext_lazy("Promise made in a dialogue")


def hand_over_listening(
    predecessor: Agency, successor: Agency, on: date, said: dict[str, Any]
) -> Iterator[Moved]:
    yield from _promises(predecessor, successor, said)
    yield from _works_merged(predecessor, successor, said)
    yield from _counted_answers(predecessor, successor, on, said)
    yield from _subscriptions(predecessor, successor)


def key_of_subscription(row: AnswerSubscription) -> str:
    """Address and what is followed: asked twice, it is one."""
    chosen = (row.subject_id, row.agency_id, row.commune_id)
    return ":".join([row.email_print, *(str(pk or "") for pk in chosen)])


def _subscriptions(predecessor: Agency, successor: Agency) -> Iterator[Moved]:
    """Who follows the body or the commune follows the successor; who follows that already is told once.

    Nobody's address is in what is said of it, only how many they are.
    """
    rows = list(AnswerSubscription.objects.filter(Q(agency=predecessor) | Q(commune=predecessor)))
    for row in rows:
        row.agency_id = successor.pk if row.agency_id == predecessor.pk else row.agency_id
        row.commune_id = successor.pk if row.commune_id == predecessor.pk else row.commune_id
        row.key = key_of_subscription(row)
    taken = set(
        AnswerSubscription.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True)
    )
    twice = [row.pk for row in rows if row.key in taken]
    AnswerSubscription.objects.filter(pk__in=twice).delete()
    AnswerSubscription.objects.bulk_update(
        [row for row in rows if row.key not in taken], ["agency", "commune", "key"], batch_size=500
    )
    if rows:
        words = ngettext("%(n)d subscription", "%(n)d subscriptions", len(rows)) % {"n": len(rows)}
        yield Moved(SUBSCRIPTION_KIND, words)


def _counted_answers(
    predecessor: Agency, successor: Agency, on: date, said: dict[str, Any]
) -> Iterator[Moved]:
    """From the day on answers of the successor count as those of the body did, on a line of their own."""
    rows = CountedWork.objects.filter(agency=predecessor).select_related(
        "assignment__task", "assignment__plan", "assignment__agency", "duty_assignment__duty",
        "duty_assignment__plan", "duty_assignment__agency", "by", "subject",
    )  # fmt: skip
    for row in rows:
        if row.work.plan.state != "issued":
            continue
        _new, is_new = CountedWork.objects.get_or_create(
            key=_key(row, successor),
            defaults={
                "assignment": row.assignment, "duty_assignment": row.duty_assignment, "agency": successor,
                "subject": row.subject, "unit": row.unit, "starts_on": on, "by": row.by,
            },
        )  # fmt: skip
        if is_new:
            history.record(row.work, f"{_noun(row)}.count_answers_of_successor", **said)
        yield Moved(COUNTED_KIND, str(row.work), row.work.get_absolute_url())


def _works_merged(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    """Work that goes on in a successor's own: what counted for it, and what it was to keep, follow it there."""
    merged = Assignment.objects.filter(agency=predecessor, state="passed_on", plan__state="issued")
    for work in merged.filter(Q(counted_answers__isnull=False) | Q(promises__state="open")).distinct():
        running = Assignment.objects.filter(task=work.task_id, words="", state__in=OPEN_ASSIGNMENT_STATES)
        if target := _heirs_own(running, predecessor, successor):
            yield from _move_counted(work, target, said)
            for promise in Promise.objects.filter(assignment=work, state="open"):
                Promise.objects.filter(pk=promise.pk).update(assignment=target)
                history.record(promise, "promise.hand_over", **said)
    ended = DutyAssignment.objects.filter(agency=predecessor, ended_on__isnull=False, plan__state="issued")
    for duty in ended.filter(counted_answers__isnull=False).distinct():
        same = DutyAssignment.objects.filter(duty=duty.duty_id, ended_on__isnull=True)
        if own := _heirs_own(same, predecessor, successor):
            yield from _move_counted(duty, own, said)


def _heirs_own(rows: Any, predecessor: Agency, successor: Agency) -> Any:
    """The successor's own, or that of another body that carries the predecessor on."""
    for row in rows.select_related("agency", "plan"):
        if (
            row.agency_id == successor.pk
            or itself_and_predecessors(row.agency).filter(pk=predecessor.pk).exists()
        ):
            return row
    return None


def _move_counted(work: Any, target: Any, said: dict[str, Any]) -> Iterator[Moved]:
    on = date.fromisoformat(said["data"]["on"])
    for row in work.counted_answers.select_related("subject", "agency"):
        row.assignment, row.duty_assignment = (
            (target, None) if isinstance(target, Assignment) else (None, target)
        )
        row.key, row.starts_on = _key(row, row.agency), max(on, row.starts_on)
        if CountedWork.objects.filter(key=row.key).exists():
            CountedWork.objects.filter(pk=row.pk).delete()
        else:
            row.save()
        history.record(target, f"{_noun(row)}.count_answers_of_successor", **said)
        note = gettext("Counts for the successor's own work from now on.")
        yield Moved(COUNTED_KIND, str(target), target.get_absolute_url(), how="merged", note=note)


def _promises(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    """What is promised and not kept yet is kept by the body that follows."""
    for promise in Promise.objects.filter(agency=predecessor, state="open"):
        Promise.objects.filter(pk=promise.pk).update(agency=successor)
        history.record(promise, "promise.hand_over", **said)
        yield Moved(PROMISE_KIND, str(promise), promise.get_absolute_url())


def _key(row: CountedWork, agency: Agency | None) -> str:
    subject = row.subject_id or ""
    return f"{_noun(row)}:{row.work.pk}:{agency.pk if agency else ''}:{subject}"


def _noun(row: CountedWork) -> str:
    return "assignment" if row.assignment_id or row.assignment else "duty_assignment"
