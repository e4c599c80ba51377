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

__all__ = [
    "AgencySite",
    "Attachment",
    "CityHome",
    "Column",
    "Correction",
    "EventPage",
    "LandingPage",
    "Picture",
    "PictureRendition",
    "SiteHome",
    "Story",
    "StoryWork",
]
