"""Lists of reminders, outlets and posts; a value without markup goes into the .xlsx."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.channels.models import Delivery, Outlet, Reminder, ReminderRule
from loa.channels.models.reminders import step_name
from loa.channels.queries import MatterSource, source_called
from loa.core.access import permits
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, moment, state_badge
from loa.core.text import headline

_BREAK = SafeString("<br>")


class RuleTable(tables.Table):
    matter = tables.Column(verbose_name=_("Kind of matter"))
    offset = tables.Column(
        verbose_name=_("Step"), linkify=("channels:rule_edit", {"pk": tables.A("pk")}), order_by=("offset",)
    )
    counting = tables.Column(verbose_name=_("Counted in"))
    receivers = tables.Column(verbose_name=_("Who is reminded"), orderable=False)
    tone = tables.Column(verbose_name=_("Tone"))
    valid_from = DayColumn(verbose_name=_("In force from"))
    valid_to = DayColumn(verbose_name=_("In force to"))
    is_active = tables.Column(verbose_name=_("Active"))

    class Meta:
        model = ReminderRule
        fields = ("matter", "offset", "counting", "receivers", "tone", "valid_from", "valid_to", "is_active")
        order_by = ("matter", "offset")
        empty_text = _("No step fits.")

    def render_matter(self, value: str) -> str:
        source = source_called(value)
        return str(source.label) if source else value

    def render_offset(self, value: int) -> str:
        return step_name(value)

    def render_receivers(self, record: ReminderRule) -> str:
        return ", ".join(record.receiver_labels)

    def render_is_active(self, *, value: bool) -> str:
        return badge(gettext("Active"), "run") if value else badge(gettext("Switched off"), "plain")

    def value_is_active(self, *, value: bool) -> str:
        return gettext("Active") if value else gettext("Switched off")


class OutletTable(tables.Table):
    name = tables.Column(verbose_name=_("Name"), linkify=("channels:outlet_edit", {"pk": tables.A("pk")}))
    driver = tables.Column(verbose_name=_("How it is posted"))
    address = tables.Column(verbose_name=_("Address"))
    is_public = tables.Column(verbose_name=_("The public sees it"))
    is_active = tables.Column(verbose_name=_("In use"))

    class Meta:
        model = Outlet
        fields = ("name", "driver", "address", "is_public", "is_active")
        order_by = ("name",)
        empty_text = _("No outlet yet. Add the pages and channels on which the city announces.")

    def render_is_public(self, *, value: bool) -> str:
        return gettext("Yes") if value else gettext("No")

    def render_is_active(self, *, value: bool) -> str:
        return gettext("Yes") if value else gettext("No")


class PostTable(tables.Table):
    title = tables.Column(verbose_name=_("Announcement"), accessor="post__title", linkify=True)
    outlet = tables.Column(verbose_name=_("Outlet"), accessor="outlet__name")
    state = tables.Column(verbose_name=_("State"))
    agency = tables.Column(verbose_name=_("By"), accessor="post__agency__name")
    created_at = tables.Column(verbose_name=_("Prepared"))
    sent_at = tables.Column(verbose_name=_("Posted"))
    link = tables.Column(verbose_name=_("Where"))

    class Meta:
        model = Delivery
        fields = ("title", "outlet", "state", "agency", "created_at", "sent_at", "link")
        order_by = ("-created_at",)
        empty_text = _("Nothing was announced yet. Issued plans and reports can be, from their own pages.")

    def render_title(self, value: str) -> str:
        return headline(value)

    def render_state(self, record: Delivery) -> str:
        return state_badge(record)

    def value_state(self, record: Delivery) -> str:
        return record.get_state_display()

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    def render_sent_at(self, value: Any) -> str:
        return moment(value)

    def render_link(self, value: str) -> str:
        return format_html('<a href="{}" rel="noopener">{}</a>', value, gettext("Open"))

    def value_link(self, value: str) -> str:
        return value


class OverdueTable(tables.Table):
    """Overdue matters of one kind. Party and mass bodies stand among the others by date, never by rank."""

    title = tables.Column(
        verbose_name=_("Matter"), empty_values=(), orderable=False, attrs={"td": {"class": "cell--main"}}
    )
    agency = tables.Column(verbose_name=_("Agency"), empty_values=(), orderable=False)
    due = DayColumn(verbose_name=_("Due"))
    step_offset = tables.Column(verbose_name=_("Step of the ladder"))
    reminded_at = tables.Column(verbose_name=_("Last reminded"))
    reminder_count = tables.Column(verbose_name=_("Reminders"))
    answered = tables.Column(verbose_name=_("What was answered"), orderable=False)
    act = tables.Column(
        verbose_name=_("Remind"),
        empty_values=(),
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "nowrap"}},
    )

    class Meta:
        fields = ("title", "agency", "due", "step_offset", "reminded_at", "reminder_count", "answered", "act")
        order_by = ("due",)
        empty_text = _("Nothing is overdue here.")

    source: MatterSource

    def render_title(self, record: Any) -> str:
        matter = self.source.matter(record)
        return format_html('<a href="{}">{}</a>', matter.url, headline(matter.title)[:160])

    def value_title(self, record: Any) -> str:
        return headline(self.source.matter(record).title)

    def render_agency(self, record: Any) -> str:
        return self.source.matter(record).agency.name

    def render_due(self, record: Any) -> str:
        if self.source.is_waiting:
            return gettext("since %(day)s") % {"day": f"{record.due:%d/%m/%Y}"}
        if self.source.matter(record).agency.is_political:
            return due_badge(record.due, is_before=record.is_before, open=False, link=False)
        return due_badge(record.due, is_before=record.is_before, link=False)

    def render_step_offset(self, value: int) -> str:
        return step_name(value)

    def render_reminded_at(self, record: Any) -> str:
        parts = [moment(record.reminded_at), *self._how(record)]
        return format_html_join(_BREAK, '<span class="{}">{}</span>', (("", part) for part in parts))

    def value_reminded_at(self, record: Any) -> str:
        return "; ".join([moment(record.reminded_at), *self._how(record)]) if record.reminded_at else ""

    def _how(self, record: Any) -> list[str]:
        how = str(dict(Reminder.Channel.choices).get(record.reminded_by, ""))
        return [how, ", ".join(record.told or []) or gettext("nobody holds this role")]

    def render_act(self, record: Any) -> str:
        """Buttons of the page's one form, for who follows the matter up."""
        if not permits(self.request.user, "channels.remind", self.source.matter(record)):
            return ""
        args = [self.source.kind, record.pk]
        return format_html(
            '<button class="button" form="nudge" formaction="{}">{}</button> <a class="small" href="{}">{}</a>',
            reverse("channels:reminder_nudge", args=args),
            gettext("Remind"),
            reverse("channels:reminder_record", args=args),
            gettext("Write down"),
        )

    def render_answered(self, value: str) -> str:
        return headline(value)[:240]


def overdue_table(found: MatterSource) -> type[OverdueTable]:
    """The list of one kind of matter."""

    class Table(OverdueTable):
        source = found

        class Meta(OverdueTable.Meta):
            model = None

    return Table
