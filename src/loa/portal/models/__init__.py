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
from loa.portal.models.transparency import PlanPublication, ReportPublication

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
    "PlanPublication",
    "ReportPublication",
    "SiteHome",
    "Story",
    "StoryWork",
]
