"""Filters of the lists behind the leadership view. The view leaves its scope on the request."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loa.core.lists import FoldedSearch
from loa.core.models import Entry
from loa.desk.queries.leadership import BLOCKS, rows
from loa.desk.queries.leadership.ranking import block_of
from loa.directory.models import Agency
from loa.plans.models import (
    Assignment,
    CommunicationForm,
    Deliverable,
    Explanation,
    Talk,
    Target,
    Task,
    Topic,
)
from loa.plans.queries import Standing, answers_target, target_counts
from loa.plans.states import ASSIGNMENT_STATES
from loa.reports.models import AgencyReport, ReportRound
from loa.reports.queries import handed_in, overdue_reports

ALL = _("All")
STANDINGS = [(standing.name.lower(), standing.label) for standing in Standing]
REPORTS = {
    "reported": _("Handed in"),
    "in_time": _("Handed in on time"),
    "counted": _("Handed in or overdue"),
    "late": _("Handed in late"),
    "missing": _("Not handed in"),
    "overdue": _("Overdue"),
}


def leads(request: HttpRequest) -> QuerySet[Agency]:
    led = rows.plain_assignments(request.scope).order_by()
    return Agency.objects.filter(pk__in=led.values("agency"))


class ScopeFilter(django_filters.FilterSet):
    """`at` and `since` are read by the view; here they stay in the address and are said beside the list."""

    at = django_filters.CharFilter(label=_("As of"), method="leave", widget=forms.HiddenInput)

    def leave(self, found: QuerySet, _name: str, _value: str) -> QuerySet:
        return found


class LeadershipAssignmentFilter(ScopeFilter):
    q = FoldedSearch(field_name="task__search_text", label=_("Search"))
    lead = django_filters.ModelChoiceFilter(
        field_name="agency", empty_label=ALL, label=_("Lead agency"), queryset=leads
    )
    state = django_filters.ChoiceFilter(
        field_name="then_state", empty_label=ALL, label=_("State"), choices=list(ASSIGNMENT_STATES.items())
    )
    standing = django_filters.MultipleChoiceFilter(
        label=_("In time"), choices=STANDINGS, method="stand", widget=forms.CheckboxSelectMultiple
    )
    topic = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Topic"),
        field_name="task__topics",
        queryset=lambda request: Topic.objects.filter(plan=request.scope.plan),
    )
    form = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Form"),
        field_name="task__forms",
        queryset=lambda request: CommunicationForm.objects.filter(plan=request.scope.plan),
    )
    newly = django_filters.BooleanFilter(
        label=_("Newly overdue"), method="newly_late", widget=forms.CheckboxInput
    )
    since = django_filters.CharFilter(label=_("Compared with"), method="leave", widget=forms.HiddenInput)

    class Meta:
        model = Assignment
        fields = ()

    def stand(self, found: QuerySet, _name: str, value: list[str]) -> QuerySet:
        return found.filter(standing__in=[Standing[name.upper()] for name in value]) if value else found

    def newly_late(self, found: QuerySet, _name: str, value: bool) -> QuerySet:
        return found.filter(pk__in=rows.newly_late(self.request.scope).values("pk")) if value else found


class LeadershipTaskFilter(ScopeFilter):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    topic = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Topic"),
        field_name="topics",
        queryset=lambda request: Topic.objects.filter(plan=request.scope.plan),
    )
    form = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Form"),
        field_name="forms",
        queryset=lambda request: CommunicationForm.objects.filter(plan=request.scope.plan),
    )
    told = django_filters.BooleanFilter(label=_("Not ended"), method="still_told", widget=forms.CheckboxInput)
    unclassified = django_filters.BooleanFilter(
        label=_("Not classified"), method="without_class", widget=forms.CheckboxInput
    )

    class Meta:
        model = Task
        fields = ()

    def still_told(self, found: QuerySet, _name: str, value: bool) -> QuerySet:
        return found.filter(pk__in=rows.told_tasks(self.request.scope).values("pk")) if value else found

    def without_class(self, found: QuerySet, _name: str, value: bool) -> QuerySet:
        return found.filter(pk__in=rows.unclassified(self.request.scope).values("pk")) if value else found


class LeadershipTalkFilter(ScopeFilter):
    topic = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Topic"),
        field_name="topics",
        queryset=lambda request: Topic.objects.filter(plan=request.scope.plan),
    )
    form = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Form"),
        queryset=lambda request: CommunicationForm.objects.filter(plan=request.scope.plan),
    )

    class Meta:
        model = Talk
        fields = ()


class LeadershipAgencyFilter(ScopeFilter):
    q = FoldedSearch(field_name="search_name", label=_("Search"))
    block = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("Block"), choices=list(BLOCKS.items()), method="in_block"
    )

    class Meta:
        model = Agency
        fields = ()

    def in_block(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found.filter(kind__in=[kind for kind in Agency.Kind if block_of(kind) == value])


class LeadershipTargetFilter(ScopeFilter):
    q = FoldedSearch(field_name="task__search_text", label=_("Search"))
    reached = django_filters.BooleanFilter(
        label=_("Reached"),
        method="is_reached",
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = Target
        fields = ()

    def is_reached(self, found: QuerySet, _name: str, value: bool) -> QuerySet:
        scope = self.request.scope
        counts = target_counts(rows.running_tasks(scope), scope.day, scope.moment).values()
        wanted = [row.target.pk for counted in counts for row in counted if row.is_reached == value]
        return found.filter(pk__in=wanted)


class LeadershipDeliverableFilter(ScopeFilter):
    target = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Target"),
        queryset=lambda request: rows.targets(request.scope),
        method="counted_for",
    )

    class Meta:
        model = Deliverable
        fields = ()

    def counted_for(self, found: QuerySet, _name: str, value: Target) -> QuerySet:
        """Those whose unit is the target's, as `target_counts` counts them."""
        if not value.counts_itself:
            return found.none()
        of_task = found.filter(assignment__task=value.task_id)
        units = set(of_task.order_by().values_list("unit", flat=True))
        return of_task.filter(unit__in=[unit for unit in units if answers_target(unit, value.unit)])


class LeadershipReportFilter(ScopeFilter):
    lead = django_filters.ModelChoiceFilter(
        field_name="agency",
        empty_label=ALL,
        label=_("Agency"),
        queryset=lambda request: Agency.objects.filter(
            pk__in=rows.reports(request.scope).order_by().values("agency")
        ),
    )
    round = django_filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Round"),
        queryset=lambda request: ReportRound.objects.filter(plan=request.scope.plan),
    )
    which = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("Report"), choices=list(REPORTS.items()), method="of_sort"
    )

    class Meta:
        model = AgencyReport
        fields = ()

    def of_sort(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        scope = self.request.scope
        if value == "overdue":
            return overdue_reports(found, scope.day, scope.moment)
        if value == "missing":
            return found.exclude(pk__in=handed_in(rows.reports(scope)).values("pk"))
        given = handed_in(found)
        if value == "counted":
            return given | overdue_reports(found, scope.day, scope.moment)
        return given if value == "reported" else given.filter(is_late=value == "late")


class LeadershipExplanationFilter(ScopeFilter):
    lead = django_filters.ModelChoiceFilter(
        field_name="assignment__agency", empty_label=ALL, label=_("Lead agency"), queryset=leads
    )

    class Meta:
        model = Explanation
        fields = ()


class LeadershipChangeFilter(ScopeFilter):
    kind = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("What happened"), choices=list(rows.CHANGE_LABELS.items()), method="of_kind"
    )
    since = django_filters.CharFilter(label=_("Compared with"), method="leave", widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ()

    def of_kind(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        return found.filter(action=rows.CHANGES[value][0])
