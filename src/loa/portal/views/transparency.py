"""Public pages of plans: no login, no session, nothing that a script must do."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.pages import file_response, page
from loa.portal.filters.transparency import PublicPlanFilter
from loa.portal.models import PlanPublication
from loa.portal.queries import transparency
from loa.portal.views import public_pages
from loa.reports.actions.files import consolidated_file
from loa.reports.queries import facts_of

PLANS = 20


def public_publication(pk: int) -> PlanPublication:
    """The decision by which a plan is public, with the plan; 404 for every other plan."""
    rows = PlanPublication.objects.filter(plan__in=transparency.public_plans())
    return get_object_or_404(
        rows.select_related("plan__document", "plan__issuer", "plan__coordinator", "plan__parent"), plan=pk
    )


@require_safe
def public_plan_list(request: HttpRequest) -> HttpResponse:
    plans = transparency.public_plans().select_related("issuer", "coordinator", "publication")
    chosen = PublicPlanFilter(request.GET or None, queryset=plans, request=request)
    part = Paginator(chosen.qs, PLANS).get_page(request.GET.get("page"))
    today = clock.today()
    told = transparency.truths(part, today)
    context = {
        "filter": chosen,
        "filter_query": any(request.GET.get(name) for name in chosen.filters),
        "part": part,
        "plans": [(plan, told[plan.pk], transparency.segments(told[plan.pk].tasks)) for plan in part],
        "day": today,
    }
    return page(request, "portal/transparency/list.html", context)


def _plan_page(name: str) -> Any:
    """The view of one page of a plan; a page that the decision leaves out is not there."""

    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        publication = public_publication(pk)
        if name not in public_pages.pages_of(publication):
            raise Http404
        context = public_pages.plan_context(request, publication, name, clock.today())
        return page(request, public_pages.PAGES[name][1], context)

    view.__name__ = name
    return view


plan_public = _plan_page("plan_public")
public_tasks = _plan_page("public_tasks")
public_timeline = _plan_page("public_timeline")
public_coverage = _plan_page("public_coverage")
public_money = _plan_page("public_money")


@require_safe
def task_public(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(transparency.public_tasks(), pk=pk)
    publication = public_publication(task.plan_id)
    context = {"publication": publication, "plan": publication.plan, "day": clock.today()}
    return page(request, "portal/transparency/task.html", context | public_pages.task(publication, task.pk))


@require_safe
def public_plan_file(_request: HttpRequest, pk: int) -> FileResponse:
    """The paper as it was issued, to be saved."""
    publication = public_publication(pk)
    document = publication.plan.document
    if (
        not publication.shows_file
        or not document.file
        or not document.file.storage.exists(document.file.name)
    ):
        raise Http404
    ending = document.file_name.rpartition(".")[2].lower()[:8]
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=f"ke-hoach-{publication.plan.pk}.{ending}"
        if ending.isalnum()
        else f"ke-hoach-{publication.plan.pk}",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def report_file(_request: HttpRequest, pk: int) -> HttpResponse:
    """The issued report whose file was made public: its signed copy, else the paper as it was frozen."""
    report = get_object_or_404(transparency.reports_for_everybody().filter(has_public_file=True), pk=pk)
    name = f"bao-cao-{report.pk}"
    if report.signed_file and report.signed_file.storage.exists(report.signed_file.name):
        with report.signed_file.open() as kept:
            return file_response(kept.read(), "pdf", name)
    return file_response(consolidated_file(facts_of(report), "pdf"), "pdf", name)
