"""Lists of keys, connected systems and what these were told."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from loa.api.models import ApiKey, CaseWebhook, WebhookSending
from loa.core import clock
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, moment, state_badge


class KeyTable(tables.Table):
    name = tables.Column(verbose_name=_("System"), linkify=True)
    start = tables.Column(verbose_name=_("Begins with"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    keeper = tables.Column(verbose_name=_("Responsible person"), order_by="keeper__sort_name")
    scopes = tables.Column(verbose_name=_("Permissions"), orderable=False)
    rate = tables.Column(verbose_name=_("Calls per minute"))
    used_on = DayColumn(verbose_name=_("Last used"), default="–")
    standing = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)

    class Meta:
        model = ApiKey
        fields = ("name", "start", "agency", "keeper", "scopes", "rate", "used_on", "standing")
        order_by = "-made_at"
        empty_text = _("No system has a key yet.")

    def render_scopes(self, value: list[str]) -> str:
        return "; ".join(value)

    def render_standing(self, record: ApiKey) -> str:
        words = self.value_standing(record)
        return badge(words, "done" if record.is_good_on(clock.today()) else "plain")

    def value_standing(self, record: ApiKey) -> str:
        if record.revoked_at:
            return _now("Revoked")
        return _now("In force") if record.is_good_on(clock.today()) else _now("Over")


class WebhookTable(tables.Table):
    url = tables.Column(verbose_name=_("Address"), linkify=True)
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    event_names = tables.Column(verbose_name=_("Events sent"), orderable=False)
    is_active = tables.Column(verbose_name=_("In use"))
    made_at = DayColumn(verbose_name=_("Since"))

    class Meta:
        model = CaseWebhook
        fields = ("url", "agency", "event_names", "is_active", "made_at")
        order_by = "url"
        empty_text = _("No system is connected yet.")

    def render_event_names(self, value: list[str]) -> str:
        return "; ".join(value)

    def render_is_active(self, value: bool) -> str:
        return _now("Yes") if value else _now("No")


class SendingTable(tables.Table):
    at = tables.Column(verbose_name=_("When"))
    event = tables.Column(verbose_name=_("What"))
    case = tables.Column(verbose_name=_("Case"), accessor="case__code", default="–")
    state = tables.Column(verbose_name=_("State"))
    attempt_count = tables.Column(verbose_name=_("Tries"))
    answer = tables.Column(verbose_name=_("Answer"), default="–")
    error = tables.Column(verbose_name=_("Error"), default="–")

    class Meta:
        model = WebhookSending
        fields = ("at", "event", "case", "state", "attempt_count", "answer", "error")
        order_by = "-at"
        empty_text = _("Nothing has been sent yet.")

    def render_at(self, record: WebhookSending) -> str:
        return moment(record.at)

    def render_state(self, record: WebhookSending) -> str:
        return state_badge(record)

    def value_state(self, record: WebhookSending) -> str:
        return str(record.get_state_display())
