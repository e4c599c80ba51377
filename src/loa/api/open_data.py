"""The tables of open data for programs: pages of JSON, without a key, at a rate that serves everybody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter
from rest_framework.throttling import AnonRateThrottle
from rest_framework.viewsets import GenericViewSet

from loa.portal.queries.open_data import Dataset, Field, as_record, datasets

KINDS: dict[str, type[serializers.Field]] = {
    "string": serializers.CharField,
    "integer": serializers.IntegerField,
    "decimal": serializers.FloatField,
    "boolean": serializers.BooleanField,
    "date": serializers.DateField,
    "uri": serializers.URLField,
}
PLAN = OpenApiParameter("plan", int, description="Rows of one plan, by its id.")


class OpenDataThrottle(AnonRateThrottle):
    scope = "open_data"

    def get_rate(self) -> str:
        return str(settings.OPEN_DATA_RATE)


class OpenDataPages(PageNumberPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class OpenDataViewSet(ListModelMixin, GenericViewSet):
    """Nobody is asked who they are; what they get is what everybody gets."""

    dataset: ClassVar[Dataset]
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (OpenDataThrottle,)
    pagination_class = OpenDataPages
    filter_backends = ()

    def get_queryset(self) -> Any:
        return self.dataset.rows(self._plan())

    def get_serializer(self, *args: Any, **_kwargs: Any) -> Any:
        """Rows are records already; the serializer class describes them."""
        return _Records([as_record(self.dataset, row) for row in args[0]])

    def _plan(self) -> int | None:
        asked = self.request.query_params.get("plan", "")
        if not asked or not self.dataset.is_by_plan:
            return None
        if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
            raise NotFound
        return int(asked)


class _Records:
    def __init__(self, data: list[dict[str, Any]]) -> None:
        self.data = data


def _described(field: Field) -> serializers.Field:
    words = f"{field.title}. {field.description}".strip(" .") if field.description else str(field.title)
    return KINDS[field.kind](help_text=words, allow_null=True)


def serializer_of(dataset: Dataset) -> type[serializers.Serializer]:
    fields = {field.name: _described(field) for field in dataset.fields}
    return type(f"Open{_camel(dataset.name)}", (serializers.Serializer,), fields)


def viewset_of(dataset: Dataset) -> type[OpenDataViewSet]:
    """The list of one table, described in the schema by its own fields."""
    made = type(
        f"{_camel(dataset.name)}OpenData",
        (OpenDataViewSet,),
        {"dataset": dataset, "serializer_class": serializer_of(dataset), "__doc__": str(dataset.description)},
    )
    described = extend_schema(
        tags=["open data"],
        operation_id=f"open_{dataset.name.replace('-', '_')}",
        parameters=[PLAN] if dataset.is_by_plan else [],
        responses=serializer_of(dataset)(many=True),
    )
    return extend_schema_view(list=described)(made)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def register_open_data(router: SimpleRouter) -> None:
    """An address for every table of the catalogue: /api/v1/open/<name>/."""
    for dataset in datasets():
        router.register(f"open/{dataset.name}", viewset_of(dataset), basename=f"open-{dataset.name}")
