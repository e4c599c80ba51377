"""City leadership and heads: how a plan stands, on one page; behind every figure the list of its rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.access import permits
from loa.core.lists import list_page
from loa.core.pages import page
from loa.desk.filters import leadership as filters
from loa.desk.forms.leadership import LeadershipForm
from loa.desk.queries import leadership as queries
from loa.desk.queries.leadership import rows
from loa.desk.tables import leadership as tables
from loa.directory.models import Agency
from loa.plans.models import Plan


@login_required
@require_safe
def leadership(request: HttpRequest) -> HttpResponse:
    """One printed page for a chair with two minutes."""
    if not permits(request.user, "desk.see_leadership"):
        raise Http404
    plan, plans = _chosen_plan(request), queries.plans_led_by(request.user)
    if plan is None:
        return page(request, "desk/leadership_none.html")
    today = clock.today()
    form = LeadershipForm({**request.GET.dict(), "plan": plan.pk}, plans=plans, today=today)
    is_valid, given = form.is_valid(), form.cleaned_data
    day, since = given.get("day"), given.get("since")
    shown = queries.open_leadership(request.user, plan, today=today, day=day, since=since)
    if is_valid:  # what was left out is filled in with what is shown
        first = {"plan": plan, "day": shown.scope.day, "since": shown.scope.since}
        form = LeadershipForm(initial=first, plans=plans, today=today)
    context = {"plan": plan, "form": form, "shown": shown, "figures": shown.figures, "scope": shown.scope}
    context |= {"addresses": addresses(shown.scope), "minimum": queries.MINIMUM}
    return page(request, "desk/leadership.html", {**context, "is_past": bool(day and day < today)})


def _chosen_plan(request: HttpRequest) -> Plan | None:
    """The newest one unless another is asked for; 404 for one that this person may not see."""
    plans = queries.plans_led_by(request.user)
    if "plan" not in request.GET:
        return plans.first()
    return get_object_or_404(plans, pk=_number(request.GET["plan"]))


def addresses(scope: queries.Scope) -> dict[str, str]:
    """Of each list, ready for further filters to be added."""
    names = (
        "assignments",
        "tasks",
        "agencies",
        "targets",
        "deliverables",
        "reports",
        "explanations",
        "changes",
        "money",
        "talks",
    )
    kept = {"since": scope.since.isoformat()}
    if scope.moment:
        kept["at"] = timezone.localtime(scope.moment).strftime("%Y-%m-%dT%H:%M")
    found = {
        name: f"{reverse(f'desk:leadership_{name}', args=[scope.plan.pk])}?{urlencode(kept)}&"
        for name in names
    }
    counted = "".join(f"standing={standing}&" for standing in ("done", "done_late", "on_schedule", "late"))
    return {**found, "work": f"{found['assignments']}{counted}"}  # what the total counts: without the ended


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def _moment(text: str) -> datetime | None:
    """A moment in the city's time, as the page's own links give it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if text and found is None:
        raise Http404
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def read_scope(request: HttpRequest, pk: int) -> queries.Scope:
    """The scope a list is read with, or 404; filters and tables find it on the request."""
    plan = get_object_or_404(queries.plans_led_by(request.user), pk=pk)
    moment = _moment(request.GET.get("at", ""))
    today, since = clock.today(), _day(request.GET.get("since", ""))
    scope = queries.list_scope(request.user, plan, today=today, moment=moment, since=since)
    own = addresses(scope)
    request.scope = scope
    request.assignments_url, request.deliverables_url = own["assignments"], own["deliverables"]
    request.reports_url = own["reports"]
    return scope


def behind(request: HttpRequest, scope: queries.Scope, found: QuerySet, **listed: Any) -> HttpResponse:
    """A list of rows behind figures, under the words that say of what and as of when."""
    heading = listed.pop("heading")
    context = {"scope": scope, "plan": scope.plan, "list_heading": heading}
    return list_page(request, "desk/leadership_list.html", rows=found, context=context, **listed)


@login_required
@require_safe
def leadership_assignments(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    waits = Exists(rows.asked_extensions(scope).filter(assignment=OuterRef("pk")))
    found = rows.assignments(scope).annotate(waits_for_extension=waits).order_by("then_due_on", "pk")
    return behind(
        request,
        scope,
        found.select_related("task", "agency", "plan__coordinator", "plan__accepting_office"),
        heading=_("Assigned work"),
        table_class=tables.LeadershipAssignmentTable,
        filter_class=filters.LeadershipAssignmentFilter,
        export_name="viec",
    )


@login_required
@require_safe
def leadership_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.tasks(scope).prefetch_related("bodies"),
        heading=pgettext("of a plan", "Tasks"),
        table_class=tables.LeadershipTaskTable,
        filter_class=filters.LeadershipTaskFilter,
        export_name="nhiem-vu",
    )


@login_required
@require_safe
def leadership_talks(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.talks(scope).select_related("agency").order_by("-on", "-pk"),
        heading=_("Woven into other meetings"),
        table_class=tables.LeadershipTalkTable,
        filter_class=filters.LeadershipTalkFilter,
        export_name="long-ghep",
    )


@login_required
@require_safe
def leadership_agencies(request: HttpRequest, pk: int) -> HttpResponse:
    """Every agency with its place; those that are not ranked come after the others."""
    scope = read_scope(request, pk)
    ranked = queries.ranking(scope).all
    request.ranked = {row.agency.pk: row for row in ranked}
    places = [When(pk=row.agency.pk, then=Value(place)) for place, row in enumerate(ranked)]
    found = Agency.objects.filter(pk__in=request.ranked)
    listed = Case(*places, default=Value(0), output_field=IntegerField()) if places else Value(0)
    return behind(
        request,
        scope,
        found.annotate(listed=listed).order_by("listed"),
        heading=_("Agencies by on-time rate"),
        table_class=tables.LeadershipAgencyTable,
        filter_class=filters.LeadershipAgencyFilter,
        export_name="don-vi",
    )


@login_required
@require_safe
def leadership_targets(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.targets(scope).select_related("task"),
        heading=_("Targets"),
        table_class=tables.LeadershipTargetTable,
        filter_class=filters.LeadershipTargetFilter,
        export_name="chi-tieu",
    )


@login_required
@require_safe
def leadership_deliverables(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.counted_for(scope).select_related("agency", "assignment"),
        heading=_("What the targets count"),
        table_class=tables.LeadershipDeliverableTable,
        filter_class=filters.LeadershipDeliverableFilter,
        export_name="minh-chung",
    )


@login_required
@require_safe
def leadership_reports(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    overdue = Exists(rows.late_reports(scope).filter(pk=OuterRef("pk")))
    found = rows.reports(scope).annotate(is_overdue=overdue).order_by("-round__data_to", "agency__sort_name")
    return behind(
        request,
        scope,
        found.select_related("round", "agency"),
        heading=_("Reports"),
        table_class=tables.LeadershipReportTable,
        filter_class=filters.LeadershipReportFilter,
        export_name="bao-cao",
    )


@login_required
@require_safe
def leadership_explanations(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.late_explanations(scope).select_related("assignment__agency"),
        heading=_("Overdue explanations"),
        table_class=tables.LeadershipExplanationTable,
        filter_class=filters.LeadershipExplanationFilter,
        export_name="giai-trinh",
    )


@login_required
@require_safe
def leadership_money(request: HttpRequest, pk: int) -> HttpResponse:
    """What was approved, committed and spent by each agency; the columns add up to the figures."""
    scope = read_scope(request, pk)
    request.money = queries.money_of_agencies(scope)
    return behind(
        request,
        scope,
        Agency.objects.filter(pk__in=request.money),
        heading=_("Money by agency"),
        table_class=tables.LeadershipMoneyTable,
        filter_class=filters.LeadershipAgencyFilter,
        export_name="kinh-phi",
    )


@login_required
@require_safe
def leadership_changes(request: HttpRequest, pk: int) -> HttpResponse:
    scope = read_scope(request, pk)
    return behind(
        request,
        scope,
        rows.all_changes(scope).select_related("by").prefetch_related("object"),
        heading=_("What happened"),
        table_class=tables.LeadershipChangeTable,
        filter_class=filters.LeadershipChangeFilter,
        export_name="thay-doi",
    )
