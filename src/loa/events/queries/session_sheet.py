"""A sheet of who was in which session: a column for each, or the signed list of one that was chosen beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from loa.core.previews import FieldChange, Preview, RowChange
from loa.core.sheets import RowError, SheetRow, SheetShape, spoken
from loa.core.text import fold, format_date
from loa.events.models import Event, EventSession, Registration, SessionAttendance
from loa.events.queries.attendance_sheet import SHAPE, Listed, presence_labels, presence_words
from loa.events.queries.people import coming
from loa.events.queries.sessions import sessions_with_attendance

PERSON = ("code", "name", "title", "organisation")
Known = dict[tuple[int, int], str]  # (session, registration) -> presence


def session_headings(sessions: Sequence[EventSession]) -> dict[int, str]:
    """What the column of each session is called: its title, with its time where that says too little."""
    titles = Counter(fold(session.title) for session in sessions)
    taken = {*spoken(SHAPE.columns), *(fold(word) for words in SHAPE.other_words.values() for word in words)}
    return {
        session.pk: session.title
        if titles[fold(session.title)] == 1 and fold(session.title) not in taken
        else f"{session.title} ({_time(session)})"
        for session in sessions
    }


def _time(session: EventSession) -> str:
    local = timezone.localtime(session.starts_at)
    return f"{local:%H:%M} {format_date(local.date())}"


def session_shape(sessions: Sequence[EventSession], chosen: EventSession | None = None) -> SheetShape:
    """The columns that are read: of one session its presence, else a column for each."""
    if chosen:
        return SHAPE
    people = {key: SHAPE.columns[key] for key in PERSON}
    headings = {f"s{pk}": heading for pk, heading in session_headings(sessions).items()}
    other = {key: words for key, words in SHAPE.other_words.items() if key in PERSON}
    return SheetShape(people | headings, ("name",), other, heading_within=SHAPE.heading_within)


def preview_sessions(
    rows: Iterable[SheetRow], *, event: Event, session: EventSession | None = None
) -> Preview:
    """Three queries. `values["presences"]` of a row: {key of the session: presence}; an empty cell says nothing."""
    sessions = sessions_with_attendance(event)
    columns = {"presence": session} if session else {f"s{each.pk}": each for each in sessions}
    labels = {f"s{pk}": heading for pk, heading in session_headings(sessions).items()}
    labels["presence"] = str(SHAPE.columns["presence"])
    listed, known, found, words = Listed(coming(event)), _known(event), Preview(), presence_words()
    rows = list(rows)
    if rows and not columns.keys() & rows[0].cells.keys():
        found.errors.append(RowError(1, "", _no_column(labels, columns)))
        return found
    for row in rows:
        values = {key: row.cells.get(key, "") for key in PERSON}
        person, wrong = listed.find(row.number, values)
        presences, unknown = _presences(row, columns, words, labels)
        wrong = wrong or unknown
        if not wrong and not presences and (session or person is None):
            wrong = _("Nothing is said of whether this person was there.")
        if wrong:
            found.errors.append(RowError(row.number, values["name"][:80], wrong))
            continue
        _sort_in(found, row.number, values | {"presences": presences}, person, known=known, labels=labels)
    return found


def _no_column(labels: Mapping[str, str], columns: Mapping[str, EventSession]) -> str:
    names = {"names": ", ".join(f"“{labels[key]}”" for key in columns)}
    return _("No column has the name of a session: %(names)s.") % names


def _known(event: Event) -> Known:
    rows = SessionAttendance.objects.filter(session__event=event)
    return {
        (session, person): presence
        for session, person, presence in rows.values_list("session", "registration", "presence")
    }


def _presences(
    row: SheetRow, columns: Mapping[str, EventSession], words: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[dict[str, str], str]:
    """What the row says, by the key of the session; or the sentence on the first cell that says nothing known."""
    said = {}
    for key, session in columns.items():
        cell = row.cells.get(key, "")
        if not cell:
            continue
        if fold(cell) not in words:
            told = {"column": labels[key], "value": cell[:40]}
            return {}, _("“%(column)s”: “%(value)s” says neither present, absent nor excused.") % told
        said[str(session.pk)] = words[fold(cell)]
    return said, ""


def _sort_in(
    found: Preview,
    number: int,
    values: dict[str, Any],
    person: Registration | None,
    *,
    known: Known,
    labels: Mapping[str, str],
) -> None:
    label = f"{values['name']} ({values['organisation']})" if values["organisation"] else values["name"]
    kinds = presence_labels()
    if person is None:
        told = ", ".join(
            f"{labels[f's{pk}']}: {kinds[presence]}" for pk, presence in values["presences"].items()
        )
        found.added.append(RowChange(number, f"{label}. {told}", values))
        return
    changes = tuple(
        FieldChange(f"s{pk}", labels[f"s{pk}"], kinds[old], kinds[presence])
        for pk, presence in values["presences"].items()
        if (old := known.get((int(pk), person.pk), "")) != presence
    )
    if changes:
        found.changed.append(RowChange(number, label, values, person, changes))
    else:
        found.unchanged_count += 1
