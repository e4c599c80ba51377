"""The first page of feedback: what it is for, how long it takes, how the city keeps its time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.feedback import queries
from loa.procedures.queries import known_procedures


@require_safe
@public_page
def front(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    context = {
        "limits": queries.limits_on(today),
        "complaint_rules": queries.complaint_rules(today),
        "figures": queries.public_figures(today),
        "desk": queries.main_desk(today),
    }
    return page(request, "feedback/asking/front.html", context)


@require_safe
def ask_procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of a procedure to the form, with the procedure named."""
    procedure = get_object_or_404(known_procedures(), pk=pk)
    return redirect(f"{reverse('feedback:case_form')}?thu-tuc={procedure.code}")
