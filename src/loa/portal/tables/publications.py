"""Lists of publications, of the receivers of a round, of what comes to an agency."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, quantity, state_badge
from loa.portal.models import Parcel, Publication


class CopiesColumn(tables.Column):
    """1.234 on the page, a number in the sheet."""

    def render(self, value: int) -> str:
        return quantity(value)

    def value(self, value: int) -> int:
        return value


class PublicationTable(tables.Table):
    title = tables.Column(
        verbose_name=pgettext_lazy("of a plan or document", "Title"), linkify=True, order_by=("title", "pk")
    )
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by=("agency__sort_name",))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    print_run = CopiesColumn(verbose_name=gettext_lazy("Print run"))
    given_out = CopiesColumn(verbose_name=gettext_lazy("Given out"))
    received_count = CopiesColumn(verbose_name=gettext_lazy("Confirmed"))
    download_count = CopiesColumn(verbose_name=gettext_lazy("Downloads"))
    released_on = DayColumn(verbose_name=gettext_lazy("Released on"))

    class Meta:
        model = Publication
        fields = [
            "title", "kind", "agency", "state", "print_run", "given_out", "received_count", "download_count",
            "released_on",
        ]  # fmt: skip
        order_by = ("-released_on", "title")
        empty_text = gettext_lazy("No publication fits. Begin one: a title and two sentences are enough.")

    def render_state(self, record: Publication) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Publication) -> str:
        return str(record.get_state_display())


class ParcelTable(tables.Table):
    """The board of a round: few columns on the page, one for each fact in the sheet."""

    put_away = ("missing",)
    agency = tables.Column(
        verbose_name=gettext_lazy("Agency"),
        order_by=("agency__sort_name",),
        attrs={"td": {"class": "cell--main"}},
    )
    why = tables.Column(verbose_name=gettext_lazy("Copies for"), accessor="parts", visible=False)
    quantity = CopiesColumn(verbose_name=gettext_lazy("Sent"))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    received = CopiesColumn(verbose_name=gettext_lazy("Copies received"))
    missing = CopiesColumn(verbose_name=gettext_lazy("Missing"), accessor="shortage", orderable=False)
    received_on = DayColumn(verbose_name=gettext_lazy("Received on"))
    remark = tables.Column(verbose_name=gettext_lazy("Remark"), visible=False)
    confirmed_by = tables.Column(verbose_name=gettext_lazy("Confirmed by"), visible=False)

    class Meta:
        model = Parcel
        fields = [
            "agency", "why", "quantity", "state", "received", "missing", "received_on", "remark", "confirmed_by",
        ]  # fmt: skip
        order_by = "agency"
        empty_text = gettext_lazy("No agency fits.")

    def render_agency(self, record: Parcel) -> SafeString:
        return format_html(
            '<a href="{}">{}</a><br><span class="muted small">{}</span>',
            record.get_absolute_url(),
            record.agency,
            in_words(record.parts),
        )

    def value_agency(self, record: Parcel) -> str:
        return record.agency.name

    def render_state(self, record: Parcel) -> SafeString:
        told = format_html('<br><span class="muted small">{}</span>', record.remark) if record.remark else ""
        return format_html("{}{}", self._badge(record), told)

    def _badge(self, record: Parcel) -> SafeString:
        if record.state == "confirmed" and record.shortage:
            return badge(_("Received, copies missing"), "late")
        if record.is_on_paper:
            return badge(_("Received, on paper"), "done")
        return state_badge(record)

    def value_state(self, record: Parcel) -> str:
        return str(record.get_state_display())

    def render_missing(self, value: int) -> str:
        return quantity(value) if value else "–"

    def value_why(self, value: list[dict[str, Any]]) -> str:
        return in_words(value)


def in_words(parts: list[dict[str, Any]]) -> str:
    """Through which lines of the list an agency gets copies."""
    found = []
    for part in parts:
        name = part["for"] or _("the agency itself")
        people = _(" (%(n)s people)") % {"n": part["people"]} if part["people"] else ""
        found.append(f"{name}{people}: {quantity(part['quantity'])}")
    return "; ".join(found)


class OwnParcelTable(tables.Table):
    """What comes to one's agency."""

    publication = tables.Column(
        verbose_name=gettext_lazy("Publication"),
        accessor="dispatch__publication__title",
        linkify=("portal:parcel_detail", {"pk": tables.A("pk")}),
    )
    sender = tables.Column(
        verbose_name=gettext_lazy("Sender"),
        accessor="dispatch__publication__agency",
        order_by=("dispatch__publication__agency__sort_name",),
    )
    sent_on = DayColumn(verbose_name=gettext_lazy("Sent on"), accessor="dispatch__sent_on")
    quantity = CopiesColumn(verbose_name=gettext_lazy("Sent"))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    received = CopiesColumn(verbose_name=gettext_lazy("Copies received"))
    due = DayColumn(verbose_name=gettext_lazy("Confirm by"), accessor="dispatch__confirm_by")

    class Meta:
        model = Parcel
        fields = ["publication", "sender", "sent_on", "quantity", "state", "received", "due"]
        order_by = ("-sent_on",)
        empty_text = gettext_lazy("Nothing has been sent to your agency.")

    def render_state(self, record: Parcel) -> SafeString:
        if record.dispatch.state == "withdrawn":
            return badge(_("Cancelled"), "plain")
        return state_badge(record)

    def value_state(self, record: Parcel) -> str:
        return str(record.get_state_display())

    def render_due(self, record: Parcel) -> SafeString:
        is_open = record.state == "waiting" and record.dispatch.state == "sent"
        return due_badge(record.dispatch.confirm_by, open=is_open)
