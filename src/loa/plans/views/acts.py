"""The one page on which the acts of a plan stand."""

from functools import partial

from loa.core import acting
from loa.core.acting import CONFLICT, INVALID, TAKEN

__all__ = ["CONFLICT", "INVALID", "TAKEN", "act", "refusal"]

act = partial(acting.act, template="plans/act.html")
refusal = partial(acting.refusal, template="plans/act.html")
