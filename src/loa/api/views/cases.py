"""An agency's cases for its own system. It tells how they stand and writes drafts; deciding is for people."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from loa.api import queries
from loa.api.case_serializers import (
    CaseSerializer,
    DraftSerializer,
    IdentitySerializer,
    PurposeSerializer,
    StatusSerializer,
)
from loa.api.keys import KeyAllows, KeyAuthentication
from loa.api.models import ApiKey
from loa.api.throttling import KeyThrottle
from loa.core.lists import FoldedSearch
from loa.core.workflow import FlowError
from loa.feedback import actions
from loa.feedback.models import Case
from loa.feedback.states import CASE_STATES

_SCOPES = {"status": "api.write_cases", "draft": "api.write_cases", "identity": "api.read_identity"}
REFUSED = {
    400: OpenApiResponse(description="A field is missing or wrong."),
    401: OpenApiResponse(description="No valid key."),
    403: OpenApiResponse(description="The key's scope or its keeper's role does not allow it."),
    404: OpenApiResponse(description="No such case of the agency."),
    409: OpenApiResponse(description="Not in this state, or somebody else was faster."),
}


class ConflictError(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class CaseFilter(django_filters.FilterSet):
    search = FoldedSearch(field_name="search_text", label="Code or words, accents optional")
    state = django_filters.ChoiceFilter(choices=list(CASE_STATES.items()), label="State")
    subject = django_filters.CharFilter(field_name="subject__code", label="Code of the subject")
    received = django_filters.DateFromToRangeFilter(
        field_name="received_at", label="Received from and to these days"
    )
    due_before = django_filters.DateFilter(field_name="due_on", lookup_expr="lt", label="Due before this day")

    class Meta:
        model = Case
        fields: list[str] = []


@extend_schema(tags=["cases of an agency"])
class CaseViewSet(ReadOnlyModelViewSet):
    """The cases that are with your agency; needs a key that may read them."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer
    authentication_classes = (KeyAuthentication,)
    permission_classes = (KeyAllows,)
    throttle_classes = (KeyThrottle,)
    filter_backends = (DjangoFilterBackend,)
    filterset_class = CaseFilter
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9.]{1,30}"

    def get_queryset(self) -> QuerySet[Case]:
        key = self.request.auth
        rows = queries.cases_of_key(key) if isinstance(key, ApiKey) else Case.objects.none()
        return rows.order_by("-received_at", "-pk")

    def scope_of(self) -> str:
        """The permission that the asked act needs."""
        return _SCOPES.get(self.action, "api.read_cases")

    @extend_schema(request=StatusSerializer, responses={201: StatusSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def status(self, request: Request, **_given: str) -> Response:
        """Tell the asker how the case stands."""
        said = self._said(StatusSerializer)
        note = _take(lambda case: actions.say_status(case, **said, by=request.user), self.get_object())
        return Response(StatusSerializer(note).data, status=201)

    @extend_schema(request=DraftSerializer, responses={200: CaseSerializer, **REFUSED})
    @action(detail=True, methods=["put"])
    def draft(self, request: Request, **_given: str) -> Response:
        """Write the draft of the answer. An officer hands it to the head; nothing is approved or sent here."""
        said, case = self._said(DraftSerializer), self.get_object()
        _take(lambda case: actions.write_answer(case, **said, by=request.user), case)
        return Response(CaseSerializer(case).data)

    @extend_schema(request=PurposeSerializer, responses={200: IdentitySerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def identity(self, request: Request, **_given: str) -> Response:
        """Read who asks, for a purpose. Each reading is on record, and the asker is shown it."""
        said = self._said(PurposeSerializer)
        asker = _take(lambda case: actions.read_identity(case, **said, by=request.user), self.get_object())
        if asker is None:
            raise NotFound("Nobody said who asks.")
        return Response(IdentitySerializer(asker).data)

    def _said(self, serializer_class: Any) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def _take(act: Any, case: Case) -> Any:
    try:
        return act(case)
    except FlowError as error:
        raise ConflictError(str(error)) from error
