from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.channels.models import Delivery, Outlet, Reminder, ReminderRule
from loa.channels.queries import MatterSource, outlets_open, sources
from loa.channels.states import DELIVERY_STATES
from loa.directory.models import Agency


class RuleFilter(django_filters.FilterSet):
    matter = django_filters.ChoiceFilter(label=_("Kind of matter"))
    is_active = django_filters.ChoiceFilter(
        label=_("Active"), choices=[("1", _("Active")), ("0", _("Switched off"))]
    )

    class Meta:
        model = ReminderRule
        fields = ("matter", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["matter"].extra["choices"] = [(source.kind, source.label) for source in sources()]


class OutletFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")
    driver = django_filters.ChoiceFilter(label=_("How it is posted"), choices=Outlet.Driver.choices)

    class Meta:
        model = Outlet
        fields = ("driver",)


class PostFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="post__title", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(DELIVERY_STATES.items()))
    outlet = django_filters.ModelChoiceFilter(label=_("Outlet"), queryset=lambda _request: outlets_open())

    class Meta:
        model = Delivery
        fields = ("state", "outlet")


def overdue_filter(source: MatterSource, agencies: QuerySet[Agency]) -> type[django_filters.FilterSet]:
    """The filter of one kind of overdue matter: whose, and whether somebody was reminded."""

    class OverdueFilter(django_filters.FilterSet):
        agency = django_filters.ModelChoiceFilter(
            label=_("Agency"), field_name=source.agency_field, queryset=agencies
        )
        reminded = django_filters.ChoiceFilter(
            label=_("Reminded"),
            choices=[("none", _("Nobody yet")), *Reminder.Channel.choices],
            method="by_channel",
        )

        def by_channel(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
            return rows.filter(Q(reminded_by__isnull=True) if value == "none" else Q(reminded_by=value))

        class Meta:
            model = source.rows().model
            fields: tuple[str, ...] = ()

    return OverdueFilter
