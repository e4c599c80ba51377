from loa.portal.actions.search import AT_ONCE, in_parts, index_all, index_things

__all__ = ["AT_ONCE", "in_parts", "index_all", "index_things"]
