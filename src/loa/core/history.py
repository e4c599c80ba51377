"""History: append-only rows. "Time in state" and "answered in time" are computed from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.models import Entry
from loa.core.text import format_date, sort_key

_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_sentences: dict[str, Any] = {}  # action -> lazy sentence
_listeners: list[Callable[[models.Model], None]] = []
_state_names: dict[str, Mapping[str, Any]] = {}  # noun -> state -> lazy label
_withheld: dict[str, Callable[[], QuerySet]] = {}  # model label -> rows whose history nobody is shown
_actors = {"clock": _("The calendar"), "citizen": _("A citizen"), "import": _("The import")}


def when_recorded(listener: Callable[[models.Model], None]) -> None:
    """Tell of each row with what it is about, in its transaction: whatever changes a thing appends a row."""
    if listener not in _listeners:
        _listeners.append(listener)


def withhold(label: str, rows: Callable[[], QuerySet]) -> None:
    """An app says of which rows of a model nobody is shown the history, though it is kept; once, from `ready`."""
    _withheld[label] = rows


def shown(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries without those that are withheld. No query of its own but for the kinds of things, once."""
    for label, rows in _withheld.items():
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        entries = entries.exclude(content_type=kind, object_id__in=rows().order_by().values("pk"))
    return entries


def describe_with(sentences: Mapping[str, Any]) -> None:
    """An app says in words what its actions are: `{"task.adjust": _("Changed the task")}`, once, from `ready`."""
    _sentences.update(sentences)


def describe_flow(noun: str, states: Mapping[str, Any], steps: Mapping[str, Any]) -> None:
    """A flow brings the names of its states, and its steps' labels where no better sentence is known."""
    _state_names[noun] = states
    for name, label in steps.items():
        _sentences.setdefault(f"{noun}.{name}", label)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as people read it."""

    sentence: str
    who: str
    hat: str
    at: datetime
    note: str
    source: str  # the states it led from and to, in words; "" where the state stayed
    target: str
    target_state: str


def line(entry: Entry) -> Line:
    """An entry in words; an unknown action is shown by its name rather than hidden."""
    noun, _dot, verb = entry.action.partition(".")
    names = _state_names.get(noun, {})
    source, target = entry.data.get("from") or "", entry.data.get("to") or ""
    is_move = source != target
    sentence = str(_sentences.get(entry.action) or capfirst(f"{noun} {verb}".replace("_", " ").strip()))
    return Line(
        sentence=f"{sentence}: {entry.data['stage']}" if entry.data.get("stage") else sentence,
        who=_who(entry),
        hat=entry.data.get("hat_name") or entry.hat,
        at=entry.at,
        note=entry.note,
        source=_words(names, source) if is_move else "",
        target=_words(names, target) if is_move else "",
        target_state=str(target),
    )


def _words(names: Mapping[str, Any], value: str) -> str:
    """The name of a state; a day that was moved as people write it."""
    if value in names:
        return str(names[value])
    return format_date(date.fromisoformat(value)) if _A_DAY.fullmatch(str(value)) else str(value)


def _who(entry: Entry) -> str:
    if entry.by is None:
        return str(_actors.get(entry.actor, _("The system")))
    if "for" in entry.data:
        return gettext("%(person)s for %(head)s") % {"person": entry.by, "head": entry.data["for"]}
    return str(entry.by)


def known_actions() -> list[tuple[str, str]]:
    """Every action somebody has words for, with its words, in alphabetical order of the words."""
    named = [(action, str(sentence)) for action, sentence in _sentences.items()]
    return sorted(named, key=lambda pair: (sort_key(pair[1]), pair[0]))


def record(
    obj: models.Model,
    action: str,
    *,
    by: Any,
    actor: str = "",
    note: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Append one row. `action` is "<noun>.<verb>"; `data` is JSON-ready.

    The agency's name as it is today is kept beside its code: names change, history does not.
    """
    hat = getattr(by, "hat", None) if by else None
    kept = {**(data or {}), **({"hat_name": str(hat.agency)} if hat else {})}
    if hat and hat.acting_for:
        kept["for"] = str(hat.acting_for)  # the head in whose place this person decided
    entry = Entry.objects.create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        action=action,
        by=by,
        actor=actor,
        hat=getattr(by, "hat_code", "") if by else "",
        note=note,
        data=kept,
        at=clock.now(),
    )
    for listener in _listeners:
        listener(obj)
    return entry


def entries_of(objects: Iterable[models.Model]) -> QuerySet[Entry]:
    """The history of some objects of any kinds, newest first."""
    wanted = models.Q(pk__in=[])
    by_type: dict[type[models.Model], list[int]] = {}
    for obj in objects:
        by_type.setdefault(type(obj), []).append(obj.pk)
    for model, keys in by_type.items():
        wanted |= models.Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    rows = Entry.objects.filter(wanted)
    if any(model._meta.label in _withheld for model in by_type):  # noqa: SLF001  Django's documented way to a name
        rows = shown(rows)
    return rows.select_related("by").order_by("-at", "-pk")
