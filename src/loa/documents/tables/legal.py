from __future__ import annotations

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, state_badge
from loa.documents.models import Citation, LegalDocument
from loa.documents.queries import STATUS_LABELS, STATUS_TONES, citing_named, ended_by


class LegalTable(tables.Table):
    number = tables.Column(
        verbose_name=pgettext_lazy("official", "Document"),
        accessor="document__printed_number",
        empty_values=(),
    )
    subject = tables.Column(verbose_name=gettext_lazy("Subject"), accessor="document__subject")
    issuer = tables.Column(verbose_name=gettext_lazy("Issued by"), accessor="document__issuer_name")
    issued_on = DayColumn(verbose_name=gettext_lazy("Issued on"), accessor="document__issued_on")
    field = tables.Column(verbose_name=gettext_lazy("Field of law"))
    status_code = tables.Column(verbose_name=pgettext_lazy("of a law", "Status"))
    state = tables.Column(verbose_name=gettext_lazy("Public"))

    class Meta:
        model = LegalDocument
        fields = ("number", "subject", "issuer", "issued_on", "field", "status_code", "state")
        order_by = "-issued_on"
        empty_text = gettext_lazy("No legal document matches.")

    def order_issued_on(self, rows: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        """Those without a date last."""
        day = F("document__issued_on")
        ordered = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return rows.order_by(ordered, "-pk"), True

    def render_number(self, record: LegalDocument) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)

    def value_number(self, record: LegalDocument) -> str:
        return record.document.printed_number

    def render_subject(self, value: str) -> str:
        return Truncator(value).chars(200)

    def value_subject(self, value: str) -> str:
        return value

    def render_status_code(self, value: str) -> SafeString:
        return badge(STATUS_LABELS[value], STATUS_TONES[value])

    def value_status_code(self, value: str) -> str:
        return str(STATUS_LABELS[value])

    def render_state(self, record: LegalDocument) -> SafeString:
        unchecked = "" if record.is_checked else badge(_("Not verified"), "soon")
        return format_html("{} {}", state_badge(record), unchecked)

    def value_state(self, record: LegalDocument) -> str:
        return record.get_state_display()


class LegalSheet(LegalTable):
    """What is exported has more columns than fit on a page."""

    kind = tables.Column(verbose_name=gettext_lazy("Kind"), accessor="document__kind")
    effective_from = DayColumn(verbose_name=gettext_lazy("In force from"))
    effective_to = DayColumn(verbose_name=gettext_lazy("In force to"))
    is_checked = tables.Column(verbose_name=gettext_lazy("Verified"))

    class Meta(LegalTable.Meta):
        fields = (*LegalTable.Meta.fields, "kind", "effective_from", "effective_to", "is_checked")

    def value_kind(self, value: str) -> str:
        return value.capitalize()

    def value_is_checked(self, record: LegalDocument) -> str:
        return _("Verified") if record.is_checked else _("Not verified")


class CitationTable(tables.Table):
    label = tables.Column(verbose_name=gettext_lazy("Page"))
    source = tables.Column(verbose_name=gettext_lazy("Kind of text"))
    printed = tables.Column(verbose_name=gettext_lazy("Cited as"))
    legal = tables.Column(verbose_name=pgettext_lazy("official", "Document"), order_by="legal__number_key")
    status_code = tables.Column(verbose_name=pgettext_lazy("of a law", "Status"))
    ended_by = tables.Column(
        verbose_name=gettext_lazy("Replaced or abolished by"), empty_values=(), orderable=False
    )
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), order_by="agency__sort_name")
    told_on = DayColumn(verbose_name=gettext_lazy("Told on"))

    class Meta:
        model = Citation
        fields = ("label", "source", "printed", "legal", "status_code", "ended_by", "agency", "told_on")
        order_by = "label"
        empty_text = gettext_lazy("No public text names a document that matches.")

    def before_render(self, _request: object) -> None:
        """What ended the documents of this page: one query."""
        rows = self.paginated_rows if self.page else self.rows
        self._by = ended_by({row.record.legal.document_id for row in rows})

    def render_label(self, record: Citation) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.url, Truncator(record.label).chars(120))

    def value_label(self, record: Citation) -> str:
        return record.label

    def render_source(self, value: str) -> str:
        source = citing_named(value)
        return str(source.label) if source else value

    def render_legal(self, value: LegalDocument) -> SafeString:
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value.name)

    def value_legal(self, value: LegalDocument) -> str:
        return value.name

    def render_status_code(self, value: str) -> SafeString:
        return badge(STATUS_LABELS[value], STATUS_TONES[value])

    def value_status_code(self, value: str) -> str:
        return str(STATUS_LABELS[value])

    def render_ended_by(self, record: Citation) -> str:
        if not hasattr(self, "_by"):
            self.before_render(None)
        return ", ".join(each.name for each in self._by.get(record.legal.document_id, ())) or "–"
