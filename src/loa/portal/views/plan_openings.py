"""The staff's side: which plan is public, what of it, and how it would look."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import TAKEN, act, attempt
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.queries import plans_visible_to
from loa.portal import actions
from loa.portal.filters.transparency import PublicationFilter
from loa.portal.forms.transparency import ConfirmForm, PublishForm, ReasonForm, choices_of, shown_by
from loa.portal.models import PlanPublication, ReportPublication
from loa.portal.queries import transparency
from loa.portal.tables.transparency import PublicationTable
from loa.portal.views import public_pages
from loa.reports.models import Consolidation
from loa.reports.queries import consolidations_visible_to

ACT = "portal/transparency/act.html"


@login_required
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/transparency/publications.html",
        rows=transparency.publications_listed_for(request.user),
        table_class=PublicationTable,
        filter_class=PublicationFilter,
        export_name="ke-hoach-cong-khai",
    )


def _publication(request: HttpRequest, pk: int) -> PlanPublication:
    """What was decided about a plan this person sees; 404 for any other."""
    plan = get_object_or_404(transparency.publications_listed_for(request.user), pk=pk)
    publication = transparency.publication_of(plan)
    publication.plan = plan
    return publication


@login_required
@require_http_methods(["GET", "POST"])
def publication_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision: look at it first, then make public or change what is shown."""
    publication = _publication(request, pk)
    may = permits(request.user, "portal.publish_plan", publication)
    if request.method == "POST":
        require(request.user, "portal.publish_plan", publication)
    form = PublishForm(request.POST or None, instance=publication) if may else None
    status = attempt(request, form, lambda given: _publish(publication, given, request.user)) if form else 200
    if status == TAKEN:
        messages.success(request, _("Everybody can read the plan now."))
        return redirect(publication)
    context = {
        "publication": publication,
        "plan": publication.plan,
        "form": form,
        "reports": transparency.report_decisions(publication.plan),
        "entries": entries_of([publication])[:30] if publication.pk else [],
    }
    return page(request, "portal/transparency/publication.html", context, status=status)


@login_required
@require_safe
def plan_publicity(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether everybody may read the plan, as a fragment of its page at the desk."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    publication = transparency.publication_of(plan)
    publication.plan = plan
    may = plan.state != "draft" and permits(request.user, "portal.publish_plan", publication)
    context = {"plan": plan, "publication": publication, "may_publish": may}
    return page(request, "portal/transparency/publicity.html", context, part="fragment")


def _publish(publication: PlanPublication, given: dict[str, Any], user: Any) -> None:
    actions.publish_plan(publication.plan, actions.Shown(**given), by=user)


@login_required
@require_http_methods(["GET", "POST"])
def publication_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the plan as everybody would see it with the choices that were sent; nothing is public by it."""
    publication = shown_by(request.POST or request.GET, _publication(request, pk))
    name = request.GET.get("trang", "plan_public")
    if name not in public_pages.pages_of(publication):
        raise Http404
    context = public_pages.plan_context(request, publication, name, clock.today())
    tabs = _preview_tabs(publication, name)
    return page(request, public_pages.PAGES[name][1], {**context, "tabs": tabs, "is_preview": True})


def _preview_tabs(publication: PlanPublication, current: str) -> list[public_pages.Tab]:
    """The tabs lead to the preview of the other pages, with the same choices."""
    return [
        public_pages.Tab(
            f"?{urlencode({**choices_of(publication), 'trang': name})}",
            public_pages.PAGES[name][0],
            name == current,
        )
        for name in public_pages.pages_of(publication)
    ]


@login_required
@require_http_methods(["GET", "POST"])
def publication_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _publication(request, pk)
    require(request.user, "portal.publish_plan", publication)
    return act(
        request,
        template=ACT,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.take_back_plan(publication, note=given["note"], by=request.user),
        heading=_("Take back from the public"),
        button=_("Take back"),
        tone="danger",
        about=publication,
        done=_("Nobody outside can read the plan any more."),
    )


def _report(request: HttpRequest, pk: int) -> Consolidation:
    rows = consolidations_visible_to(request.user).filter(state="issued", document__isnull=False)
    return get_object_or_404(rows.select_related("round__plan", "document"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of one issued report is given out."""
    report = _report(request, pk)
    about = ReportPublication(plan=report.round.plan)
    require(request.user, "portal.publish_report", about)
    return act(
        request,
        template=ACT,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.publish_report(report, by=request.user),
        heading=_("Make the report's file public"),
        button=_("Make public"),
        about=about,
        done=_("Everybody can download the report."),
        extra={"what": f"{report.document}: {report.round.title}"},
    )


@login_required
@require_http_methods(["GET", "POST"])
def report_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    decision = get_object_or_404(ReportPublication.objects.select_related("plan"), document=report.document)
    require(request.user, "portal.publish_report", decision)
    return act(
        request,
        template=ACT,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.take_back_report(decision, note=given["note"], by=request.user),
        heading=_("Take the report's file back"),
        button=_("Take back"),
        tone="danger",
        about=decision,
        done=_("The report's file is no longer public."),
        extra={"what": f"{report.document}: {report.round.title}"},
    )
