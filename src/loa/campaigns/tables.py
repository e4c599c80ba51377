"""The lists of press and radio."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.campaigns.models import (
    Abbreviation,
    Candidate,
    Clipping,
    Feed,
    PressAgreement,
    PressBody,
    Script,
    Station,
)
from loa.core import clock
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, moment, state_badge

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


def _link(record: Any, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), words)


class WithState(tables.Table):
    """The state as a badge on the page, as a word in the sheet."""

    state = tables.Column(verbose_name=_("State"))

    def render_state(self, record: Any) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Any) -> str:
        return record.get_state_display()


class ClippingTable(WithState):
    on = DayColumn(verbose_name=_("Day"))
    title = tables.Column(
        verbose_name=_("Title"), order_by="search_text", attrs={"td": {"class": "press-title"}}
    )
    press_body = tables.Column(verbose_name=_("Press body"), order_by="press_body__sort_name")
    column = tables.Column(verbose_name=_("Press column"), default="–")
    genre = tables.Column(verbose_name=_("Genre"))
    author = tables.Column(verbose_name=_("Author"), default="–")
    topic = tables.Column(
        verbose_name=_("Topic"),
        default="–",
        order_by=("topic__label", "topic__position"),
        attrs={"td": {"class": "press-topic"}},
    )
    work = tables.Column(verbose_name=_("Work it counts for"), empty_values=(), orderable=False)
    agency = tables.Column(verbose_name=_("Whose log"), order_by="agency__sort_name")
    link = tables.Column(verbose_name=_("Address"), default="–", orderable=False)

    class Meta:
        model = Clipping
        fields = (
            "on",
            "title",
            "press_body",
            "column",
            "genre",
            "author",
            "topic",
            "work",
            "agency",
            "link",
            "state",
        )
        empty_text = _("Nothing is in the log yet. Paste an address to begin.")

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        """The page has room for the most needed; the sheet holds every column."""
        if request is not None and request.GET.get("export") != "xlsx":
            kwargs["exclude"] = ("author", "link")
        super().__init__(*args, request=request, **kwargs)

    def render_title(self, record: Clipping) -> SafeString:
        return _link(record, record.title)

    def value_title(self, record: Clipping) -> str:
        return record.title

    def render_work(self, record: Clipping) -> SafeString | str:
        work = record.work
        return (
            format_html('<a href="{}">{}</a>', work.get_absolute_url(), self.value_work(record))
            if work
            else "–"
        )

    def value_work(self, record: Clipping) -> str:
        if record.assignment:
            return f"{record.assignment.plan.number} · {record.assignment.task.no}"
        return record.duty_assignment.duty.text[:60] if record.duty_assignment else ""

    def render_link(self, value: str) -> SafeString:
        return format_html('<a href="{}" rel="noopener noreferrer external">{}</a>', value, _("Open"))

    def value_link(self, value: str) -> str:
        return value


class PressBodyTable(tables.Table):
    name = tables.Column(verbose_name=_("Name"), order_by="sort_name")
    kind = tables.Column(verbose_name=_("Kind"))
    agency = tables.Column(verbose_name=_("Agency of the directory"), default="–")
    host = tables.Column(verbose_name=_("Internet"), default="–")
    contact = tables.Column(verbose_name=_("Contact"), default="–")
    phone = tables.Column(verbose_name=_("Phone"), default="–")
    is_active = tables.Column(verbose_name=_("In use"))

    class Meta:
        model = PressBody
        fields = ("name", "kind", "agency", "host", "contact", "phone", "is_active")
        empty_text = _("No press body is entered yet.")

    def render_name(self, record: PressBody) -> SafeString:
        return _link(record, record.name)

    def value_name(self, record: PressBody) -> str:
        return record.name

    def render_is_active(self, value: bool) -> Any:
        return _("Yes") if value else _("No")


class AgreementTable(WithState):
    subject = tables.Column(verbose_name=_("Subject"), order_by="search_text")
    number = tables.Column(verbose_name=_("Number"), default="–")
    press_body = tables.Column(verbose_name=_("Press body"), order_by="press_body__sort_name")
    starts_on = DayColumn(verbose_name=_("From"))
    ends_on = DayColumn(verbose_name=_("To"))
    published_count = tables.Column(verbose_name=pgettext_lazy("how many", "Published"), attrs=NUMBER)
    promised_count = tables.Column(verbose_name=_("Promised"), attrs=NUMBER)

    class Meta:
        model = PressAgreement
        fields = (
            "subject", "number", "press_body", "starts_on", "ends_on", "published_count", "promised_count", "state",
        )  # fmt: skip
        empty_text = _("No agreement is kept yet.")

    def render_subject(self, record: PressAgreement) -> SafeString:
        return _link(record, record.subject)

    def value_subject(self, record: PressAgreement) -> str:
        return record.subject

    def render_ends_on(self, record: PressAgreement) -> SafeString:
        return due_badge(record.ends_on, open=False, link=False) if record.state == "ended" else _end(record)


def _end(agreement: PressAgreement) -> SafeString:
    if agreement.ends_on < clock.today():
        return badge(agreement.ends_on.strftime("%d/%m/%Y"), "plain", str(_("It has ended.")))
    return due_badge(agreement.ends_on, link=False)


class FeedTable(tables.Table):
    press_body = tables.Column(verbose_name=_("Press body"), order_by="press_body__sort_name")
    address = tables.Column(verbose_name=_("Address"))
    words = tables.Column(verbose_name=_("Words to look for"), default="–")
    is_active = tables.Column(verbose_name=_("Fetched every hour"))
    fetched_at = tables.Column(verbose_name=_("Last fetched"), default="–")
    error = tables.Column(verbose_name=_("What went wrong"), default="–")

    class Meta:
        model = Feed
        fields = ("press_body", "address", "words", "is_active", "fetched_at", "error")
        empty_text = _("No feed is watched yet.")

    def render_press_body(self, record: Feed) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("campaigns:feed_detail", args=[record.pk]), record.press_body
        )

    def value_press_body(self, record: Feed) -> str:
        return record.press_body.name

    def render_is_active(self, value: bool) -> Any:
        return _("Yes") if value else _("No")

    def render_fetched_at(self, value: Any) -> str:
        return moment(value)


class CandidateTable(WithState):
    on = DayColumn(verbose_name=_("Day"))
    title = tables.Column(verbose_name=_("Title"), order_by="search_text")
    press_body = tables.Column(verbose_name=_("Press body"), accessor="feed__press_body")
    author = tables.Column(verbose_name=_("Author"), default="–")
    is_suggested = tables.Column(verbose_name=_("Suggested"))
    act = tables.Column(verbose_name=_("What to do"), empty_values=(), orderable=False)

    class Meta:
        model = Candidate
        fields = ("on", "title", "press_body", "author", "is_suggested", "state", "act")
        empty_text = _("Nothing waits to be chosen.")

    def render_title(self, record: Candidate) -> SafeString:
        return format_html(
            '<a href="{}" rel="noopener noreferrer external">{}</a>', record.link, record.title
        )

    def value_title(self, record: Candidate) -> str:
        return record.title

    def render_is_suggested(self, value: bool) -> Any:
        return badge(_("Suggested"), "soon") if value else "–"

    def value_is_suggested(self, value: bool) -> Any:
        return _("Yes") if value else _("No")

    def render_act(self, record: Candidate) -> SafeString | str:
        if record.state == "taken":
            return "–"
        take = reverse("campaigns:candidate_take", args=[record.pk])
        words = format_html('<a class="button" href="{}">{}</a>', take, _("Take"))
        if record.state == "dropped":
            return words
        drop = reverse("campaigns:candidate_drop", args=[record.pk])
        return format_html('{} <a class="button button--quiet" href="{}">{}</a>', words, drop, _("Drop"))

    def value_act(self) -> str:
        return ""


class ScriptTable(WithState):
    title = tables.Column(verbose_name=_("Title"), order_by="search_text")
    slot_on = DayColumn(verbose_name=_("Day wanted"), default="–")
    slot_at = tables.Column(verbose_name=_("Time wanted"), default="–")
    seconds = tables.Column(verbose_name=_("Length, seconds"), attrs=NUMBER)
    target_seconds = tables.Column(verbose_name=_("Wanted, seconds"), attrs=NUMBER)
    writer = tables.Column(verbose_name=_("Writer"), order_by="writer__sort_name")

    class Meta:
        model = Script
        fields = ("title", "slot_on", "slot_at", "seconds", "target_seconds", "writer", "state")
        empty_text = _("No script yet. Paste an article to make one.")

    def render_title(self, record: Script) -> SafeString:
        return _link(record, record.title)

    def value_title(self, record: Script) -> str:
        return record.title

    def render_slot_at(self, value: Any) -> str:
        return f"{value:%H:%M}"


class StationTable(tables.Table):
    name = tables.Column(verbose_name=_("Name"))
    agency = tables.Column(verbose_name=_("Agency"), default=_("For all others"))
    words_per_minute = tables.Column(verbose_name=_("Words a minute"), attrs=NUMBER)
    target_seconds = tables.Column(verbose_name=_("Wanted, seconds"), attrs=NUMBER)
    longest_sentence = tables.Column(verbose_name=_("Longest sentence, words"), attrs=NUMBER)
    note = tables.Column(verbose_name=_("Note"), default="–")

    class Meta:
        model = Station
        fields = ("name", "agency", "words_per_minute", "target_seconds", "longest_sentence", "note")
        empty_text = _("No reading speed is set.")

    def render_name(self, record: Station) -> SafeString | str:
        request = getattr(self, "request", None)
        if request and request.user.has_perm("campaigns.change_station", record):
            url = reverse("campaigns:station_edit", args=[record.pk])
            return format_html('<a href="{}">{}</a>', url, record.name)
        return record.name

    def value_name(self, record: Station) -> str:
        return record.name


class AbbreviationTable(tables.Table):
    letters = tables.Column(verbose_name=_("Letters"))
    spoken = tables.Column(verbose_name=_("Read as"))
    valid_from = DayColumn(verbose_name=_("Holds from"))
    valid_to = DayColumn(verbose_name=_("Holds to"), default="–")
    legal_basis = tables.Column(verbose_name=_("Legal basis"), default="–")

    class Meta:
        model = Abbreviation
        fields = ("letters", "spoken", "valid_from", "valid_to", "legal_basis")
        empty_text = _("No abbreviation is kept.")

    def render_letters(self, record: Abbreviation) -> SafeString | str:
        request = getattr(self, "request", None)
        if request and request.user.has_perm("campaigns.manage_abbreviations"):
            url = reverse("campaigns:abbreviation_edit", args=[record.pk])
            return format_html('<a href="{}">{}</a>', url, record.letters)
        return record.letters

    def value_letters(self, record: Abbreviation) -> str:
        return record.letters
