"""Which files of the newsroom readers may have."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from loa.portal.models import Attachment

Release = Callable[[Attachment], bool]
_releases: list[Release] = []


def released_by(rule: Release) -> Release:
    """Another noun of the portal (a publication, a briefing) says which files it has let out."""
    if rule not in _releases:
        _releases.append(rule)
    return rule


def is_public(attachment: Attachment) -> bool:
    """Public is what a live page leads to, as it is published, and what another register has let out.

    A draft leads nowhere: until the page is published its files are for the newsroom alone, and taking the last
    page back takes them back.
    """
    return _has_live_page(attachment) or any(rule(attachment) for rule in _releases)


def _has_live_page(attachment: Attachment) -> bool:
    leading = (
        ReferenceIndex.get_references_to(attachment)
        .filter(base_content_type=ContentType.objects.get_for_model(Page))
        .annotate(page=Cast("object_id", IntegerField()))
    )
    return Page.objects.live().filter(pk__in=leading.values("page")).exists()
