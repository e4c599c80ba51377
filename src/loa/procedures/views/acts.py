"""The one page on which the acts of procedures stand."""

from functools import partial

from loa.core import acting

act = partial(acting.act, template="procedures/act.html")
