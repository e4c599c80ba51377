"""What the lists of press and radio are narrowed by."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from loa.campaigns.models import Abbreviation, Candidate, Clipping, Feed, PressAgreement, PressBody, Script
from loa.campaigns.queries import clippings_visible_to, press_bodies_visible_to
from loa.campaigns.states import AGREEMENT_STATES, CANDIDATE_STATES, CLIPPING_STATES, SCRIPT_STATES
from loa.core import clock
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency, in_force
from loa.plans.models import Plan, Topic

ALL = _("All")
YES = forms.Select(choices=[("", ALL), ("true", _("Yes"))])


class DayRange(DateRangeWidget):
    """Two days, each with its own label: from and up to."""

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"})
        self.widgets = [DayInput({"aria-label": _("From")}), DayInput({"aria-label": _("To")})]


def bodies(request: HttpRequest | None) -> QuerySet[PressBody]:
    return press_bodies_visible_to(request.user) if request else PressBody.objects.none()


def _of_clippings(request: HttpRequest | None, model: type, field: str) -> QuerySet:
    if request is None:
        return model._default_manager.none()  # noqa: SLF001  public API
    rows = clippings_visible_to(request.user).order_by().values(field)
    return model._default_manager.filter(pk__in=rows)  # noqa: SLF001


class ClippingFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    press_body = django_filters.ModelChoiceFilter(label=_("Press body"), empty_label=ALL, queryset=bodies)
    plan = django_filters.ModelChoiceFilter(
        label=_("Plan"), empty_label=ALL, queryset=lambda request: _of_clippings(request, Plan, "plan")
    )
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), empty_label=ALL, queryset=lambda request: _of_clippings(request, Topic, "topic")
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Whose log"),
        empty_label=ALL,
        queryset=lambda request: _of_clippings(request, Agency, "agency"),
    )
    genre = django_filters.ChoiceFilter(label=_("Genre"), empty_label=ALL, choices=Clipping.Genre.choices)
    counts = django_filters.BooleanFilter(
        label=_("Counts for the plan"),
        field_name="deliverable",
        lookup_expr="isnull",
        exclude=True,
        widget=YES,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(CLIPPING_STATES.items())
    )
    on = django_filters.DateFromToRangeFilter(field_name="on", label=_("Day"), widget=DayRange())

    class Meta:
        model = Clipping
        fields = ()


class PressBodyFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_name", label=_("Search"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=ALL, choices=PressBody.Kind.choices)

    class Meta:
        model = PressBody
        fields = ()


class AgreementFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    press_body = django_filters.ModelChoiceFilter(label=_("Press body"), empty_label=ALL, queryset=bodies)
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(AGREEMENT_STATES.items())
    )
    now = django_filters.BooleanFilter(label=_("In force today"), method="in_force_today", widget=YES)

    class Meta:
        model = PressAgreement
        fields = ()

    def in_force_today(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        day = clock.today()
        return rows.filter(state="running", starts_on__lte=day, ends_on__gte=day) if value else rows


class FeedFilter(django_filters.FilterSet):
    press_body = django_filters.ModelChoiceFilter(label=_("Press body"), empty_label=ALL, queryset=bodies)

    class Meta:
        model = Feed
        fields = ()


class CandidateFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    press_body = django_filters.ModelChoiceFilter(
        field_name="feed__press_body", label=_("Press body"), empty_label=ALL, queryset=bodies
    )
    suggested = django_filters.BooleanFilter(label=_("Suggested only"), field_name="is_suggested", widget=YES)
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(CANDIDATE_STATES.items())
    )

    class Meta:
        model = Candidate
        fields = ()


class ScriptFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(SCRIPT_STATES.items())
    )
    slot_on = django_filters.DateFromToRangeFilter(
        field_name="slot_on", label=_("Day wanted"), widget=DayRange()
    )

    class Meta:
        model = Script
        fields = ()


class AbbreviationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="letters", lookup_expr="icontains")
    now = django_filters.BooleanFilter(label=_("In force today"), method="in_force_today", widget=YES)

    class Meta:
        model = Abbreviation
        fields = ()

    def in_force_today(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(in_force(clock.today())) if value else rows
