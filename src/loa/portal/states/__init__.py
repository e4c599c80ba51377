"""The state tables of the portal, by noun."""

from loa.portal.states.newsroom import NEWS_ASSIGNMENT, NEWS_ASSIGNMENT_STATES, OPEN_NEWS_STATES, URGENT

__all__ = ["NEWS_ASSIGNMENT", "NEWS_ASSIGNMENT_STATES", "OPEN_NEWS_STATES", "URGENT"]
