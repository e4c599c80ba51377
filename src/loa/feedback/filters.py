from __future__ import annotations

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.widgets import DateRangeWidget

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency, User
from loa.feedback.models import (
    AnswerTemplate,
    Case,
    DataRequest,
    Promise,
    Publication,
    Rating,
    RefusalGround,
    RoutingRule,
    Subject,
)
from loa.feedback.queries import (
    UNCOUNTED_STATES,
    agencies_in_register,
    cases_visible_to,
    communes_in_register,
    standing,
    subjects_in_register,
    words_waiting_for,
)
from loa.feedback.states import CASE_STATES, DATA_REQUEST_STATES, OPEN_STATES, PROMISE_STATES, RATING_STATES

ALL = _("All")
YES = forms.Select(choices=[("", ALL), ("true", _("Yes"))])
STANDINGS = [
    ("late", _("Overdue")),
    ("soon", _("Due soon")),
    ("time", pgettext_lazy("case", "In time")),
    ("held", _("Waiting for the sender")),
]


class DayRange(DateRangeWidget):
    """Two days, each with its own label: from and up to."""

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"})
        self.widgets = [DayInput({"aria-label": _("From")}), DayInput({"aria-label": _("To")})]


def agencies_with_cases(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    seen = cases_visible_to(request.user).order_by()
    return Agency.objects.filter(pk__in=seen.values("agency"))


def officers_with_cases(request: HttpRequest | None) -> QuerySet[User]:
    if request is None:
        return User.objects.none()
    seen = cases_visible_to(request.user).order_by()
    return User.objects.filter(pk__in=seen.values("officer")).order_by("sort_name")


class CaseFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Code or words"))
    due = django_filters.ChoiceFilter(choices=STANDINGS, label=_("Due"), empty_label=ALL, method="stand")
    open = django_filters.BooleanFilter(label=_("Open only"), method="still_open", widget=YES)
    state = django_filters.ChoiceFilter(choices=list(CASE_STATES.items()), label=_("State"), empty_label=ALL)
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices, label=_("Kind"), empty_label=ALL)
    subject = django_filters.ModelChoiceFilter(
        queryset=Subject.objects.all(),
        label=pgettext_lazy("case", "Subject"),
        empty_label=ALL,
        null_label=_("No subject yet"),
    )
    agency = django_filters.ModelChoiceFilter(
        queryset=agencies_with_cases, label=_("Agency"), empty_label=ALL
    )
    officer = django_filters.ModelChoiceFilter(
        queryset=officers_with_cases,
        label=_("Officer"),
        empty_label=ALL,
        null_label=_("No officer yet"),
    )
    source = django_filters.ChoiceFilter(choices=Case.Source.choices, label=_("Channel"), empty_label=ALL)
    received = django_filters.DateFromToRangeFilter(
        field_name="received_at", label=_("Received"), widget=DayRange()
    )
    counted = django_filters.BooleanFilter(label=_("Counted in figures"), method="only_counted", widget=YES)
    answered = django_filters.DateFromToRangeFilter(
        field_name="answered_at", label=pgettext_lazy("case", "Answered"), widget=DayRange()
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def still_open(self, rows: QuerySet[Case], _name: str, value: bool) -> QuerySet[Case]:
        return rows.filter(state__in=OPEN_STATES) if value else rows

    def only_counted(self, rows: QuerySet[Case], _name: str, value: bool) -> QuerySet[Case]:
        """Not what was merged, withdrawn, refused or guided: nobody owes an answer of its own."""
        return rows.exclude(state__in=UNCOUNTED_STATES) if value else rows

    def stand(self, rows: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        return standing(rows, value, clock.today())


class TemplateFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("Title"))
    subject = django_filters.ModelChoiceFilter(
        queryset=Subject.objects.all(), label=pgettext_lazy("case", "Subject"), empty_label=ALL
    )

    class Meta:
        model = AnswerTemplate
        fields: list[str] = []


class DataRequestFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="case__search_text", label=_("Code"))
    state = django_filters.ChoiceFilter(choices=list(DATA_REQUEST_STATES.items()), label=_("State"))
    kind = django_filters.ChoiceFilter(choices=DataRequest.Kind.choices, label=_("What is asked"))

    class Meta:
        model = DataRequest
        fields: list[str] = []


class SubjectFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Subject
        fields: list[str] = []


class GroundFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name_vi", lookup_expr="icontains", label=_("Name"))
    is_checked = django_filters.BooleanFilter(
        label=_("Checked against the original text"),
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = RefusalGround
        fields: list[str] = []


class RoutingFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices, label=_("Kind"))
    subject = django_filters.ModelChoiceFilter(
        queryset=Subject.objects.all(), label=pgettext_lazy("case", "Subject")
    )

    class Meta:
        model = RoutingRule
        fields: list[str] = []


class PromiseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=list(PROMISE_STATES.items()), label=_("State"))
    late = django_filters.BooleanFilter(label=_("Overdue"), method="is_late", widget=forms.CheckboxInput)

    class Meta:
        model = Promise
        fields: list[str] = []

    def is_late(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(state="open", due_on__lt=clock.today()) if value else rows


class RatingFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=list(RATING_STATES.items()),
        label=pgettext_lazy("sent with a rating", "Words"),
        method="with_words",
        empty_label=ALL,
    )
    stars = django_filters.ChoiceFilter(
        choices=[(number, str(number)) for number in range(5, 0, -1)], label=_("Stars"), empty_label=ALL
    )
    allowed = django_filters.BooleanFilter(
        field_name="is_allowed",
        label=_("The sender allowed the words to be shown"),
        widget=forms.CheckboxInput,
        method="only",
    )
    mine = django_filters.BooleanFilter(
        field_name="pk", label=_("Wait for me"), widget=forms.CheckboxInput, method="waiting_for_me"
    )

    class Meta:
        model = Rating
        fields: list[str] = []

    def waiting_for_me(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(pk__in=words_waiting_for(self.request.user).values("pk")) if value else rows

    def with_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(state=value).exclude(words="")

    def only(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(is_allowed=True) if value else rows


class RegisterFilter(django_filters.FilterSet):
    """What anybody narrows the public register by; only what it holds is offered."""

    q = FoldedSearch(field_name="search_text", label=pgettext_lazy("search", "Words"))
    subject = django_filters.ModelChoiceFilter(
        field_name="case__subject", label=pgettext_lazy("case", "Subject"), queryset=lambda _request: subjects_in_register(),
        empty_label=ALL,
    )  # fmt: skip
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=lambda _request: agencies_in_register(), empty_label=ALL
    )
    level = django_filters.ChoiceFilter(
        field_name="agency__level", label=_("Level"), choices=Agency.Level.choices, empty_label=ALL
    )
    commune = django_filters.ModelChoiceFilter(
        field_name="case__commune", label=_("Commune"), queryset=lambda _request: communes_in_register(),
        empty_label=ALL,
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        field_name="case__kind", label=_("Kind"), choices=Case.Kind.choices, empty_label=ALL
    )
    since = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__gte", label=_("Published since"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="published_at", lookup_expr="date__lte", label=_("Published until"), widget=DayInput
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"), method="in_order", empty_label=_("Newest first"),
        choices=[("old", _("Oldest first")), ("asked", _("Asked by most")), ("stars", _("Best rated"))],
    )  # fmt: skip

    class Meta:
        model = Publication
        fields: list[str] = []

    def in_order(self, rows: QuerySet[Publication], _name: str, value: str) -> QuerySet[Publication]:
        orders = {
            "old": ("published_at", "pk"),
            "asked": (F("merged_count").desc(nulls_last=True), "-published_at", "-pk"),
            "stars": (F("case__rating__stars").desc(nulls_last=True), "-published_at", "-pk"),
        }
        return rows.order_by(*orders[value])


class WaitingFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Code or words"))
    agency = django_filters.ModelChoiceFilter(
        queryset=agencies_with_cases, label=_("Agency"), empty_label=ALL
    )
    subject = django_filters.ModelChoiceFilter(
        queryset=Subject.objects.all(), label=pgettext_lazy("case", "Subject"), empty_label=ALL
    )

    class Meta:
        model = Case
        fields: list[str] = []


class PublishedFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=pgettext_lazy("search", "Words"))
    agency = django_filters.ModelChoiceFilter(
        queryset=agencies_with_cases, label=_("Agency"), empty_label=ALL
    )
    public = django_filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", label=_("Public now"), widget=YES
    )

    class Meta:
        model = Publication
        fields: list[str] = []


class IntakeFilter(django_filters.FilterSet):
    """The queue is short and in order: words and where they came from are enough."""

    q = FoldedSearch(field_name="search_text", label=_("Code or words"))
    source = django_filters.ChoiceFilter(choices=Case.Source.choices, label=_("Channel"), empty_label=ALL)
    kind_wished = django_filters.ChoiceFilter(
        choices=Case.Kind.choices, label=_("Sender's category"), empty_label=ALL
    )

    class Meta:
        model = Case
        fields: list[str] = []
