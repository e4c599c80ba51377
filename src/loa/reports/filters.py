import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.text import fold
from loa.directory.models import in_force
from loa.reports.models import ReportRound, ReportTemplate
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


class TemplateFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name_vi", lookup_expr="icontains")
    now = django_filters.BooleanFilter(
        label=_("In force today"), method="in_force_today", widget=CheckboxInput
    )

    class Meta:
        model = ReportTemplate
        fields = ("q", "now")

    def in_force_today(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:  # noqa: FBT001  the filter calls it so
        return rows.filter(in_force(clock.today())) if value else rows
