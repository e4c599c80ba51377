"""Editing the consolidated text sentence by sentence. Nothing is lost: what is dropped can come back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.reports.models import Consolidation, Sentence


def _open_for_edits(consolidation: Consolidation, by: User) -> None:
    require(by, "reports.write_consolidation", consolidation)
    if consolidation.state != "drafting":
        raise FlowError(_("The text can be changed only while it is being drafted."))


def _change(sentence: Sentence, version: int, by: User, action: str, **changes: Any) -> None:
    _open_for_edits(sentence.consolidation, by)
    with transaction.atomic():
        rows = Sentence.objects.filter(pk=sentence.pk, version=version)
        if rows.update(version=F("version") + 1, **changes) != 1:
            raise StaleError(_("Somebody else has just changed this sentence. What you typed is still here."))
        data = {"sentence": sentence.pk, "before": sentence.text[:500]}
        history.record(sentence.consolidation, action, by=by, data=data)
    sentence.refresh_from_db()


def edit_sentence(sentence: Sentence, *, text: str, version: int, by: User) -> None:
    """Typed back to what the source says, it follows its source again."""
    text = text.strip()
    if not text:
        raise FlowError(_("A sentence needs words; to take it out, drop it."))
    is_edited = bool(sentence.origin) and text != sentence.original
    _change(sentence, version, by, "consolidation.edit_sentence", text=text, is_edited=is_edited)


def drop_sentence(sentence: Sentence, *, version: int, by: User) -> None:
    _change(sentence, version, by, "consolidation.drop_sentence", is_dropped=True)


def restore_sentence(sentence: Sentence, *, version: int, by: User) -> None:
    _change(sentence, version, by, "consolidation.restore_sentence", is_dropped=False)


def add_sentence(
    consolidation: Consolidation, *, section: str, text: str, after: Sentence | None = None, by: User
) -> Sentence:
    """At the section's end, or right after another sentence."""
    _open_for_edits(consolidation, by)
    keys = [leaf["key"] for leaf in consolidation.round.leaves]
    if section not in keys or not text.strip():
        raise FlowError(_("Choose a section and write the sentence."))
    with transaction.atomic():
        order = list(_ordered(consolidation, section))
        at = order.index(after) + 1 if after in order else len(order)
        heading = after.heading if after else ""
        last = consolidation.sentences.filter(section=section).aggregate(last=Max("position"))["last"] or 0
        sentence = Sentence.objects.create(
            consolidation=consolidation,
            section=section,
            heading=heading,
            text=text.strip(),
            position=last + 10,
        )
        order.insert(at, sentence)
        _renumber(order)
        history.record(consolidation, "consolidation.add_sentence", by=by, data={"sentence": sentence.pk})
    return sentence


def move_sentence(sentence: Sentence, *, by_steps: int, by: User) -> None:
    """Up (-1) or down (+1) within its section; at the edge it stays."""
    _open_for_edits(sentence.consolidation, by)
    with transaction.atomic():
        order = [row for row in _ordered(sentence.consolidation, sentence.section) if not row.is_dropped]
        if sentence not in order:
            raise FlowError(_("A dropped sentence has no place; restore it first."))
        old = order.index(sentence)
        new = min(max(old + by_steps, 0), len(order) - 1)
        order.insert(new, order.pop(old))
        _renumber(order)
    sentence.refresh_from_db()


def _ordered(consolidation: Consolidation, section: str) -> Any:
    return consolidation.sentences.filter(section=section).order_by("position", "pk")


def _renumber(order: list[Sentence]) -> None:
    for index, row in enumerate(order, start=1):
        row.position = index * 10
    Sentence.objects.bulk_update(order, ["position"], batch_size=500)
