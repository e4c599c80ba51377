"""The one page on which the acts of press and radio stand."""

from functools import partial

from loa.core import acting
from loa.core.acting import TAKEN, attempt
from loa.core.views.sheets import posted

__all__ = ["TAKEN", "act", "attempt", "posted", "refusal"]

act = partial(acting.act, template="campaigns/act.html")
refusal = partial(acting.refusal, template="campaigns/act.html")
