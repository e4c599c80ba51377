"""Slow work of events: ids in, actions called. Safe to run twice."""

from loa.core.models import Entry
from loa.events import actions


def tell_registered(entry_pk: int) -> int:
    return actions.tell_registered(Entry.objects.get(pk=entry_pk))
