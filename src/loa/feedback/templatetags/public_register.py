"""How the public register says stars and what machines read."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A description for search engines; nothing in it can end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  no sign that HTML knows is left


@register.filter
def stars(count: float | None) -> SafeString | str:
    """As drawn signs and, for who listens, as words."""
    if count is None:
        return ""
    whole = round(count)
    words = _("%(count)s of 5 stars") % {"count": _decimal(count)}
    drawn = "★" * whole + "☆" * (5 - whole)
    return format_html(
        '<span class="stars"><span aria-hidden="true">{}</span><span class="hidden">{}</span></span>',
        drawn, words,
    )  # fmt: skip


@register.filter
def mean(value: float | None) -> str:
    """A mean of stars: 4,3; nothing rated is a dash."""
    return "–" if value is None else _decimal(value)


def _decimal(value: float) -> str:
    """With the mark of the page's language: 4,3 in Vietnamese, 4.3 in English."""
    text = f"{value:g}"
    return text if (get_language() or "").startswith("en") else text.replace(".", ",")
