from loa.portal.models.assignment import NewsAssignment
from loa.portal.models.contribution import Contribution, ContributionPhoto
from loa.portal.models.media import Attachment, Picture, PictureRendition
from loa.portal.models.newsroom import ColumnStage, EditorialStage, StageDesk, StageRole
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
from loa.portal.models.urgent import UrgentRelease

__all__ = [
    "AgencySite",
    "Attachment",
    "CityHome",
    "Column",
    "ColumnStage",
    "Contribution",
    "ContributionPhoto",
    "Correction",
    "EditorialStage",
    "EventPage",
    "LandingPage",
    "NewsAssignment",
    "Picture",
    "PictureRendition",
    "SiteHome",
    "StageDesk",
    "StageRole",
    "Story",
    "StoryWork",
    "UrgentRelease",
]
