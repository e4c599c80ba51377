"""Amendments: the list, a draft with its changes before and after, and the plan as it read on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans import actions, queries
from loa.plans.filters import AmendmentFilter
from loa.plans.forms import StepForm
from loa.plans.forms.amendment import CHANGE_FORMS, AmendmentForm, ChangeForm, PickForm
from loa.plans.models import Amendment, AmendmentChange
from loa.plans.queries.amendment import read_now, touchable
from loa.plans.states import AMENDMENT
from loa.plans.tables import AmendmentTable
from loa.plans.views.acts import act, refusal
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs
from loa.plans.views.version_sheet import version_workbook

TOUCHED = {"change_task": "task", "end_task": "task", "change_duty": "duty", "change_rule": "rule"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_amendment(request: HttpRequest, pk: int) -> Amendment:
    rows = queries.amendments_visible_to(request.user)
    return get_object_or_404(
        rows.select_related("plan__coordinator", "plan__document", "document", "created_by"), pk=pk
    )


@login_required
@require_safe
def plan_amendments(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows = queries.amendments_visible_to(request.user).filter(plan=plan)
    return list_page(
        request,
        "plans/plan_amendments.html",
        rows=rows.annotate(change_count=Count("changes")),
        table_class=AmendmentTable,
        filter_class=AmendmentFilter,
        export_name="sua-doi-ke-hoach",
        context={**tabs(request, plan, "plan_amendments"), "may_amend": _may_amend(request, plan)},
    )


def _may_amend(request: HttpRequest, plan: Any) -> bool:
    return plan.state == "issued" and permits(request.user, "plans.amend_plan", Amendment(plan=plan))


@login_required
@require_http_methods(["GET", "POST"])
def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    require(request.user, "plans.amend_plan", Amendment(plan=plan))
    initial = {"kind": "QUYẾT ĐỊNH", "issued_on": clock.today()}
    drafted: list[Amendment] = []
    response = act(
        request,
        form=AmendmentForm(request.POST or None, request.FILES or None, initial=initial),
        run=lambda given: drafted.append(actions.draft_amendment(plan, **given, by=request.user)),
        heading=_("Amend the plan"),
        button=_("Go on to the changes"),
        about=plan,
        done=_("The amendment is kept as a draft. Say what it changes."),
    )
    if drafted:
        response["Location"] = drafted[0].get_absolute_url()
    return response


@login_required
@require_http_methods(["GET", "POST"])
def amendment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = visible_amendment(request, pk)
    require(request.user, "plans.amend_plan", amendment)
    names = ("kind", "number", "subject", "issued_on", "effective_on")
    return act(
        request,
        form=AmendmentForm(
            request.POST or None,
            request.FILES or None,
            initial={name: getattr(amendment, name) for name in names},
        ),
        run=lambda given: actions.edit_amendment(amendment, **given, by=request.user),
        heading=_("Correct the amendment"),
        button=_("Save"),
        about=amendment,
        done=_("Saved."),
    )


@login_required
@require_safe
def amendment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = visible_amendment(request, pk)
    steps = AMENDMENT.open_to(request.user, amendment)
    context = {
        "amendment": amendment,
        "plan": amendment.plan,
        "changes": queries.changes_of(amendment),
        "kinds": AmendmentChange.Kind.choices,
        "steps": [step for step in steps if queries.plan_refusal(amendment.plan) is None],
        "may_edit": amendment.state == "draft" and permits(request.user, "plans.amend_plan", amendment),
        "entries": entries_of([amendment])[:30],
    }
    return page(request, "plans/amendment_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def amendment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    amendment = visible_amendment(request, pk)
    if refused := refusal(request, AMENDMENT, amendment, step, before=queries.plan_refusal(amendment.plan)):
        return refused
    taken = AMENDMENT.by_name[step]
    run = {
        "issue": lambda _given: actions.issue_amendment(amendment, by=request.user),
        "drop": lambda given: actions.drop_amendment(amendment, note=given["note"], by=request.user),
    }[step]
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=run,
        heading=f"{taken.label}: {amendment}",
        button=taken.label,
        tone=taken.tone,
        about=amendment,
        done=_("The plan is amended.") if step == "issue" else _("The amendment is dropped."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def amendment_change(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new change: where it touches something, that is chosen first (?touched=12)."""
    amendment = visible_amendment(request, pk)
    require(request.user, "plans.amend_plan", amendment)
    if kind not in AmendmentChange.Kind.values:
        raise Http404
    rows = touchable(amendment.plan, kind)
    touched = _touched(request, rows)
    if rows is not None and touched is None:
        return _pick(request, amendment, kind, rows)
    change = AmendmentChange(amendment=amendment, kind=kind, **({TOUCHED[kind]: touched} if touched else {}))
    form = _change_form(request, change, read_now(change), {})

    def propose(given: dict[str, Any]) -> None:
        earlier = given.get("predecessor")
        actions.propose_change(
            amendment, kind, touched=touched, predecessor=earlier, **_said(form), by=request.user
        )

    return _change_page(request, change, form, propose)


def _touched(request: HttpRequest, rows: QuerySet[Any] | None) -> Any:
    chosen = request.GET.get("touched", "")
    return rows.filter(pk=int(chosen)).first() if rows is not None and chosen.isdecimal() else None


def _said(form: ChangeForm) -> dict[str, Any]:
    return {"after": form.after, "reason": form.cleaned_data["reason"]}


def _pick(request: HttpRequest, amendment: Amendment, kind: str, rows: Any) -> HttpResponse:
    context = {
        "form": PickForm(rows=rows),
        "heading": AmendmentChange.Kind(kind).label,
        "about": amendment,
    }
    return page(request, "plans/pick.html", context)


def _change_form(request: HttpRequest, change: AmendmentChange, before: Any, initial: Any) -> ChangeForm:
    more: dict[str, Any] = {}
    if change.kind == "add_task":
        more["earlier"] = queries.tasks_to_carry(change.amendment.plan)
    posted = request.POST if request.method == "POST" else None
    day = change.amendment.effective_on
    return CHANGE_FORMS[change.kind](posted, before=before, day=day, initial=initial, **more)


def _change_page(request: HttpRequest, change: AmendmentChange, form: ChangeForm, run: Any) -> HttpResponse:
    subject = change.task or change.duty or change.rule
    label = AmendmentChange.Kind(change.kind).label
    return act(
        request,
        form=form,
        run=run,
        heading=f"{label}: {subject}" if subject else label,
        button=_("Put it on the list"),
        about=change.amendment,
        done=_("The change is on the list. Look at it before and after."),
    )


def visible_change(request: HttpRequest, pk: int) -> AmendmentChange:
    drafts = queries.amendments_visible_to(request.user)
    rows = AmendmentChange.objects.filter(amendment__in=drafts)
    related = rows.select_related("amendment__plan", "task__plan", "duty", "rule")
    change = get_object_or_404(related, pk=pk)
    require(request.user, "plans.amend_plan", change.amendment)
    return change


@login_required
@require_http_methods(["GET", "POST"])
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    change = visible_change(request, pk)
    typed = {**change.after, "reason": change.reason}
    before = change.before or change.after
    form = _change_form(request, change, read_now(change) or before, _lines(typed))
    if "predecessor" in form.fields:
        del form.fields["predecessor"]
    return _change_page(
        request,
        change,
        form,
        lambda _given: actions.revise_change(change, **_said(form), by=request.user),
    )


def _lines(reading: dict[str, Any]) -> dict[str, Any]:
    """What was typed, list fields one a line again."""
    shown = dict(reading)
    for role in ("lead", "coordinating"):
        if role in shown:
            shown[role] = "\n".join(body["printed"] for body in shown[role])
    if "targets" in shown:
        shown["targets"] = "\n".join(f"{row['quantity']} {row['unit']}" for row in shown["targets"])
    return shown


@login_required
@require_http_methods(["GET", "POST"])
def change_remove(request: HttpRequest, pk: int) -> HttpResponse:
    change = visible_change(request, pk)
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.remove_change(change, by=request.user),
        heading=_("Take the change off the list"),
        button=_("Take it off"),
        tone="danger",
        about=change.amendment,
        done=_("The change is off the list."),
    )


@login_required
@require_safe
def plan_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as issued, or as amended on a day (?ngay=2019-04-20), on the page or as .xlsx."""
    plan = visible_plan(request, pk)
    try:
        day = parse_date(request.GET.get("ngay", "")) or clock.today()
    except ValueError:
        day = clock.today()
    reading = queries.plan_on(plan, day)
    if request.GET.get("export") == "xlsx":
        return _as_workbook(reading, day)
    amendments = list(queries.amendments_of(plan))
    context = {
        **tabs(request, plan, "plan_amendments"),
        "reading": reading,
        "issued_day": plan.issued_on or clock.day_of(plan.created_at),
        "amendments": amendments,
        "list_url": reverse("plans:plan_amendments", args=[plan.pk]),
    }
    return page(request, "plans/plan_version.html", context)


def _as_workbook(reading: Any, day: date) -> HttpResponse:
    response = HttpResponse(version_workbook(reading), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ke-hoach-{day.isoformat()}.xlsx"'
    return response
