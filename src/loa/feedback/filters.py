from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.lists import FoldedSearch
from loa.feedback.models import Case, Promise, Subject
from loa.feedback.states import CASE_STATES, PROMISE_STATES


class CaseFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Code or words"))
    state = django_filters.ChoiceFilter(choices=list(CASE_STATES.items()), label=_("State"))
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices, label=_("Kind"))
    source = django_filters.ChoiceFilter(choices=Case.Source.choices, label=_("How it came in"))
    subject = django_filters.ModelChoiceFilter(queryset=Subject.objects.all(), label=_("Subject"))

    class Meta:
        model = Case
        fields: list[str] = []


class PromiseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=list(PROMISE_STATES.items()), label=_("State"))
    late = django_filters.BooleanFilter(label=_("Overdue"), method="is_late", widget=CheckboxInput)

    class Meta:
        model = Promise
        fields: list[str] = []

    def is_late(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        return rows.filter(state="open", due_on__lt=clock.today()) if value else rows
