"""Who may, in the portal, by noun. Predicates look at the hat that is worn; none asks the database per row."""

from loa.portal.rules import publications, sites, transparency

__all__ = ["publications", "sites", "transparency"]
