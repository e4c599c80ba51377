"""The one page on which the acts of a case stand."""

from functools import partial

from django.http import HttpRequest, QueryDict

from loa.core import acting

act = partial(acting.act, template="feedback/act.html")
refusal = partial(acting.refusal, template="feedback/act.html")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing before it is sent, even if nothing was typed."""
    return request.POST if request.method == "POST" else None
