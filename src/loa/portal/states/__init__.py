"""The state tables of the portal, by noun."""

from loa.portal.states.transparency import PLAN_PUBLICATION, REPORT_PUBLICATION

__all__ = ["PLAN_PUBLICATION", "REPORT_PUBLICATION"]
