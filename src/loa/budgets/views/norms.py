"""Cost norms and ceilings: everybody reads them, administrators keep them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.budgets import actions
from loa.budgets.filters import CeilingFilter, NormFilter
from loa.budgets.forms import CeilingForm, NormForm
from loa.budgets.models import Ceiling, CostNorm
from loa.budgets.tables import CeilingTable, NormTable
from loa.budgets.views.acts import act
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page


@login_required
@require_safe
def norm_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "budgets/norm_list.html",
        rows=CostNorm.objects.all(),
        table_class=NormTable,
        filter_class=NormFilter,
        export_name="dinh-muc",
        context={"may_manage": permits(request.user, "budgets.manage_norms")},
    )


@login_required
@require_safe
def ceiling_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "budgets/ceiling_list.html",
        rows=Ceiling.objects.select_related("agency", "plan"),
        table_class=CeilingTable,
        filter_class=CeilingFilter,
        export_name="tran",
        context={"may_manage": permits(request.user, "budgets.manage_norms")},
    )


def _norm(request: HttpRequest, norm: CostNorm | None) -> HttpResponse:
    return _keep(
        request,
        norm,
        form=NormForm(request.POST or None, norm=norm),
        run=lambda given: actions.save_norm(norm, **given, by=request.user),
        heading=_("Cost norm") if norm else _("Add a norm"),
        back=reverse("budgets:norm_list"),
    )


def _ceiling(request: HttpRequest, ceiling: Ceiling | None) -> HttpResponse:
    return _keep(
        request,
        ceiling,
        form=CeilingForm(request.POST or None, ceiling=ceiling),
        run=lambda given: actions.save_ceiling(ceiling, **given, by=request.user),
        heading=_("Ceiling") if ceiling else _("Add a ceiling"),
        back=reverse("budgets:ceiling_list"),
    )


def _keep(request: HttpRequest, row: Any, *, form: Any, run: Any, heading: str, back: str) -> HttpResponse:
    require(request.user, "budgets.manage_norms")
    return act(
        request,
        form=form,
        run=run,
        heading=heading,
        button=_("Save"),
        about=row,
        done=_("Saved."),
        back=back,
        extra={"entries": entries_of([row]) if row else None},
    )


@login_required
@require_http_methods(["GET", "POST"])
def norm_add(request: HttpRequest) -> HttpResponse:
    return _norm(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def norm_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _norm(request, get_object_or_404(CostNorm, pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def ceiling_add(request: HttpRequest) -> HttpResponse:
    return _ceiling(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def ceiling_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _ceiling(request, get_object_or_404(Ceiling.objects.select_related("plan", "agency"), pk=pk))
