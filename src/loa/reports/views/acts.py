"""The one page on which the acts of a report stand."""

from functools import partial

from loa.core import acting
from loa.core.acting import CONFLICT, INVALID

__all__ = ["CONFLICT", "INVALID", "act", "refusal"]

act = partial(acting.act, template="reports/act.html")
refusal = partial(acting.refusal, template="reports/act.html")
