import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold
from loa.reports.models import ReportRound
from loa.reports.states import ROUND_STATES


class RoundFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReportRound.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(ROUND_STATES.items()))

    class Meta:
        model = ReportRound
        fields = ("kind", "state")

    def search(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """By the plan's document, whose words are kept folded, or by the title as typed."""
        for word in fold(value).split():
            rows = rows.filter(plan__document__search_text__contains=word) | rows.filter(
                title__icontains=word
            )
        return rows
