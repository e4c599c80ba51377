from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core.pages import page
from loa.plans import queries
from loa.plans.models import DutyAssignment


def visible_duty_assignment(request: HttpRequest, pk: int) -> DutyAssignment:
    duties = queries.duty_assignments_visible_to(request.user)
    return get_object_or_404(duties.select_related("duty", "plan__coordinator", "agency"), pk=pk)


@login_required
@require_safe
def duty_assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    duty_assignment = visible_duty_assignment(request, pk)
    sheet = queries.duty_sheet(duty_assignment, request.user)
    context = {"duty_assignment": duty_assignment, "sheet": sheet}
    return page(request, "plans/duty_assignment_detail.html", context)
