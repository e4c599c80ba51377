import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.lists import FoldedSearch
from loa.core.text import fold
from loa.directory.models import Agency, in_force
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate, StandingRule
from loa.reports.queries.board import BOARD_STATUSES
from loa.reports.states import ROUND_STATES, STANDING_RULE_STATES


class RoundFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReportRound.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(ROUND_STATES.items()))
    year = django_filters.NumberFilter(field_name="plan__year", label=_("Year of the plan"), min_value=2000)

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

    def in_force_today(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(in_force(clock.today())) if value else rows


class BoardFilter(django_filters.FilterSet):
    """The board of one round; `late` picks what needs a nudge or an answer."""

    q = FoldedSearch(field_name="agency__search_name", label=_("Search"))
    status = django_filters.ChoiceFilter(
        field_name="status", label=_("Where it stands"), choices=list(BOARD_STATUSES.items())
    )
    late = django_filters.ChoiceFilter(
        label=_("In time"),
        method="pick",
        choices=[
            ("late", _("Late")),
            ("overdue", _("Overdue")),
            ("asks_time", _("Asks for more time")),
        ],
    )
    level = django_filters.ChoiceFilter(
        field_name="agency__level", label=_("Level"), choices=Agency.Level.choices
    )

    class Meta:
        model = AgencyReport
        fields = ()

    def pick(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        flags = {"late": "is_late", "overdue": "is_overdue", "asks_time": "asks_time"}
        return rows.filter(**{flags[value]: True})


class StandingRuleFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="plan__document__search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(label=_("How often"), choices=StandingRule.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(STANDING_RULE_STATES.items()))

    class Meta:
        model = StandingRule
        fields = ("kind", "state")
