"""The one page on which the acts of a budget stand."""

from functools import partial

from loa.core import acting
from loa.core.acting import CONFLICT, INVALID

__all__ = ["CONFLICT", "INVALID", "act", "refusal"]

act = partial(acting.act, template="budgets/act.html")
refusal = partial(acting.refusal, template="budgets/act.html")
