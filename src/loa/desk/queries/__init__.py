from loa.desk.queries.mine import Item, due_next, overdue, waited_for, waiting_for
from loa.desk.queries.search import Group, search_registers

__all__ = ["Group", "Item", "due_next", "overdue", "search_registers", "waited_for", "waiting_for"]
