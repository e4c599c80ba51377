"""Who has how much, and how an agency stands in time."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.pages import page
from loa.feedback import queries


@login_required
@require_safe
def case_load(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.see_load")
    today = clock.today()
    period = queries.year_to_date(today)
    sees_all = permits(request.user, "feedback.work_intake") or request.user.hat.holds("leader")  # type: ignore[union-attr]
    seen = queries.cases_visible_to(request.user) if sees_all else queries.cases_of_agency(request.user)
    context = {
        "agency": request.user.hat.agency,  # type: ignore[union-attr]
        "loads": queries.officer_loads(request.user.hat.agency),  # type: ignore[union-attr]
        "month": queries.month_of(today),
        "period": period,
        "figures": queries.agency_figures(period, cases=seen),
    }
    return page(request, "feedback/load.html", context)
