"""The state tables of the portal, by noun."""

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
    "PARCEL",
    "PLAN_PUBLICATION",
    "PUBLICATION",
    "REPORT_PUBLICATION",
]
