"""The search follows what is published, taken down, moved, deleted, and what has a new row of history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from loa.core.queue import later_together
from loa.portal.queries.search import sources
from loa.portal.queries.searched_pages import KINDS

JOB = "loa.portal.jobs.search.index_things"


@receiver(page_published, dispatch_uid="portal.search_published")
@receiver(page_unpublished, dispatch_uid="portal.search_unpublished")
def follow_page(instance: Page, **_more: Any) -> None:
    kind = KINDS.get(type(instance))
    if kind:
        later_together(JOB, kind, [instance.pk])


@receiver(post_page_move, dispatch_uid="portal.search_moved")
def follow_move(instance: Page, **_more: Any) -> None:
    """What lies under a moved page has a new address, perhaps on another site."""
    for model, kind in KINDS.items():
        keys = list(model.objects.descendant_of(instance, inclusive=True).live().values_list("pk", flat=True))
        later_together(JOB, kind, keys)


@receiver(post_delete, dispatch_uid="portal.search_deleted")
def follow_deletion(sender: type[models.Model], instance: models.Model, **_more: Any) -> None:
    kind = KINDS.get(sender)  # type: ignore[call-overload]
    if kind:
        later_together(JOB, kind, [instance.pk])


def follow_history(obj: models.Model) -> None:
    """Whatever changes a thing of a register appends a row of history: the search looks again."""
    for source in sources.values():
        if keys_of := source.follows.get(type(obj)):
            later_together(JOB, source.kind, keys_of(obj))
