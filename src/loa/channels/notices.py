"""What a reminder says. Party and mass bodies are asked, never ordered; where the rule asks, everybody is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.channels.queries import Matter
from loa.core.text import format_date, headline

SHOWN = 30  # lines in one notice
TITLE = 140  # characters of a matter's title: it stands in the subject of a mail


@dataclass(frozen=True, slots=True)
class Voice:
    """How the same matter is said: to who owes it or to who follows it up, asking or telling, by whom."""

    today: date
    is_asking: bool = False
    is_following: bool = False
    asker: str = ""  # the agency whose person reminds by hand


def subject_of(matters: Sequence[Matter], voice: Voice) -> Callable[[], str]:
    def subject() -> str:
        words = line(matters[0], voice) if len(matters) == 1 else _many(matters, voice)
        if voice.asker:
            return _("%(agency)s reminds: %(words)s") % {"agency": voice.asker, "words": words}
        return words

    return subject


def body_of(matters: Sequence[Matter], voice: Voice) -> Callable[[], str]:
    def body() -> str:
        if len(matters) == 1:
            return _facts(matters[0])
        lines = [f"– {line(matter, voice)}" for matter in matters[:SHOWN]]
        more = len(matters) - SHOWN
        if more > 0:
            lines.append(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
        return "\n".join(lines)

    return body


def line(matter: Matter, voice: Voice) -> str:
    """One matter in one sentence."""
    days = (matter.last_day - voice.today).days
    words = {
        "title": Truncator(headline(matter.title)).chars(TITLE),
        "agency": matter.agency.name,
        "date": format_date(matter.due_on),
        "n": abs(days),
    }
    if voice.is_following:
        return _followed(matter, days) % words
    is_asked = voice.is_asking or matter.agency.is_political
    return _owed(matter, days, is_asked=is_asked) % words


def _followed(matter: Matter, days: int) -> str:
    if matter.is_waiting:
        return _("Waits for %(agency)s since %(date)s: %(title)s")
    if days > 0:
        return ngettext(
            "%(agency)s, %(n)d day left: %(title)s", "%(agency)s, %(n)d days left: %(title)s", days
        )
    if days == 0:
        return _("%(agency)s, due today: %(title)s")
    if matter.agency.is_political:  # asked, so not called late
        return _("%(agency)s has not answered yet, date %(date)s: %(title)s")
    return ngettext(
        "%(agency)s, overdue by %(n)d day: %(title)s", "%(agency)s, overdue by %(n)d days: %(title)s", -days
    )


def _owed(matter: Matter, days: int, *, is_asked: bool) -> str:
    if matter.is_waiting:
        return _("Kindly answer what waits since %(date)s: %(title)s")
    if days > 0:
        if is_asked:
            return ngettext(
                "Kindly prepare, %(n)d day left: %(title)s",
                "Kindly prepare, %(n)d days left: %(title)s",
                days,
            )
        return ngettext("%(n)d day left: %(title)s", "%(n)d days left: %(title)s", days)
    if days == 0:
        return _("Kindly finish today: %(title)s") if is_asked else _("Due today: %(title)s")
    if is_asked:
        return _("Kindly finish soon, it was due on %(date)s: %(title)s")
    return ngettext("Overdue by %(n)d day: %(title)s", "Overdue by %(n)d days: %(title)s", -days)


def _many(matters: Sequence[Matter], voice: Voice) -> str:
    count, first = len(matters), matters[0]
    days = (first.last_day - voice.today).days
    if first.is_waiting:
        words = ngettext("%(n)d matter waits for an answer", "%(n)d matters wait for an answer", count)
    elif days > 0:
        words = ngettext("%(n)d matter is due soon", "%(n)d matters are due soon", count)
    elif days == 0:
        words = ngettext("%(n)d matter is due today", "%(n)d matters are due today", count)
    else:
        words = ngettext("%(n)d matter is not finished yet", "%(n)d matters are not finished yet", count)
    return words % {"n": count}


def _facts(matter: Matter) -> str:
    day = format_date(matter.due_on)
    if matter.is_waiting:
        when = _("Since: %(date)s") % {"date": day}
    elif matter.is_before:
        when = _("Due before: %(date)s") % {"date": day}
    else:
        when = _("Due: %(date)s") % {"date": day}
    return "\n".join(filter(None, [matter.context, matter.agency.name, when]))
