from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from loa.core.access import permits, require
from loa.core.acting import CONFLICT, INVALID, LOOKED_AT
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.reports import actions, queries
from loa.reports.filters import TemplateFilter
from loa.reports.forms import OutlineForms
from loa.reports.models import ReportTemplate
from loa.reports.queries.formulas import formulas
from loa.reports.tables import TemplateTable


@login_required
@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    actions.load_templates()
    return list_page(
        request,
        "reports/template_list.html",
        rows=queries.templates_listed_for(request.user),
        table_class=TemplateTable,
        filter_class=TemplateFilter,
        export_name="mau-bao-cao",
    )


def _template(request: HttpRequest, pk: int) -> ReportTemplate:
    return get_object_or_404(queries.templates_visible_to(request.user), pk=pk)


@login_required
@require_GET
def template_detail(request: HttpRequest, pk: int) -> HttpResponse:
    template = _template(request, pk)
    may_manage = permits(request.user, "reports.manage_templates")
    round_count = template.rounds.count()
    context = {
        "template": template,
        "versions": queries.templates_visible_to(request.user).filter(code=template.code),
        "formulas": formulas(),
        "round_count": round_count,
        "may_copy": may_manage,
        "may_change": may_manage and not round_count,
        "entries": entries_of([template]),
    }
    return page(request, "reports/template_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def template_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, in force from a day, beginning as this one is."""
    template = _template(request, pk)
    require(request.user, "reports.manage_templates")
    forms = OutlineForms(request.POST or None, template=template, is_new=True)
    return _outline(request, template, forms, actions.copy_template, _("A new version of the outline"))


@login_required
@require_http_methods(["GET", "POST"])
def template_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a version that no round uses yet."""
    template = _template(request, pk)
    require(request.user, "reports.manage_templates")
    if template.rounds.exists():
        messages.warning(request, _("A round was opened with this version: make a new version instead."))
        return redirect(template)
    forms = OutlineForms(request.POST or None, template=template, is_new=False)
    return _outline(request, template, forms, actions.change_template, _("Change this version"))


def _outline(
    request: HttpRequest, template: ReportTemplate, forms: OutlineForms, run: Any, heading: str
) -> HttpResponse:
    status = LOOKED_AT
    if request.method == "POST":
        status = INVALID
        if forms.is_valid():
            try:
                made = run(template, **forms.given(), by=request.user)
            except FlowError as refused:
                forms.head.add_error(None, str(refused))
                status = CONFLICT
            else:
                messages.success(request, _("Saved."))
                return redirect(made or template)
    context = {"template": template, "forms": forms, "heading": heading}
    return page(request, "reports/template_edit.html", context, status=status)
