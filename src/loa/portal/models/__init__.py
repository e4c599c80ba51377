from loa.portal.models.counts import ReadingCount
from loa.portal.models.media import Attachment, Picture, PictureRendition
from loa.portal.models.pages import (
    AgencySite,
    CityHome,
    Column,
    Correction,
    EventPage,
    LandingPage,
    SiteHome,
    Story,
    StoryWork,
)
from loa.portal.models.search import KnownWord, PublicText

__all__ = [
    "AgencySite",
    "Attachment",
    "CityHome",
    "Column",
    "Correction",
    "EventPage",
    "KnownWord",
    "LandingPage",
    "Picture",
    "PictureRendition",
    "PublicText",
    "ReadingCount",
    "SiteHome",
    "Story",
    "StoryWork",
]
