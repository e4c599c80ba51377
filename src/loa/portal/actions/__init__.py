from loa.portal.actions.counts import count_reading
from loa.portal.actions.search import AT_ONCE, in_parts, index_all, index_things

__all__ = ["AT_ONCE", "count_reading", "in_parts", "index_all", "index_things"]
