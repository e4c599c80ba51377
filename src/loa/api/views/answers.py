"""The public register for programs: nobody is asked who they are."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from loa.api import queries
from loa.api.case_serializers import AnswerSerializer
from loa.api.open_data import OpenDataPages, OpenDataThrottle
from loa.core.lists import FoldedSearch
from loa.feedback.models import Case, Publication


class AnswerFilter(django_filters.FilterSet):
    search = FoldedSearch(field_name="search_text", label="Words, accents optional")
    agency = django_filters.CharFilter(field_name="agency__code", label="Code of the agency that answered")
    subject = django_filters.CharFilter(field_name="case__subject__code", label="Code of the subject")
    kind = django_filters.ChoiceFilter(field_name="case__kind", choices=Case.Kind.choices, label="Kind")
    published = django_filters.DateFromToRangeFilter(
        field_name="published_at", label="Published from and to these days"
    )

    class Meta:
        model = Publication
        fields: list[str] = []


@extend_schema(tags=["public register"])
class AnswerViewSet(ReadOnlyModelViewSet):
    """Questions of citizens and their answers, as they are public. What was taken back is gone."""

    queryset = Publication.objects.none()
    serializer_class = AnswerSerializer
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (OpenDataThrottle,)
    pagination_class = OpenDataPages
    filter_backends = (DjangoFilterBackend,)
    filterset_class = AnswerFilter
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Publication]:
        return queries.answers_public()
