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
from loa.portal.models.publications import (
    Dispatch,
    DispatchLine,
    DownloadDay,
    Parcel,
    Publication,
    PublicationFile,
)

__all__ = [
    "AgencySite",
    "Attachment",
    "CityHome",
    "Column",
    "Correction",
    "Dispatch",
    "DispatchLine",
    "DownloadDay",
    "EventPage",
    "LandingPage",
    "Parcel",
    "Picture",
    "PictureRendition",
    "Publication",
    "PublicationFile",
    "SiteHome",
    "Story",
    "StoryWork",
]
