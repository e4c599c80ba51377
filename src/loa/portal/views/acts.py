"""The one page on which the acts of the portal's registers stand."""

from functools import partial

from loa.core import acting

__all__ = ["act", "refusal"]

act = partial(acting.act, template="portal/act.html")
refusal = partial(acting.refusal, template="portal/act.html")
