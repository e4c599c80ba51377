"""Press briefing packs: gathered for a period, approved by the head, handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.desk import notices
from loa.desk.models import BriefingPack
from loa.desk.queries.briefing import gather, plans_to_brief_on, propose_title
from loa.desk.states import BRIEFING
from loa.directory.models import User
from loa.directory.queries.signing import signature_of
from loa.plans.models import Plan


@transaction.atomic
def make_briefing(plan: Plan, *, start: date, end: date, title: str = "", by: User) -> BriefingPack:
    """Gather a pack for one's own agency; made again for the same days it is the same pack. Raises FlowError."""
    require(by, "desk.make_briefings")
    if by.hat is None or not plans_to_brief_on(by).filter(pk=plan.pk).exists():
        raise PermissionDenied(_("Your role here does not allow this."))
    if end < start:
        raise FlowError(_("It ends before it begins."))
    if end > clock.today():
        raise FlowError(_("The period has not ended yet."))
    days = {"agency": by.hat.agency, "plan": plan, "start": start, "end": end}
    known = BriefingPack.objects.filter(**days).first()
    if known:
        return known
    now = clock.now()
    pack = BriefingPack(
        **days,
        title=title.strip()[:300] or propose_title(plan, start, end),
        by=by,
        created_at=now,
        gathered_at=now,
    )
    pack.sections = gather(plan, start, end)
    try:
        with transaction.atomic():
            pack.save()
    except IntegrityError:  # a second click was faster
        return BriefingPack.objects.get(**days)
    history.record(pack, "briefing.make", by=by)
    return pack


@transaction.atomic
def write_briefing(
    pack: BriefingPack, *, title: str, contact: str, questions: Iterable[Mapping[str, str]], by: User
) -> BriefingPack:
    """What a person adds: title, whom to ask, questions of the press with proposed answers."""
    row = _draft(pack, by=by)
    row.title, row.contact = title.strip(), contact.strip()
    row.questions = [dict(each) for each in questions]
    row.save(update_fields=["title", "contact", "questions"])
    history.record(row, "briefing.write", by=by)
    return row


@transaction.atomic
def gather_anew(pack: BriefingPack, *, by: User) -> bool:
    """The registers as they are now for the same days; False where nothing differs."""
    row = _draft(pack, by=by)
    sections = gather(row.plan, row.start, row.end)
    is_other = sections != row.sections
    row.sections, row.gathered_at = sections, clock.now()
    row.save(update_fields=["sections", "gathered_at"])
    history.record(row, "briefing.gather", by=by, data={"is_other": is_other})
    return is_other


def _draft(pack: BriefingPack, *, by: User) -> BriefingPack:
    require(by, "desk.write_briefing", pack)
    row = (
        BriefingPack.objects.select_for_update(of=("self",)).select_related("plan", "agency").get(pk=pack.pk)
    )
    if row.state != "draft":
        raise FlowError(_("Only a draft is changed. What is approved stays as it is."))
    return row


@transaction.atomic
def take_briefing_step(pack: BriefingPack, step: str, *, note: str = "", by: User) -> Entry:
    """Approve, return to the draft with a reason, or say that it is handed out."""
    changes: dict[str, Any] = {}
    if step == "approve":
        signature = signature_of(by, pack.agency)
        changes = {"approved_by": by, "approved_on": clock.today(), "signature": signature}
    elif step == "return_to_draft":
        changes = {"approved_by": None, "approved_on": None, "signature": {}}
    entry = BRIEFING.take(pack, step, by=by, note=note, **changes)
    if step != "hand_out":
        notices.tell_briefing_decided(pack, step, note=note, by=by)
    return entry
