from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from loa.portal.models import Contribution, NewsAssignment, Story, UrgentRelease
from loa.portal.states.newsroom import NEWS_ASSIGNMENT_STATES, URGENT_STATES


class ContributionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Search"))

    class Meta:
        model = Contribution
        fields = ("q",)


class UrgentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Search"))
    state = django_filters.ChoiceFilter(choices=list(URGENT_STATES.items()), label=_("State"))

    class Meta:
        model = UrgentRelease
        fields = ("q", "state")


class NewsAssignmentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Search"))
    state = django_filters.ChoiceFilter(choices=list(NEWS_ASSIGNMENT_STATES.items()), label=_("State"))

    class Meta:
        model = NewsAssignment
        fields = ("q", "state")


class ReviewFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Search"))

    class Meta:
        model = Story
        fields = ("q",)
