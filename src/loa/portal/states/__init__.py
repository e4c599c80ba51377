"""The state tables of the portal, by noun."""

from loa.portal.states.newsroom import (
    NEWS_ASSIGNMENT,
    NEWS_ASSIGNMENT_STATES,
    OPEN_NEWS_STATES,
    URGENT,
)
from loa.portal.states.publications import (
    DISPATCH,
    PARCEL,
    PUBLICATION,
)
from loa.portal.states.transparency import (
    PLAN_PUBLICATION,
    REPORT_PUBLICATION,
)

__all__ = [
    "DISPATCH",
    "NEWS_ASSIGNMENT",
    "NEWS_ASSIGNMENT_STATES",
    "OPEN_NEWS_STATES",
    "PARCEL",
    "PLAN_PUBLICATION",
    "PUBLICATION",
    "REPORT_PUBLICATION",
    "URGENT",
]
