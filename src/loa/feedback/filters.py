from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import FoldedSearch
from loa.feedback.models import Case, RefusalGround, RoutingRule, Subject
from loa.feedback.states import CASE_STATES


class CaseFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Code or words"))
    state = django_filters.ChoiceFilter(choices=list(CASE_STATES.items()), label=_("State"))
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices, label=_("Kind"))
    source = django_filters.ChoiceFilter(choices=Case.Source.choices, label=_("How it came in"))
    subject = django_filters.ModelChoiceFilter(queryset=Subject.objects.all(), label=_("Subject"))

    class Meta:
        model = Case
        fields: list[str] = []


class SubjectFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Subject
        fields: list[str] = []


class GroundFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name_vi", lookup_expr="icontains", label=_("Name"))
    is_checked = django_filters.BooleanFilter(label=_("Checked against the original text"))

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
