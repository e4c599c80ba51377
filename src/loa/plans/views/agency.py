from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.lists import list_page
from loa.plans import queries
from loa.plans.filters import OwnWorkFilter
from loa.plans.tables import OwnWorkTable


@login_required
@require_safe
def agency_work(request: HttpRequest) -> HttpResponse:
    """What is ours: the work, duties and requests of the hat's agency across plans."""
    own = queries.own_assignments(request.user)
    return list_page(
        request,
        "plans/agency_work.html",
        rows=own.select_related("task", "plan", "agency", "officer"),
        table_class=OwnWorkTable,
        filter_class=OwnWorkFilter,
        export_name="viec-cua-don-vi",
        context={
            "tally": queries.tally_of(own, clock.today()),
            "duties": queries.with_evidence(queries.own_duty_assignments(request.user)),
            "requests": queries.own_requests(request.user),
            "receipts": queries.receipts_visible_to(request.user).filter(
                agency=request.user.hat and request.user.hat.agency, guidance__state="sent"
            ),
            "sub_plans": queries.own_sub_plans(request.user).exclude(state="released"),
        },
    )
