"""What the lists of gatherings are narrowed by."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import FoldedSearch
from loa.directory.models import Agency
from loa.events.models import Attendance, Event, EventSeries, Invitation, Registration
from loa.events.queries import event_agency, events_visible_to, invitations_visible_to, series_visible_to
from loa.events.states import EVENT_STATES, INVITATION_STATES, REGISTRATION_STATES

ALL = _("All")


def _agencies(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    return Agency.objects.filter(pk__in=events_visible_to(request.user).order_by().values("agency"))


def _series(request: HttpRequest | None) -> QuerySet[EventSeries]:
    return series_visible_to(request.user) if request else EventSeries.objects.none()


def _invited(request: HttpRequest | None) -> QuerySet[Agency]:
    if request is None:
        return Agency.objects.none()
    return Agency.objects.filter(pk__in=invitations_visible_to(request.user).order_by().values("agency"))


class EventFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(EVENT_STATES.items()), empty_label=ALL)
    agency = django_filters.ModelChoiceFilter(label=_("Organiser"), queryset=_agencies, empty_label=ALL)
    series = django_filters.ModelChoiceFilter(label=_("Series"), queryset=_series, empty_label=ALL)
    whose = django_filters.ChoiceFilter(
        label=_("Involvement"),
        choices=[
            ("own", _("Of my agency")),
            ("invited", _("My agency is invited")),
            ("panel", _("My agency answers")),
        ],
        method="of_whom",
        empty_label=ALL,
    )
    year = django_filters.NumberFilter(field_name="starts_at", lookup_expr="year", label=_("Year"))

    class Meta:
        model = Event
        fields = ()

    def of_whom(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        agency = event_agency(self.request.user) if self.request else None
        own = {
            "own": Q(agency=agency),
            "invited": Q(
                pk__in=Invitation.objects.filter(agency=agency)
                .exclude(state__in=("draft", "withdrawn"))
                .values("event")
            ),
            "panel": Q(panel__agency=agency),
        }
        return rows.filter(own[value])


class InvitationFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="event__search_text", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(INVITATION_STATES.items()), empty_label=ALL
    )
    agency = django_filters.ModelChoiceFilter(label=_("Invited body"), queryset=_invited, empty_label=ALL)

    class Meta:
        model = Invitation
        fields = ()


class PeopleFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="search_text", label=_("Search"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(REGISTRATION_STATES.items()), empty_label=ALL
    )
    origin = django_filters.ChoiceFilter(
        label=pgettext_lazy("a person came to the list", "How"),
        choices=Registration.Origin.choices,
        empty_label=ALL,
    )
    presence = django_filters.ChoiceFilter(
        label=_("Attendance"),
        field_name="attendance__presence",
        choices=Attendance.Presence.choices,
        empty_label=ALL,
        null_label=_("Not said yet"),
    )

    class Meta:
        model = Registration
        fields = ()


class SeriesFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Search"))
    is_running = django_filters.BooleanFilter(
        label=_("Goes on"),
        widget=forms.Select(choices=[("", ALL), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = EventSeries
        fields = ()
