"""Printed content of a plan in words, for its templates."""

from typing import Any

from django import template

from loa.plans.queries import printed

register = template.Library()


@register.filter
def in_words(value: Any, key: str) -> str:
    """One field of a reading (queries.printed): bodies, targets, days."""
    return printed.in_words(key, value)
