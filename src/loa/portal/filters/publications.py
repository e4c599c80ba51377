from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.lists import FoldedSearch
from loa.portal.models import Parcel, Publication
from loa.portal.states import PARCEL, PUBLICATION


class PublicationFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Publication.Kind)
    state = django_filters.ChoiceFilter(label=_("State"), choices=PUBLICATION.choices)

    class Meta:
        model = Publication
        fields: list[str] = []


class ParcelFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="agency__search_name", label=_("Agency"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=PARCEL.choices)
    short = django_filters.ChoiceFilter(
        label=_("Missing copies"), choices=[("yes", _("Some are missing"))], method="of_short"
    )

    class Meta:
        model = Parcel
        fields: list[str] = []

    def of_short(self, rows: QuerySet, _name: str, _value: Any) -> QuerySet:
        return rows.filter(received__lt=F("quantity"))


class OwnParcelFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="dispatch__publication__search_text", label=_("Publication"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=PARCEL.choices)

    class Meta:
        model = Parcel
        fields: list[str] = []
