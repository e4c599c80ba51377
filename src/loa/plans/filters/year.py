"""What the lists of the plan's year are narrowed by."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency
from loa.plans.filters.work import ALL, DueRange, plans_of_work
from loa.plans.models import Amendment, Explanation, Extension, Guidance, GuidanceReceipt, SubPlan, Talk, Task
from loa.plans.queries import (
    decided_by,
    explanations_listed_for,
    extensions_listed_for,
    late_sub_plans,
    talks_visible_to,
)
from loa.plans.states import (
    AMENDMENT_STATES,
    EXPLANATION_STATES,
    EXTENSION_STATES,
    GUIDANCE_STATES,
    RECEIPT_STATES,
    SUB_PLAN_STATES,
    TALK_STATES,
)


class CarriedFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    way = django_filters.ChoiceFilter(
        label=_("Way"),
        empty_label=ALL,
        method="go",
        choices=[("in", _("From an earlier year")), ("out", _("To the next year"))],
    )
    closing = django_filters.ChoiceFilter(
        label=_("Decided at the end"), empty_label=ALL, choices=Task.Closing.choices
    )

    class Meta:
        model = Task
        fields = ()

    def go(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "in":
            return rows.filter(carried_over_from__isnull=False)
        return rows.filter(closing="carry") | rows.filter(successors__isnull=False)


class AmendmentFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(AMENDMENT_STATES.items())
    )

    class Meta:
        model = Amendment
        fields = ()


class SubPlanFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="duty_assignment__agency__search_name", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(SUB_PLAN_STATES.items())
    )
    late = django_filters.BooleanFilter(
        label=_("Overdue only"),
        method="only_late",
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes"))]),
    )

    class Meta:
        model = SubPlan
        fields = ()

    def only_late(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(late_sub_plans(clock.today())) if value else rows


class GuidanceFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(GUIDANCE_STATES.items())
    )

    class Meta:
        model = Guidance
        fields = ()


class ReceiptFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="agency__search_name", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(RECEIPT_STATES.items())
    )

    class Meta:
        model = GuidanceReceipt
        fields = ()


def bodies_that_talked(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    return Agency.objects.filter(pk__in=talks_visible_to(request.user).order_by().values("agency"))


class TalkFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    plan = django_filters.ModelChoiceFilter(label=_("Plan"), empty_label=ALL, queryset=plans_of_work)
    agency = django_filters.ModelChoiceFilter(label=_("Body"), empty_label=ALL, queryset=bodies_that_talked)
    state = django_filters.ChoiceFilter(label=_("State"), empty_label=ALL, choices=list(TALK_STATES.items()))
    on = django_filters.DateFromToRangeFilter(field_name="on", label=_("Day"), widget=DueRange())

    class Meta:
        model = Talk
        fields = ()


SIDES = [("mine", _("For my agency to answer")), ("theirs", _("Others are to answer"))]


class _QuestionFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="assignment__task__search_text", label=_("Search"))
    plan = django_filters.ModelChoiceFilter(
        field_name="assignment__plan", label=_("Plan"), empty_label=ALL, queryset=plans_of_work
    )


def agencies_that_asked(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    rows = extensions_listed_for(request.user).order_by().values("assignment__agency")
    return Agency.objects.filter(pk__in=rows)


def agencies_asked(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    rows = explanations_listed_for(request.user).order_by().values("assignment__agency")
    return Agency.objects.filter(pk__in=rows)


class ExtensionFilter(_QuestionFilter):
    agency = django_filters.ModelChoiceFilter(
        field_name="assignment__agency", label=_("Lead agency"), empty_label=ALL, queryset=agencies_that_asked
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(EXTENSION_STATES.items())
    )
    side = django_filters.ChoiceFilter(
        label=_("Who decides"),
        empty_label=ALL,
        method="of_side",
        choices=[("mine", _("My agency decides")), ("theirs", _("My agency asked"))],
    )

    class Meta:
        model = Extension
        fields = ()

    def of_side(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        mine = decided_by(self.request.user)
        hat = self.request.user.hat
        return rows.filter(mine) if value == "mine" else rows.filter(assignment__agency=hat and hat.agency)


class ExplanationFilter(_QuestionFilter):
    agency = django_filters.ModelChoiceFilter(
        field_name="assignment__agency", label=_("Lead agency"), empty_label=ALL, queryset=agencies_asked
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(EXPLANATION_STATES.items())
    )
    late = django_filters.BooleanFilter(
        label=_("Overdue only"),
        method="only_late",
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes"))]),
    )
    side = django_filters.ChoiceFilter(
        label=_("Who answers"), empty_label=ALL, method="of_side", choices=SIDES
    )

    class Meta:
        model = Explanation
        fields = ()

    def only_late(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(state="asked", due_on__lt=clock.today()) if value else rows

    def of_side(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hat = self.request.user.hat
        if value == "mine":
            return rows.filter(assignment__agency=hat and hat.agency)
        return rows.filter(decided_by(self.request.user))
