from loa.desk.queries.mine import Item, due_next, overdue, waited_for, waiting_for
from loa.desk.queries.reorganisation import EffectGroup, charges_of, effect_groups, effects_of
from loa.desk.queries.search import Group, search_registers

__all__ = [
    "EffectGroup",
    "Group",
    "Item",
    "charges_of",
    "due_next",
    "effect_groups",
    "effects_of",
    "overdue",
    "search_registers",
    "waited_for",
    "waiting_for",
]
