"""Cases and published answers as programs read and write them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from loa.api.serializers import AgencyField
from loa.feedback.models import Asker, Case, Publication, StatusNote

_LONGEST = 20_000


class SubjectField(serializers.Serializer):
    code = serializers.CharField(help_text="Service code of Open311.")
    name = serializers.CharField()


class AnswerSerializer(serializers.ModelSerializer):
    """A question and its answer in the public register, as an officer has looked them through."""

    code = serializers.CharField(source="case.code", help_text="Code of the case.")
    kind = serializers.ChoiceField(source="case.kind", choices=Case.Kind.choices, allow_blank=True)
    agency = AgencyField(read_only=True)
    subject = SubjectField(source="case.subject", read_only=True, allow_null=True)
    commune = AgencyField(source="case.commune", read_only=True, allow_null=True)
    received_on = serializers.SerializerMethodField()
    asker_name = serializers.CharField(help_text="Only with the asker's consent, else empty.")

    class Meta:
        model = Publication
        fields = [
            "id", "code", "title", "question", "answer", "asker_name", "kind", "subject", "agency", "commune",
            "received_on", "published_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.DateField)
    def get_received_on(self, row: Publication) -> str:
        return row.case.starts_on.isoformat()


class CaseSerializer(serializers.ModelSerializer):
    """A case of the agency. Who asks is not in it; `edition` is to be named when a draft is written."""

    agency = AgencyField(read_only=True)
    subject = SubjectField(read_only=True, allow_null=True)
    commune = AgencyField(read_only=True, allow_null=True)
    draft = serializers.CharField(source="answer", help_text="The present draft, then what was sent.")

    class Meta:
        model = Case
        fields = [
            "code", "state", "kind", "title", "content", "subject", "agency", "commune", "place", "latitude",
            "longitude", "source", "received_at", "due_on", "answered_at", "draft", "edition",
        ]  # fmt: skip
        read_only_fields = fields


class _Words(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_LONGEST, trim_whitespace=True, **kwargs)


class StatusSerializer(serializers.ModelSerializer):
    """Words to the asker about how the case stands."""

    words = _Words()

    class Meta:
        model = StatusNote
        fields = ["words", "at"]
        read_only_fields = ["at"]


class DraftSerializer(serializers.Serializer):
    """A draft of the answer; the officer hands it to the head, who decides."""

    text = _Words(help_text="The whole draft.")
    edition = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The edition that was read; the answer names the new one."
    )


class PurposeSerializer(serializers.Serializer):
    purpose = serializers.CharField(max_length=200, help_text="What it is needed for; the asker can read it.")


class IdentitySerializer(serializers.ModelSerializer):
    """Who asks, as far as they said."""

    class Meta:
        model = Asker
        fields = ["name", "phone", "email", "address"]
        read_only_fields = fields
