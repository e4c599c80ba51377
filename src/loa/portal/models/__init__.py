from loa.portal.models.assignment import (
    NewsAssignment,
)
from loa.portal.models.contribution import (
    Contribution,
    ContributionPhoto,
)
from loa.portal.models.counts import (
    ReadingCount,
)
from loa.portal.models.media import (
    Attachment,
    Picture,
    PictureRendition,
)
from loa.portal.models.newsroom import (
    ColumnStage,
    EditorialStage,
    StageDesk,
    StageRole,
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
from loa.portal.models.urgent import (
    UrgentRelease,
)

__all__ = [
    "AgencySite",
    "Attachment",
    "CityHome",
    "Column",
    "ColumnStage",
    "Contribution",
    "ContributionPhoto",
    "Correction",
    "Dispatch",
    "DispatchLine",
    "DownloadDay",
    "EditorialStage",
    "EventPage",
    "KnownWord",
    "LandingPage",
    "NewsAssignment",
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
    "StageDesk",
    "StageRole",
    "Story",
    "StoryWork",
    "UrgentRelease",
]
