"""Published stories, as a register whose references to legal documents are watched."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from loa.portal.models import Story
from loa.portal.queries.reading import words_of

STORIES: dict[str, Any] = {
    "label": _("News and articles"),
    "rows": Story.objects.live,
    "text": lambda story: f"{story.title}. {story.lead} {words_of(story.body)}",
    "url": lambda story: story.get_url() or "/",
    "title": lambda story: story.title,
    "agency": lambda story: story.agency_id,
    "roles": ("editor", "approver"),
}
