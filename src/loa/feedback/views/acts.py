"""The one page on which the acts of cases stand."""

from functools import partial

from loa.core import acting

act = partial(acting.act, template="feedback/act.html")
