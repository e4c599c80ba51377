"""Standing rules: of one plan with what they make in its year, all of them, one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.models import Plan
from loa.plans.queries import plans_visible_to
from loa.reports import actions, queries
from loa.reports.filters import StandingRuleFilter
from loa.reports.forms import EmptyForm, ReasonForm, StandingRuleForm
from loa.reports.models import StandingRule
from loa.reports.states import STANDING_RULE
from loa.reports.tables import StandingRuleTable
from loa.reports.views.acts import act, refusal


@login_required
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "reports/rule_list.html",
        rows=queries.standing_rules_visible_to(request.user),
        table_class=StandingRuleTable,
        filter_class=StandingRuleFilter,
        export_name="che-do-bao-cao",
        context={"may_set": permits(request.user, "reports.set_general_rule")},
    )


def _plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.user).select_related("coordinator"), pk=pk)


@login_required
@require_GET
def plan_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan prints, which rules came of it, and every round they make in its year."""
    plan = _plan(request, pk)
    rules = list(queries.rules_for(plan))
    by_state = {state: [rule for rule in rules if rule.state == state] for state in STANDING_RULE.states}
    may_set = permits(request.user, "reports.set_rule", plan)
    context = {
        "plan": plan,
        "printed": plan.reporting_rules.select_related("to", "standing_rule"),
        "proposed": by_state["proposed"],
        "active": by_state["active"],
        "stopped": by_state["stopped"],
        "dates": queries.dry_run(plan, [*by_state["active"], *by_state["proposed"]]),
        "may_set": may_set,
        "unread_count": len(queries.unread_rows(plan)) if may_set and plan.state == "issued" else 0,
    }
    return page(request, "reports/plan_rules.html", context)


@login_required
@require_POST
def plan_rules_read(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    count = actions.propose_rules(plan, by=request.user)
    told = ngettext("%(n)s rule was read from the plan.", "%(n)s rules were read from the plan.", count)
    messages.success(request, told % {"n": count})
    return redirect("reports:plan_rules", plan.pk)


@login_required
@require_http_methods(["GET", "POST"])
def plan_rule_new(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    require(request.user, "reports.set_rule", plan)
    return _new(request, plan, about=plan, back=reverse("reports:plan_rules", args=[plan.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest) -> HttpResponse:
    """For every plan that one's agency coordinates."""
    require(request.user, "reports.set_general_rule")
    back = reverse("reports:rule_list")
    return _new(request, None, about=_("Every plan of the agency"), back=back)


def _new(request: HttpRequest, plan: Plan | None, *, about: Any, back: str) -> HttpResponse:
    actions.load_templates()
    return act(
        request,
        form=StandingRuleForm(request.POST or None),
        run=lambda given: actions.set_rule(plan, **given, by=request.user),
        heading=_("Set a standing rule"),
        button=_("Set the rule"),
        about=about,
        done=_("The rule is set: its rounds open by themselves."),
        back=back,
    )


def _rule(request: HttpRequest, pk: int) -> StandingRule:
    rows = queries.standing_rules_visible_to(request.user).prefetch_related("groups", "agencies")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def rule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    plans = queries.plans_of_rule(rule, request.user)
    context = {
        "rule": rule,
        "steps": STANDING_RULE.open_to(request.user, rule),
        "may_edit": permits(request.user, "reports.manage_rule", rule),
        "years": [(plan, queries.dry_run(plan, [rule])) for plan in plans],
        "entries": entries_of([rule]),
    }
    return page(request, "reports/rule_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    require(request.user, "reports.manage_rule", rule)
    return act(
        request,
        form=StandingRuleForm(request.POST or None, initial=StandingRuleForm.of(rule)),
        run=lambda given: actions.edit_rule(rule, **given, by=request.user),
        heading=_("Change the rule"),
        button=_("Save"),
        about=rule,
        done=_("Saved. Rounds that are open already stay as they are."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def rule_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    rule = _rule(request, pk)
    if refused := refusal(request, STANDING_RULE, rule, step):
        return refused
    taken = STANDING_RULE.by_name[step]
    form_class = ReasonForm if taken.needs_note else EmptyForm
    return act(
        request,
        form=form_class(request.POST if request.method == "POST" else None),
        run=lambda given: actions.take_rule_step(rule, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=rule,
        done=_("Done: %(step)s.") % {"step": taken.label},
        back=reverse("reports:plan_rules", args=[rule.plan_id]) if rule.plan_id else "",
    )
