from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.documents.models import Document


class DocumentTable(tables.Table):
    printed_number = tables.Column(verbose_name=_("Number"), empty_values=())
    kind = tables.Column(verbose_name=_("Kind"))
    subject = tables.Column(verbose_name=_("Subject"), order_by="search_text")
    issuer_name = tables.Column(verbose_name=_("Issued by"))
    issued_on = DayColumn(verbose_name=_("Issued on"))
    direction = tables.Column(verbose_name=_("Direction"))

    class Meta:
        model = Document
        fields = ("printed_number", "kind", "subject", "issuer_name", "issued_on", "direction")
        order_by = "-issued_on"
        empty_text = _("No document of your agency matches.")

    def order_printed_number(self, rows: object, is_descending: bool) -> tuple[object, bool]:
        """By the number itself: 9 before 10."""
        sign = "-" if is_descending else ""
        return rows.order_by(f"{sign}issued_on__year", f"{sign}number", f"{sign}printed_number"), True  # type: ignore[attr-defined]

    def render_printed_number(self, record: Document) -> str:
        return record.printed_number or "–"

    def value_printed_number(self, record: Document) -> str:
        return record.printed_number

    def render_subject(self, record: Document) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', record.get_absolute_url(), Truncator(record.subject).chars(260)
        )

    def value_subject(self, record: Document) -> str:
        return record.subject
