"""The copy of one's data on a page: the file beside it says moments as machines do."""

from __future__ import annotations

from datetime import datetime

from django import template

from loa.core.templatetags.ui import moment

register = template.Library()


@register.filter
def iso_moment(text: str) -> str:
    """2019-07-15T08:30+07:00 as people write it; nothing for nothing."""
    return moment(datetime.fromisoformat(text)) if text else ""
