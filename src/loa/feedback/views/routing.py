"""Routing rules: kept in their order, tried on a case that is thought up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock
from loa.core.access import require
from loa.core.lists import list_page
from loa.core.workflow import FlowError
from loa.directory.models import Agency
from loa.feedback import actions, queries
from loa.feedback.filters import RoutingFilter
from loa.feedback.forms.administration import RuleForm, TryForm
from loa.feedback.models import RoutingRule
from loa.feedback.tables import RoutingTable
from loa.feedback.views.administration import keep_row

MOVES = {"len": True, "xuong": False}


def _intake(request: HttpRequest) -> Agency | None:
    require(request.user, "feedback.keep_intake")
    try:
        return actions.desk_of(request.user)
    except FlowError:
        return None


def _rule(request: HttpRequest, pk: int) -> RoutingRule:
    require(request.user, "feedback.keep_intake")
    return get_object_or_404(queries.routing_visible_to(request.user), pk=pk)


@login_required
@require_safe
def routing_list(request: HttpRequest) -> HttpResponse:
    """The rules in their order; with a case thought up (`try`, its fields begin with t-), which of them takes such a case."""
    intake = _intake(request)
    form = TryForm(request.GET if "try" in request.GET else None, prefix="t")
    tried = "try" in request.GET and form.is_valid() and intake is not None
    found = queries.routed(intake=intake, on=clock.today(), **form.cleaned_data) if tried and intake else None
    return list_page(
        request,
        "feedback/routing_list.html",
        rows=queries.routing_visible_to(request.user).order_by("intake", "rank", "pk"),
        table_class=RoutingTable,
        filter_class=RoutingFilter,
        export_name="quy-tac-phan-luong",
        context={"form": form, "tried": tried, "found": found, "intake": intake},
    )


@login_required
@require_http_methods(["GET", "POST"])
def routing_add(request: HttpRequest) -> HttpResponse:
    intake = _intake(request)
    if intake is None:
        messages.error(request, _("No agency receives cases yet. An administrator must name one first."))
        return redirect("feedback:routing_list")
    return _save(request, RoutingRule(intake=intake), _("Add a rule"))


@login_required
@require_http_methods(["GET", "POST"])
def routing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _save(request, _rule(request, pk), _("Change the rule"))


def _save(request: HttpRequest, rule: RoutingRule, heading: str) -> HttpResponse:
    return keep_row(
        request,
        rule,
        RuleForm(request.POST or None, rule=rule),
        lambda given: actions.save_routing_rule(rule, **given, by=request.user),
        heading=heading,
        back="feedback:routing_list",
    )


@login_required
@require_POST
def routing_move(request: HttpRequest, pk: int, where: str) -> HttpResponse:
    rule = _rule(request, pk)
    if where not in MOVES:
        raise Http404
    actions.move_routing_rule(rule, up=MOVES[where], by=request.user)
    return redirect("feedback:routing_list")


@login_required
@require_POST
def routing_end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_routing_rule(_rule(request, pk), by=request.user)
    messages.success(request, _("The rule has ended."))
    return redirect("feedback:routing_list")
