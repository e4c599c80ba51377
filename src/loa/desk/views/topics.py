"""What citizens ask about: for city leadership and heads, subject by subject against the days before."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.access import permits
from loa.core.pages import page
from loa.desk.forms.topics import HeatForm
from loa.feedback.queries import cases_visible_to, period_before, topics_heat


@login_required
@require_safe
def topic_heat(request: HttpRequest) -> HttpResponse:
    if not permits(request.user, "desk.see_leadership"):
        raise Http404
    form = HeatForm(request.GET or None, today=clock.today())
    rows = topics_heat(form.period, cases=cases_visible_to(request.user))
    context = {
        "form": form,
        "period": form.period,
        "before": period_before(form.period),
        "rows": rows,
        "received": sum(row.received for row in rows),
        "earlier": sum(row.before for row in rows),
        "overdue": sum(row.overdue for row in rows),
    }
    return page(request, "desk/topic_heat.html", context)
