"""The lists of gatherings, invitations and people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, moment, state_badge
from loa.events import tickets
from loa.events.models import Attendance, Event, EventSeries, Invitation, Registration

WHOLE = {"td": {"class": "nowrap"}}
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
PRESENCE_TONES = {"present": "done", "absent": "late", "excused": "soon"}


def _link(record: Any, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), words)


class WithState(tables.Table):
    """The state as a badge on the page, as a word in the sheet."""

    state = tables.Column(verbose_name=_("State"))

    def render_state(self, record: Any) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Any) -> str:
        return record.get_state_display()


class EventTable(WithState):
    put_away = ("place",)
    starts_at = tables.Column(verbose_name=_("Begins"))
    title = tables.Column(
        verbose_name=pgettext_lazy("of an event", "Title"),
        order_by="search_text",
        attrs={"td": {"class": "cell--main"}},
    )
    kind = tables.Column(verbose_name=_("Kind"))
    agency = tables.Column(verbose_name=_("Organiser"), order_by="agency__sort_name")
    place = tables.Column(verbose_name=_("Place"), default="–")
    going_count = tables.Column(verbose_name=pgettext_lazy("people", "Coming"), attrs=NUMBER)
    present_count = tables.Column(verbose_name=_("Present"), attrs=NUMBER)
    is_public = tables.BooleanColumn(verbose_name=_("Public"), yesno=f"{_('Yes')},–")

    class Meta:
        model = Event
        fields = (
            "starts_at",
            "title",
            "kind",
            "agency",
            "place",
            "going_count",
            "present_count",
            "is_public",
            "state",
        )
        order_by = "-starts_at"
        empty_text = _("No event yet. Draft one, or wait to be invited.")

    def render_starts_at(self, value: datetime) -> str:
        return moment(value)

    def value_starts_at(self, value: datetime) -> datetime:
        return value

    def render_title(self, record: Event) -> SafeString:
        return _link(record, record.title)

    def value_title(self, record: Event) -> str:
        return record.title

    def render_is_public(self, value: bool) -> str:
        return str(_("Yes")) if value else "–"

    def value_is_public(self, value: bool) -> str:
        return str(_("Yes")) if value else ""


class InvitationTable(WithState):
    event = tables.Column(verbose_name=pgettext_lazy("gathering", "Event"), order_by="event__search_text")
    starts_at = tables.Column(verbose_name=_("Begins"), accessor="event__starts_at")
    body = tables.Column(verbose_name=_("Invited"), empty_values=(), orderable=False)
    quota = tables.Column(verbose_name=_("Places"), attrs=NUMBER)
    name_count = tables.Column(verbose_name=_("Named"), attrs=NUMBER)
    present_count = tables.Column(verbose_name=_("Present"), attrs=NUMBER)
    due_on = DayColumn(verbose_name=_("Names by"), accessor="event__nominations_due_on", default="–")

    class Meta:
        model = Invitation
        fields = ("event", "starts_at", "body", "quota", "name_count", "present_count", "due_on", "state")
        order_by = "-starts_at"
        empty_text = _("No invitation yet.")

    def render_event(self, record: Invitation) -> SafeString:
        return _link(record, record.event.title)

    def value_event(self, record: Invitation) -> str:
        return record.event.title

    def render_starts_at(self, value: datetime) -> str:
        return moment(value)

    def value_starts_at(self, value: datetime) -> datetime:
        return value

    def render_body(self, record: Invitation) -> str:
        return f"{record.network} – {record.agency}" if record.network else str(record.agency)


class GuestTable(InvitationTable):
    """The invitations of one event: the event itself goes without saying."""

    event = None
    starts_at = None
    due_on = None

    class Meta:
        model = Invitation
        fields = ("body", "quota", "name_count", "present_count", "state")
        order_by = ()
        empty_text = _("Nobody is invited yet.")

    def render_body(self, record: Invitation) -> SafeString:
        return _link(record, super().render_body(record))

    def value_body(self, record: Invitation) -> str:
        return super().render_body(record)


class PeopleTable(WithState):
    """Phone and e-mail stand in the organiser's sheet alone, never on the page of the list."""

    name = tables.Column(verbose_name=_("Full name"), order_by="sort_name")
    title = tables.Column(verbose_name=_("Position"), default="–")
    organisation = tables.Column(verbose_name=pgettext_lazy("of a person", "Organisation"), default="–")
    origin = tables.Column(verbose_name=pgettext_lazy("a person came to the list", "How"))
    code = tables.Column(verbose_name=_("Code"), attrs=WHOLE)
    presence = tables.Column(
        verbose_name=_("Attendance"), empty_values=(), accessor="presence", order_by="attendance__presence"
    )
    certificate = tables.Column(
        verbose_name=_("Certificate"), accessor="certificate__printed_number", default="–", attrs=WHOLE
    )

    class Meta:
        model = Registration
        fields = ("name", "title", "organisation", "origin", "code", "presence", "certificate", "state")
        order_by = "name"
        empty_text = _("Nobody is on the list yet.")

    def render_name(self, record: Registration) -> SafeString:
        return _link(record, record.name)

    def value_name(self, record: Registration) -> str:
        return record.name

    def render_code(self, value: str) -> str:
        return tickets.shown(value)

    def render_presence(self, value: str) -> SafeString | str:
        if not value:
            return "–"
        return badge(Attendance.Presence(value).label, PRESENCE_TONES[value])

    def value_presence(self, value: str) -> str:
        return str(Attendance.Presence(value).label) if value else ""


class SeriesTable(tables.Table):
    name = tables.Column(verbose_name=pgettext_lazy("of a series", "Name"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    rhythm = tables.Column(verbose_name=_("How often"), default="–")
    episode_count = tables.Column(verbose_name=_("Episodes"), attrs=NUMBER)
    is_running = tables.Column(verbose_name=_("Goes on"))

    class Meta:
        model = EventSeries
        fields = ("name", "agency", "rhythm", "episode_count", "is_running")
        empty_text = _("No series yet.")

    def render_name(self, record: EventSeries) -> SafeString:
        return _link(record, record.name)

    def value_name(self, record: EventSeries) -> str:
        return record.name

    def render_is_running(self, value: bool) -> str:
        return str(_("Yes") if value else _("No"))
