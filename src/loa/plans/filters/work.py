"""The same filter on every view of a plan: who leads, in which state, what about, by when."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency
from loa.plans.models import Assignment, CommunicationForm, DutyAssignment, Plan, Task, Topic
from loa.plans.queries import Standing, plans_visible_to, standing_on
from loa.plans.states import ASSIGNMENT_STATES, PLAN_STATES

ALL = _("All")
STANDINGS = [(standing.name.lower(), standing.label) for standing in reversed(Standing)]
FIELDS = ("q", "lead", "state", "standing", "topic", "form", "due_after", "due_before")


class DueRange(django_filters.widgets.DateRangeWidget):
    """Two days, each with its own label: from and up to."""

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"})
        self.widgets = [DayInput({"aria-label": _("Due from")}), DayInput({"aria-label": _("Due up to")})]


def _plan_pk(request: HttpRequest | None) -> int | None:
    return request.resolver_match.kwargs.get("pk") if request and request.resolver_match else None


def leads_of(request: HttpRequest | None) -> QuerySet[Agency]:
    led = Assignment.objects.filter(plan=_plan_pk(request))
    return Agency.objects.filter(pk__in=led.order_by().values("agency"))


def topics_of(request: HttpRequest | None) -> QuerySet[Topic]:
    return Topic.objects.filter(plan=_plan_pk(request))


def forms_of(request: HttpRequest | None) -> QuerySet[CommunicationForm]:
    return CommunicationForm.objects.filter(plan=_plan_pk(request))


class AssignmentFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="task__search_text", label=_("Search"))
    lead = django_filters.ModelChoiceFilter(
        field_name="agency", empty_label=ALL, label=_("Lead agency"), queryset=leads_of
    )
    state = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("State"), choices=list(ASSIGNMENT_STATES.items())
    )
    standing = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("In time"), choices=STANDINGS, method="stand"
    )
    topic = django_filters.ModelChoiceFilter(
        field_name="task__topics", empty_label=ALL, label=_("Topic"), queryset=topics_of
    )
    form = django_filters.ModelChoiceFilter(
        field_name="task__forms", empty_label=ALL, label=_("Form"), queryset=forms_of
    )
    due = django_filters.DateFromToRangeFilter(field_name="due_on", label=_("Due"), widget=DueRange())

    class Meta:
        model = Assignment
        fields = ()

    def stand(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.annotate(stands=standing_on(clock.today())).filter(stands=Standing[value.upper()])


class TaskFilter(django_filters.FilterSet):
    """A task is found by its assignments: lead and state must meet in one of them."""

    q = FoldedSearch(field_name="search_text", label=_("Search"))
    lead = django_filters.ModelChoiceFilter(empty_label=ALL, label=_("Lead agency"), queryset=leads_of)
    state = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("State"), choices=list(ASSIGNMENT_STATES.items())
    )
    standing = django_filters.ChoiceFilter(empty_label=ALL, label=_("In time"), choices=STANDINGS)
    topic = django_filters.ModelChoiceFilter(
        field_name="topics", empty_label=ALL, label=_("Topic"), queryset=topics_of
    )
    form = django_filters.ModelChoiceFilter(
        field_name="forms", empty_label=ALL, label=_("Form"), queryset=forms_of
    )
    due = django_filters.DateFromToRangeFilter(field_name="due_on", label=_("Due"), widget=DueRange())

    class Meta:
        model = Task
        fields = ()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        chosen = self.form.cleaned_data
        for name in ("q", "topic", "form", "due"):
            queryset = self.filters[name].filter(queryset, chosen.get(name))
        wanted = _assignments_meant(chosen)
        if wanted:
            queryset = queryset.filter(Exists(Assignment.objects.filter(wanted, task=OuterRef("pk"))))
        return _standing(queryset, chosen) if chosen.get("standing") else queryset


def _assignments_meant(chosen: dict[str, Any]) -> Q:
    wanted = Q()
    if chosen.get("lead"):
        wanted &= Q(agency=chosen["lead"])
    if chosen.get("state"):
        wanted &= Q(state=chosen["state"])
    return wanted


def _standing(tasks: QuerySet, chosen: dict[str, Any]) -> QuerySet:
    """A task stands as the worst of its assignments; of one lead's, where a lead is chosen."""
    counted = Q(assignments__agency=chosen["lead"]) if chosen.get("lead") else Q(assignments__isnull=False)
    worst = Max(standing_on(clock.today(), "assignments__"), filter=counted)
    return tasks.annotate(stands=worst).filter(stands=Standing[chosen["standing"].upper()])


class PlanFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="document__search_text", label=_("Search"))
    state = django_filters.ChoiceFilter(empty_label=ALL, label=_("State"), choices=list(PLAN_STATES.items()))
    year = django_filters.NumberFilter(
        label=_("Year"), widget=forms.NumberInput({"min": 1990, "max": 2100, "inputmode": "numeric"})
    )

    class Meta:
        model = Plan
        fields = ()


def plans_of_work(request: HttpRequest | None) -> QuerySet[Plan]:
    return plans_visible_to(request.user) if request else Plan.objects.none()


class OwnWorkFilter(django_filters.FilterSet):
    """The work of one agency over all plans."""

    q = FoldedSearch(field_name="task__search_text", label=_("Search"))
    plan = django_filters.ModelChoiceFilter(empty_label=ALL, label=_("Plan"), queryset=plans_of_work)
    state = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("State"), choices=list(ASSIGNMENT_STATES.items())
    )
    standing = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("In time"), choices=STANDINGS, method="stand"
    )
    due = django_filters.DateFromToRangeFilter(field_name="due_on", label=_("Due"), widget=DueRange())

    class Meta:
        model = Assignment
        fields = ()

    def stand(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.annotate(stands=standing_on(clock.today())).filter(stands=Standing[value.upper()])


class DutyFilter(django_filters.FilterSet):
    lead = django_filters.ModelChoiceFilter(
        field_name="agency",
        empty_label=ALL,
        label=_("Body"),
        queryset=lambda request: Agency.objects.filter(
            pk__in=DutyAssignment.objects.filter(plan=_plan_pk(request)).order_by().values("agency")
        ),
    )
    evidence = django_filters.BooleanFilter(
        field_name="has_evidence",
        label=_("Answered"),
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = DutyAssignment
        fields = ()
