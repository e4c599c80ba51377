from loa.portal.queries.counts import stories_read
from loa.portal.queries.reading import fetch_renditions, pictures_in, reading_minutes, words_of
from loa.portal.queries.site import Frame, MenuEntry, frame_of, menu_of
from loa.portal.queries.stories import (
    columns_of,
    coming_events,
    crumbs_above,
    kinds_in,
    neighbours_of,
    newest_by_column,
    newest_stories,
    parts_of_site,
    past_events,
    public_stories,
    related_to,
    stories_of,
    titles_of,
)

__all__ = [
    "Frame",
    "MenuEntry",
    "columns_of",
    "coming_events",
    "crumbs_above",
    "fetch_renditions",
    "frame_of",
    "kinds_in",
    "menu_of",
    "neighbours_of",
    "newest_by_column",
    "newest_stories",
    "parts_of_site",
    "past_events",
    "pictures_in",
    "public_stories",
    "reading_minutes",
    "related_to",
    "stories_of",
    "stories_read",
    "titles_of",
    "words_of",
]
