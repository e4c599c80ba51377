"""Who asks: shown for a purpose, never kept by a browser."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loa.core.access import require
from loa.core.acting import attempt
from loa.core.pages import page
from loa.feedback import actions
from loa.feedback.forms import PurposeForm
from loa.feedback.models import Asker
from loa.feedback.views.acts import posted
from loa.feedback.views.cases import visible_case


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def case_identity(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.see_identity", case)
    found: list[Asker | None] = []
    form = PurposeForm(posted(request))
    status = attempt(
        request, form, lambda given: found.append(actions.read_identity(case, **given, by=request.user))
    )
    context = {
        "case": case,
        "form": form,
        "is_open": bool(found),
        "asker": found[0] if found else None,
        "accesses": case.identity_accesses.select_related("by", "agency")[:30],
    }
    return page(request, "feedback/identity.html", context, status=200 if found else status)
