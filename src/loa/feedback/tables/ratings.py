"""What askers said of answers."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import state_badge
from loa.feedback.models import Rating


class RatingTable(tables.Table):
    case = tables.Column(
        verbose_name=_("Code"), accessor="case__code", linkify=("feedback:case_detail", [tables.A("case_id")])
    )
    stars = tables.Column(verbose_name=_("Stars"))
    words = tables.Column(verbose_name=_("Sender's comment"), default="–", orderable=False)
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    at = DayColumn(verbose_name=pgettext_lazy("rating", "Given on"))
    allowed = tables.Column(verbose_name=_("May be shown"), accessor="is_allowed", order_by="is_allowed")
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Rating
        fields = ("case", "stars", "words", "agency", "at", "allowed", "state")
        order_by = "-at"
        empty_text = _("No answer has been rated yet.")

    def render_words(self, record: Rating) -> str:
        return Truncator(record.words).chars(160) or "–"

    def value_words(self, record: Rating) -> str:
        return record.words

    def render_allowed(self, value: bool) -> str:
        return str(_("Yes")) if value else str(_("No"))

    def render_state(self, record: Rating) -> SafeString | str:
        return state_badge(record) if record.words else "–"

    def value_state(self, record: Rating) -> str:
        return record.get_state_display() if record.words else ""
