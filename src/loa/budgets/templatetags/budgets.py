"""A field in a cell of a row: named by its column, belonging to the form of its row."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cell(field: Any, line: Any) -> SafeString:
    return field.as_widget(
        attrs={"form": f"cells-{line.pk}", "aria-label": f"{field.label} ({line.position})"}
    )
