from loa.portal.models.counts import (
    ReadingCount,
)
from loa.portal.models.media import (
    Attachment,
    Picture,
    PictureRendition,
)
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
from loa.portal.models.search import (
    KnownWord,
    PublicText,
)
from loa.portal.models.transparency import (
    PlanPublication,
    ReportPublication,
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
    "KnownWord",
    "LandingPage",
    "Parcel",
    "Picture",
    "PictureRendition",
    "PlanPublication",
    "PublicText",
    "Publication",
    "PublicationFile",
    "ReadingCount",
    "ReportPublication",
    "SiteHome",
    "Story",
    "StoryWork",
]
