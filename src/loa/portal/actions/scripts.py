from __future__ import annotations

from loa.campaigns.actions import make_script
from loa.campaigns.models import Script
from loa.core.access import require
from loa.directory.models import User
from loa.portal.models import Story
from loa.portal.queries.reading import words_of


def script_of_story(story: Story, *, by: User) -> Script:
    """A radio script for the own agency from what a story says now. Raises FlowError."""
    require(by, "campaigns.write_scripts")
    return make_script(
        title=story.title,
        text=f"{story.lead}\n\n{words_of(story.body)}",
        source=f"story:{story.pk}",
        source_url=story.get_url() or "",
        agency=by.hat.agency,  # type: ignore[union-attr]  who may write scripts wears a hat
        by=by,
    )
