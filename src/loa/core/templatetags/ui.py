"""What every page says in the same way: states, due dates, amounts, icons, history, fragments of other apps.

The tags are plain functions too: tables and notices call them from Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.core import administration, due, history, queue, slots
from loa.core.browsers import browser_name
from loa.core.counted_days import key_of
from loa.core.text import dashes, format_date, format_money
from loa.core.text import headline as on_one_line
from loa.core.workflow import OpenStep, Step

register = template.Library()

STEP_ORDER = {"main": 0, "plain": 1, "danger": 2}
TONES = ("plain", "wait", "run", "soon", "late", "done")
# Common words for states; an object says otherwise with a property `state_tone`.
STATE_TONES = {
    "queued": "wait",
    "reading": "run",
    "read": "soon",
    "running": "run",
    "failed": "late",
    "given_up": "plain",
    "confirmed": "done",
    "issued": "run",
    "open": "run",
    "assigned": "soon",
    "accepted": "run",
    "in_progress": "run",
    "drafting": "run",
    "with_head": "wait",
    "submitted": "wait",
    "asked": "wait",
    "returned": "soon",
    "refused": "late",
    "declined": "late",
    "postponed": "soon",
    "agreed": "run",
    "granted": "done",
    "given": "done",
    "contributed": "done",
    "approved": "done",
    "held": "done",
    "done": "done",
}


@register.simple_tag
def badge(label: Any, tone: str = "plain", title: str = "") -> SafeString:
    """A word with a colour. Tones: plain, wait (on others), run, soon, late, done."""
    tone = tone if tone in TONES else "plain"
    tooltip = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="badge badge--{}"{}>{}</span>', tone, tooltip, label)


@register.simple_tag
def state_badge(obj: Any) -> SafeString:
    """The state of an object with `state` and `get_state_display`."""
    tone = getattr(obj, "state_tone", None) or STATE_TONES.get(obj.state, "plain")
    return badge(obj.get_state_display(), tone)


@register.simple_tag
def due_badge(
    due_on: date | None,
    is_before: bool = False,
    open: bool = True,  # noqa: A002  reads well in a template
    link: bool = True,
    of: Any = None,
) -> SafeString:
    """How long there is until a due date, in words; a click shows how it was counted.

    `is_before`: the paper says "before" the date, so the day itself is too late. `open=False`: the
    work is over and only the date is of interest. `link=False` where the badge stands inside a link.
    `of`: the object whose `due_on` it is, where such dates may have been counted from another day.
    """
    if due_on is None:
        return badge(_("No date set"), "plain")
    told = due.tell(due_on, is_before=is_before, is_open=open)
    if not link:
        return badge(told.label, told.tone, told.title)
    url = f"{reverse('core:deadline_explain')}?due={told.last_day.isoformat()}"
    if of is not None:
        url += f"&of={key_of(of)}"
    return format_html(
        '<a class="badge badge--{} badge--link" href="{}" title="{}">{}</a>',
        told.tone,
        url,
        told.title,
        told.label,
    )


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """A drawing from core/icons.svg; silent for screen readers unless it has a title."""
    url = static("core/icons.svg")
    if title:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', title, url, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', url, name)


@register.inclusion_tag("ui/slot.html")
def slot(place: str, obj: Any) -> dict[str, Any]:
    """Fragments that higher apps show here; links until htmx has fetched them."""
    found = [
        {"url": reverse(fragment.url_name, args=[*fragment.args, obj.pk]), "title": fragment.title}
        for fragment in slots.fragments(place)
    ]
    return {"fragments": found}


@register.inclusion_tag("ui/admin_tabs.html", takes_context=True)
def admin_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of the administrator, as far as this person may open them."""
    request = context["request"]
    return {"tabs": administration.tabs_for(request.user, request.path)}


@register.inclusion_tag("ui/history.html", name="history")
def history_tag(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first as given: who, under which hat, when, what and why."""
    return {"lines": [history.line(entry) for entry in entries]}


@register.inclusion_tag("ui/empty.html")
def empty(title: Any, text: Any = "", url: str = "", label: Any = "") -> dict[str, Any]:
    """Says what is not there and what to do next; with `url` and `label` also a button."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("ui/bar.html")
def bar(done: Any, total: Any, label: Any = "") -> dict[str, Any]:
    """How many of how many, as words and as a bar; more than all still fills it only once."""
    done, total = done or 0, total or 0
    return {
        "done": done,
        "total": total,
        "label": label,
        "value": min(done, total),
        "is_done": bool(total) and done >= total,
    }


@register.simple_tag
def step_buttons(steps: Iterable[Step | OpenStep], url_name: str, pk: Any) -> SafeString:
    """A button for each open step, linking to `url_name` with (pk, step.name); a closed one says why.

    The likely step stands first, the one that refuses last.
    """
    ordered = sorted(steps, key=lambda item: STEP_ORDER.get(_step_of(item).tone, 1))
    return format_html_join("\n", "{}", ((_step_button(item, url_name, pk),) for item in ordered))


def _step_of(item: Step | OpenStep) -> Step:
    return item.step if isinstance(item, OpenStep) else item


def _step_button(item: Step | OpenStep, url_name: str, pk: Any) -> SafeString:
    step, why_not = (item.step, item.why_not) if isinstance(item, OpenStep) else (item, None)
    look = f" button--{step.tone}" if step.tone in ("main", "danger") else ""
    if why_not:
        return format_html(
            '<span class="button button--off" role="link" aria-disabled="true">{}</span> <span class="why-not">{}</span>',
            step.label,
            why_not,
        )
    url = reverse(url_name, args=[pk, step.name])
    return format_html('<a class="button{}" href="{}">{}</a>', look, url, step.label)


@register.simple_tag
def url_if_any(name: str, *args: Any) -> str:
    """The address of a page, or "" where the installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def day(value: date | datetime | None) -> str:
    """03/06/2019, in local time."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = _local(value).date()
    return format_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """03/06/2019 14:05, in local time."""
    if value is None or value == "":
        return ""
    local = _local(value)
    return f"{format_date(local.date())} {local:%H:%M}"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter
def money(value: Any) -> str:
    """Whole đồng: 1.234.567 ₫."""
    return "" if value is None or value == "" else format_money(int(value))


@register.filter
def quantity(value: Any) -> str:
    """1.234,5: points between thousands, a comma before decimals, no idle zeros."""
    if value is None or value == "":
        return ""
    number = f"{Decimal(str(value)):,f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number.translate(str.maketrans(",.", ".,"))


@register.filter
def filesize_vi(value: int | None) -> str:
    """850 B, 12 KB, 1,2 MB."""
    if value is None:
        return ""
    size = Decimal(value)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{quantity(round(size, 0 if unit != 'MB' else 1))} {unit}"
        size /= 1024
    return f"{quantity(round(size, 1))} GB"


@register.filter
def unlocalized(value: Any) -> str:
    """A number as HTML attributes want it: 1234.5."""
    return f"{Decimal(str(value)):f}"


@register.filter
def headline(text: str) -> str:
    """A text of several lines on one, without the dashes that begin them."""
    return on_one_line(text)


@register.filter
def dashed_lines(text: str) -> SafeString:
    """Paragraphs; lines that begin with a dash make a list."""
    parts: list[SafeString] = []
    for is_dashed, lines in groupby(dashes(text), _begins_with_dash):
        if is_dashed:
            items = format_html_join("", "<li>{}</li>", ((line[1:].strip(),) for line in lines))
            parts.append(format_html('<ul class="dashes">{}</ul>', items))
        else:
            parts.append(format_html_join("", "<p>{}</p>", ((line,) for line in lines)))
    return format_html_join("", "{}", ((part,) for part in parts))


def _begins_with_dash(line: str) -> bool:
    return line[0] in "-–+"


@register.filter
def weekday(value: date | datetime) -> str:
    """The weekday's name in the reader's language; of a moment, of its local day."""
    return due.weekday(_local(value).date() if isinstance(value, datetime) else value)


@register.filter
def day_name(special: Any) -> str:
    """The name of a special day in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    return (special.name_en if is_english else "") or special.name


@register.filter
def browser(user_agent: str) -> str:
    return browser_name(user_agent)


@register.filter
def work_in_words(name: str) -> str:
    """What a job or a clock does, by its dotted name."""
    return queue.work_in_words(name)
