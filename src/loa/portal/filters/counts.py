from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.portal import queries
from loa.portal.models import Story


class ReadingFilter(django_filters.FilterSet):
    """The days choose what is counted, not which stories are shown."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Story.Kind.choices)
    since = django_filters.DateFilter(label=_("From day"), widget=DayInput, method="counted_days")
    until = django_filters.DateFilter(label=_("To day"), widget=DayInput, method="counted_days")

    class Meta:
        model = Story
        fields = ("kind", "since", "until")

    def counted_days(self, rows: QuerySet[Story], _name: str, _value: object) -> QuerySet[Story]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Story]) -> QuerySet[Story]:  # noqa: ARG002  Django gives it
        given = self.form.cleaned_data  # the rows differ in what is counted, so they are asked for anew
        counted = queries.stories_read(self.request.user, since=given.get("since"), until=given.get("until"))
        return super().filter_queryset(counted)
