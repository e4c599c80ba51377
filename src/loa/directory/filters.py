from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from loa.core import clock, history
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.core.models import Entry
from loa.core.text import fold
from loa.directory import queries
from loa.directory.fields import AgencyField
from loa.directory.models import (
    Agency,
    AgencyGroup,
    AgencyName,
    Delegation,
    Membership,
    Network,
    NetworkMember,
    Reorganisation,
    User,
    in_force,
)


def _is_yes(chosen: str) -> bool:
    return chosen == "yes"


class NameSearch(FoldedSearch):
    """Every word must occur in the present name, or every word in one other name of the body."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        words = fold(value or "").split()
        if not words:
            return qs
        present, other = Q(), Q()
        for word in words:
            present &= Q(search_name__contains=word)
            other &= Q(search_name__contains=word)
        return qs.filter(present | Q(pk__in=AgencyName.objects.filter(other).values("agency")))


class AgencyChosen(django_filters.Filter):
    field_class = AgencyField


class AgencyFilter(django_filters.FilterSet):
    """Bodies in being today, unless another day or all are asked for."""

    q = NameSearch(field_name="search_name", label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Agency.Kind)
    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=Agency.Level)
    parent = AgencyChosen(label=gettext_lazy("Parent body"))
    on = django_filters.DateFilter(label=gettext_lazy("In being on"), widget=DayInput, method="no_filter")
    existing = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=[
            ("present", gettext_lazy("In being")),
            ("all", gettext_lazy("All, ended ones too")),
            ("ended", gettext_lazy("Ended only")),
            ("no_focal_point", gettext_lazy("Without a focal point")),
        ],
        empty_label=None,
        method="no_filter",
    )

    class Meta:
        model = Agency
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    def no_filter(self, queryset: QuerySet, _name: str, _value: Any) -> QuerySet:
        return queryset

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        today = clock.today()
        if chosen["existing"] == "all":
            return rows
        if chosen["existing"] == "ended":
            return rows.filter(valid_to__lt=chosen["on"] or today)
        if chosen["existing"] == "no_focal_point":
            return rows.filter(
                pk__in=queries.agencies_without_focal_point(chosen["on"] or today).values("pk")
            )
        return rows.filter(in_force(chosen["on"] or today))


class UnknownSuccessorFilter(django_filters.FilterSet):
    q = NameSearch(field_name="search_name", label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Agency.Kind)

    class Meta:
        model = Agency
        fields: list[str] = []


class GroupFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label=gettext_lazy("Name"))

    class Meta:
        model = AgencyGroup
        fields: list[str] = []


class ReorganisationFilter(django_filters.FilterSet):
    q = FoldedSearch(label=gettext_lazy("Body"), method="of_body")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("What happened"), choices=Reorganisation.Kind)
    year = django_filters.NumberFilter(field_name="on__year", label=gettext_lazy("Year"))
    is_proven = django_filters.TypedChoiceFilter(
        label=gettext_lazy("How well known"),
        choices=[("yes", gettext_lazy("Proven")), ("no", gettext_lazy("Not proven"))],
        coerce=_is_yes,
    )

    class Meta:
        model = Reorganisation
        fields: list[str] = []

    def of_body(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        bodies = NameSearch(field_name="search_name").filter(Agency.objects.all(), value).values("pk")
        return queryset.filter(
            Q(
                pk__in=Reorganisation.predecessors.through.objects.filter(agency__in=bodies).values(
                    "reorganisation"
                )
            )
            | Q(
                pk__in=Reorganisation.successors.through.objects.filter(agency__in=bodies).values(
                    "reorganisation"
                )
            )
        )


class UserFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label=gettext_lazy("Name"))
    agency = AgencyChosen(label=gettext_lazy("Agency"), method="of_agency")
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"),
        choices=[*Membership.Role.choices, ("none", gettext_lazy("No role"))],
        method="of_role",
    )
    is_active = django_filters.TypedChoiceFilter(
        label=gettext_lazy("Account"),
        choices=[("yes", gettext_lazy("Open")), ("no", gettext_lazy("Closed"))],
        coerce=_is_yes,
    )

    class Meta:
        model = User
        fields: list[str] = []

    def of_agency(self, queryset: QuerySet, _name: str, value: Agency) -> QuerySet:
        return queryset.filter(pk__in=value.memberships.filter(in_force(clock.today())).values("user"))

    def of_role(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "none":
            return queryset.filter(pk__in=queries.users_without_role(clock.today()).values("pk"))
        held = queries.memberships_visible_to(self.request.user).filter(in_force(clock.today()), role=value)
        return queryset.filter(pk__in=held.values("user"))


class DelegationFilter(django_filters.FilterSet):
    q = FoldedSearch(label=gettext_lazy("Person"), method="of_person")
    on = django_filters.DateFilter(label=gettext_lazy("In force on"), widget=DayInput, method="in_force_on")

    class Meta:
        model = Delegation
        fields: list[str] = []

    def of_person(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        for word in fold(value or "").split():
            queryset = queryset.filter(
                Q(giver__search_name__contains=word) | Q(receiver__search_name__contains=word)
            )
        return queryset

    def in_force_on(self, queryset: QuerySet, _name: str, value: Any) -> QuerySet:
        return queryset.filter(starts_on__lte=value, ends_on__gte=value, withdrawn_at__isnull=True)


class EntryFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="by__search_name", label=gettext_lazy("Person"))
    agency = AgencyChosen(label=gettext_lazy("For which agency"), method="of_agency")
    action = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=history.known_actions)
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=gettext_lazy("Since"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=gettext_lazy("Until"), widget=DayInput
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def of_agency(self, queryset: QuerySet, _name: str, value: Agency) -> QuerySet:
        return queryset.filter(hat=value.code)


class NetworkFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Network.Kind)
    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=Agency.Level)
    keeper = AgencyChosen(label=gettext_lazy("Kept by"))

    class Meta:
        model = Network
        fields: list[str] = []


class MemberFilter(django_filters.FilterSet):
    """Who belongs today, unless another day is asked for."""

    q = FoldedSearch(field_name="search_name", label=gettext_lazy("Name"))
    agency = AgencyChosen(label=gettext_lazy("Works in"))
    on = django_filters.DateFilter(label=gettext_lazy("On"), widget=DayInput, method="of_day")
    whole = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=[("day", gettext_lazy("On that day")), ("all", gettext_lazy("All, those who left too"))],
        empty_label=None,
        method="of_day",
    )

    class Meta:
        model = NetworkMember
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    def of_day(self, queryset: QuerySet, _name: str, _value: Any) -> QuerySet:
        return queryset

    @property
    def day(self) -> Any:
        return (self.form.is_valid() and self.form.cleaned_data.get("on")) or clock.today()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("whole") == "all":
            return rows
        day = self.day
        return rows.filter(in_force(day), in_force(day, "network__"))
