"""Who may, in the portal, by noun. Predicates look at the hat that is worn; none asks the database per row."""

from loa.portal.rules import newsroom, publications, sites, transparency

__all__ = ["newsroom", "publications", "sites", "transparency"]
