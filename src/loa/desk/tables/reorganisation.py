"""Lists of reorganisations; a value without markup goes into the .xlsx."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.access import permits
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, state_badge
from loa.directory.models import HandOver, ReorganisationDecision

TONES = {
    "moved": "run",
    "merged": "run",
    "begun": "done",
    "ended": "plain",
    "told": "wait",
    "refused": "late",
}


class DecisionTable(tables.Table):
    number = tables.Column(
        verbose_name=_("Decision"), linkify=("desk:decision_detail", {"pk": tables.A("pk")})
    )
    subject = tables.Column(verbose_name=_("What it is about"), orderable=False)
    on = DayColumn(verbose_name=_("In force from"))
    act_count = tables.Column(verbose_name=_("Acts"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = ReorganisationDecision
        fields = ("number", "subject", "on", "act_count", "state")
        order_by = ("-on",)
        empty_text = _("No reorganisation is prepared. Begin with the paper that decides it.")

    def render_state(self, record: ReorganisationDecision) -> SafeString:
        return state_badge(record)

    def value_state(self, record: ReorganisationDecision) -> str:
        return record.get_state_display()


class HandOverTable(tables.Table):
    """What moved from whom to whom, under the names of that day."""

    kind = tables.Column(verbose_name=_("Kind"), order_by=("kind_vi", "position"), empty_values=())
    label = tables.Column(verbose_name=_("What"), orderable=False)
    how = tables.Column(verbose_name=_("What happens"))
    predecessor_name = tables.Column(verbose_name=_("From whom"))
    successor_name = tables.Column(verbose_name=_("To whom it goes"))
    note = tables.Column(verbose_name=_("Note"), orderable=False, empty_values=())

    class Meta:
        model = HandOver
        fields = ("kind", "label", "how", "predecessor_name", "successor_name", "note")
        order_by = ("position",)
        sequence = ("kind", "label", "how", "predecessor_name", "successor_name", "note")
        empty_text = _("Nothing was passed on.")

    def render_label(self, record: HandOver) -> SafeString | str:
        return (
            format_html('<a href="{}">{}</a>', record.url, record.label)
            if self._opens(record)
            else record.label
        )

    def value_label(self, record: HandOver) -> str:
        return record.label

    def _opens(self, record: HandOver) -> bool:
        """An administrator keeps the directory and reads no plans; others open what they received."""
        if not record.url:
            return False
        is_administrator = permits(self.request.user, "directory.manage_directory")
        return not is_administrator or record.url.startswith(reverse("directory:agency_list"))

    def render_how(self, record: HandOver) -> SafeString:
        return badge(record.get_how_display(), TONES.get(record.how, "plain"))

    def value_how(self, record: HandOver) -> str:
        return record.get_how_display()

    def render_note(self, record: HandOver) -> Any:
        return record.note


class PassedOnTable(HandOverTable):
    """Over all decisions that were applied."""

    on = DayColumn(verbose_name=_("From day"), accessor="decision__on")
    decision = tables.Column(verbose_name=_("Decision"), accessor="decision__number")

    class Meta(HandOverTable.Meta):
        fields = (*HandOverTable.Meta.fields, "on", "decision")
        sequence = ("on", *HandOverTable.Meta.sequence, "decision")
        order_by = ("-on",)
