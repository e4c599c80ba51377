from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loa.core.lists import FoldedSearch
from loa.directory.models import HandOver, ReorganisationDecision
from loa.directory.queries import decisions_visible_to, itself_and_predecessors
from loa.directory.states import DECISION_STATES


def _decisions(request: HttpRequest) -> QuerySet[ReorganisationDecision]:
    return decisions_visible_to(request.user).filter(state="applied")


class EffectFilter(django_filters.FilterSet):
    """What a decision moves, by kind; kinds are named by their English words whatever the language."""

    q = FoldedSearch(field_name="search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(field_name="kind_en", label=_("Kind"))
    how = django_filters.ChoiceFilter(label=_("What happens"), choices=HandOver.How.choices)

    class Meta:
        model = HandOver
        fields = ("q", "kind", "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = self._kinds()

    def _kinds(self) -> list[tuple[str, str]]:
        pairs = self.queryset.order_by("kind_en").values_list("kind_en", "kind_vi").distinct()
        is_english = (get_language() or "").startswith("en")
        return sorted(
            ((english, english if is_english else vietnamese) for english, vietnamese in pairs),
            key=lambda pair: pair[1],
        )


class HandOverFilter(EffectFilter):
    decision = django_filters.ModelChoiceFilter(label=_("Decision"), queryset=_decisions)
    way = django_filters.ChoiceFilter(
        label=_("Which way"),
        choices=[("in", _("Received")), ("out", _("Handed over"))],
        method="of_way",
    )

    class Meta:
        model = HandOver
        fields = ("q", "decision", "way", "kind", "how")

    def of_way(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hat = self.request.user.hat
        if hat is None:
            return rows.none()
        if value == "in":
            return rows.filter(successor=hat.agency)
        earlier = Q(predecessor__in=itself_and_predecessors(hat.agency))
        return rows.filter(earlier).exclude(successor=hat.agency)


class DecisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="of_words")
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(DECISION_STATES.items()))
    year = django_filters.NumberFilter(field_name="on__year", label=_("Year"))

    class Meta:
        model = ReorganisationDecision
        fields = ("q", "state", "year")

    def of_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        for word in value.split():
            rows = rows.filter(Q(number__icontains=word) | Q(subject__icontains=word))
        return rows
