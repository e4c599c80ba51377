from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.models import (
    CarriedMoney,
    Ceiling,
    Commitment,
    CostNorm,
    Estimate,
    EstimateLine,
    FundingSource,
    Payment,
    PlanBudget,
)
from loa.budgets.queries import cut_lines, unlooked_lines
from loa.budgets.states import ESTIMATE_STATES
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.plans.models import Task

ALL = _("All")


class BudgetFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="plan__document__search_text", label=_("Search"))
    year = django_filters.NumberFilter(label=_("Year"))

    class Meta:
        model = PlanBudget
        fields = ("q", "year")


class EstimateFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="agency__search_name", label=_("Search"))
    state = django_filters.ChoiceFilter(
        empty_label=ALL, label=_("State"), choices=list(ESTIMATE_STATES.items())
    )

    class Meta:
        model = Estimate
        fields = ("q", "state")


def _tasks_of(request: Any) -> QuerySet[Task]:
    pk = request.resolver_match.kwargs.get("pk") if request and request.resolver_match else None
    return Task.objects.filter(plan__estimates=pk)


class LineFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    task = django_filters.ModelChoiceFilter(
        empty_label=ALL, label=pgettext_lazy("of a plan", "Task"), queryset=_tasks_of
    )
    source = django_filters.ChoiceFilter(
        field_name="funding_source",
        empty_label=ALL,
        label=_("Source of funds"),
        choices=FundingSource.choices,
    )
    item = django_filters.CharFilter(
        field_name="expense_item", lookup_expr="startswith", label=_("Expense item")
    )

    class Meta:
        model = EstimateLine
        fields = ("q", "task", "source", "item")


class AppraisalFilter(LineFilter):
    """What the bodies said: only cuts, only what one of them has not looked at."""

    looked = django_filters.ChoiceFilter(
        empty_label=ALL,
        label=_("Appraisal"),
        method="by_appraisal",
        choices=[
            ("cut", _("Only cuts and changes")),
            ("content", _("Content not looked at")),
            ("money", _("Money not looked at")),
        ],
    )

    class Meta(LineFilter.Meta):
        fields = ("q", "looked", "task", "source", "item")

    def by_appraisal(self, rows: QuerySet[EstimateLine], _name: str, value: str) -> QuerySet[EstimateLine]:
        return cut_lines(rows) if value == "cut" else unlooked_lines(rows, value)


class NormFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    on = django_filters.DateFilter(label=_("In force on"), method="in_force_on", widget=DayInput)
    is_checked = django_filters.BooleanFilter(
        label=_("Checked"),
        widget=forms.Select(choices=[("", ALL), ("true", _("Checked")), ("false", _("Not checked"))]),
    )

    class Meta:
        model = CostNorm
        fields = ("q", "on", "is_checked")

    def in_force_on(self, rows: QuerySet[CostNorm], _name: str, value: Any) -> QuerySet[CostNorm]:
        return rows.filter(valid_from__lte=value).exclude(valid_to__lt=value)


class CeilingFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="agency__search_name", label=_("Search"))

    class Meta:
        model = Ceiling
        fields = ("q",)


class CarriedFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="line__search_text", label=_("Search"))

    class Meta:
        model = CarriedMoney
        fields = ("q",)


class CommitmentFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="line__search_text", label=_("Search"))
    after = django_filters.DateFilter(field_name="on", lookup_expr="gte", label=_("From"), widget=DayInput)
    before = django_filters.DateFilter(field_name="on", lookup_expr="lte", label=_("Up to"), widget=DayInput)

    class Meta:
        model = Commitment
        fields = ("q", "after", "before")


class PaymentFilter(CommitmentFilter):
    class Meta(CommitmentFilter.Meta):
        model = Payment
