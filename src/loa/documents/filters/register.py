from __future__ import annotations

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loa.core.lists import FoldedSearch
from loa.documents.models import Document
from loa.documents.queries import documents_visible_to


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    kinds = documents_visible_to(request.user).order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind) for kind in kinds]


def _years(request: HttpRequest) -> list[tuple[int, str]]:
    days = documents_visible_to(request.user).dates("issued_on", "year", order="DESC")
    return [(day.year, str(day.year)) for day in days]


class DocumentFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(label=_("Kind"))
    year = django_filters.ChoiceFilter(field_name="issued_on", lookup_expr="year", label=_("Year"))
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Document.Direction.choices)

    class Meta:
        model = Document
        fields = ("q", "kind", "year", "direction")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = _kinds(self.request)
        self.filters["year"].extra["choices"] = _years(self.request)
