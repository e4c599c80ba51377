from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency
from loa.procedures.models import (
    ClarityAnswer,
    CommunicationProposal,
    ImportRow,
    OnlineLevel,
    Procedure,
    ProcedureField,
    ProcedureImport,
    ProcedureVersion,
)
from loa.procedures.queries import (
    agencies_in_register,
    fields_in_register,
    levels_in_register,
    procedures_visible_to,
)
from loa.procedures.states import IMPORT_STATES, OPEN_STATES, PROPOSAL_STATES

ALL = _("All")


def _agencies_of(request: Any) -> QuerySet[Agency]:
    shown = procedures_visible_to(request.user).filter(agency=OuterRef("pk")).order_by()
    return Agency.objects.filter(Exists(shown))


class _RegisterFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    level = django_filters.ChoiceFilter(
        field_name="levels",
        lookup_expr="contains",
        label=_("Level"),
        choices=Procedure.Level.choices,
        empty_label=ALL,
    )

    class Meta:
        model = Procedure
        fields: list[str] = []


class PublicFilter(_RegisterFilter):
    """What a citizen narrows the list by; only what the register holds is offered."""

    field = django_filters.ModelChoiceFilter(
        label=_("Field of work"), queryset=lambda _request: fields_in_register(), empty_label=ALL
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=lambda _request: agencies_in_register(), empty_label=ALL
    )
    online = django_filters.ModelChoiceFilter(
        field_name="online_level",
        label=_("Online service"),
        queryset=lambda _request: levels_in_register(),
        empty_label=ALL,
    )


class ProcedureFilter(_RegisterFilter):
    field = django_filters.ModelChoiceFilter(
        label=_("Field of work"), queryset=lambda _request: ProcedureField.objects.all(), empty_label=ALL
    )
    agency = django_filters.ModelChoiceFilter(label=_("Agency"), queryset=_agencies_of, empty_label=ALL)
    online = django_filters.ModelChoiceFilter(
        field_name="online_level",
        label=_("Online service"),
        queryset=lambda _request: OnlineLevel.objects.all(),
        empty_label=ALL,
    )
    work = django_filters.ChoiceFilter(
        label=_("Work"),
        method="by_work",
        choices=[
            ("open", _("A version is being written")),
            ("late", _("Overdue for publication")),
            ("in_force", _("In force")),
            ("abolished", _("Abolished")),
        ],
        empty_label=ALL,
    )

    def by_work(self, rows: QuerySet[Procedure], _name: str, value: str) -> QuerySet[Procedure]:
        if value == "in_force":
            return rows.filter(is_in_force=True)
        if value == "abolished":
            return rows.filter(is_in_force=False, current__isnull=False)
        open_rows = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), state__in=OPEN_STATES)
        if value == "late":
            open_rows = open_rows.filter(due_on__lt=clock.today())
        return rows.filter(Exists(open_rows))


class ChangeFilter(django_filters.FilterSet):
    """What changed, by field and agency."""

    field = django_filters.ModelChoiceFilter(
        field_name="procedure__field",
        label=_("Field of work"),
        queryset=lambda _request: fields_in_register(),
        empty_label=ALL,
    )
    agency = django_filters.ModelChoiceFilter(
        field_name="procedure__agency",
        label=_("Agency"),
        queryset=lambda _request: agencies_in_register(),
        empty_label=ALL,
    )
    change = django_filters.ChoiceFilter(
        label=_("Change"), choices=ProcedureVersion.Change.choices, empty_label=ALL
    )
    since = django_filters.DateFilter(
        field_name="published_on", lookup_expr="gte", label=_("Since"), widget=DayInput
    )

    class Meta:
        model = ProcedureVersion
        fields: list[str] = []


class AnswerFilter(django_filters.FilterSet):
    clear = django_filters.ChoiceFilter(
        label=_("Is this clear?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        method="by_answer",
        empty_label=ALL,
    )
    words = django_filters.ChoiceFilter(
        label=pgettext_lazy("sent with an answer", "Words"),
        choices=[("with", _("With words"))],
        method="by_words",
        empty_label=ALL,
    )

    class Meta:
        model = ClarityAnswer
        fields: list[str] = []

    def by_answer(self, rows: QuerySet[ClarityAnswer], _name: str, value: str) -> QuerySet[ClarityAnswer]:
        return rows.filter(is_clear=value == "yes")

    def by_words(self, rows: QuerySet[ClarityAnswer], _name: str, _value: str) -> QuerySet[ClarityAnswer]:
        return rows.exclude(words="")


class ProposalFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(PROPOSAL_STATES.items()), empty_label=ALL
    )

    class Meta:
        model = CommunicationProposal
        fields: list[str] = []


class ImportFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(IMPORT_STATES.items()), empty_label=ALL
    )

    class Meta:
        model = ProcedureImport
        fields: list[str] = []


class ImportRowFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Code or name"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("What it does"), choices=ImportRow.Kind.choices, empty_label=ALL
    )

    class Meta:
        model = ImportRow
        fields: list[str] = []

    def by_words(self, rows: QuerySet[ImportRow], _name: str, value: str) -> QuerySet[ImportRow]:
        return rows.filter(Q(code__icontains=value) | Q(name__icontains=value))
