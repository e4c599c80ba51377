"""Lists of procedures; the register's own sheet can be handed in again."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, state_badge
from loa.procedures.exchange import COLUMNS, cell_of
from loa.procedures.models import (
    ClarityAnswer,
    CommunicationProposal,
    ImportRow,
    Procedure,
    ProcedureImport,
    ProcedureVersion,
)
from loa.procedures.queries.content import FIELDS, LISTS, words_of

_BY_NAME = ("sort_name", "code")


class ProcedureTable(tables.Table):
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    name = tables.Column(verbose_name=gettext_lazy("Procedure"), order_by=_BY_NAME)
    field = tables.Column(verbose_name=gettext_lazy("Field of work"), order_by="field__sort_name")
    agency = tables.Column(verbose_name=gettext_lazy("Agency in charge"), order_by="agency__sort_name")
    levels = tables.Column(verbose_name=gettext_lazy("Level"), orderable=False)
    online_level = tables.Column(
        verbose_name=gettext_lazy("Online service"), order_by="online_level__rank", default="–"
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    class Meta:
        model = Procedure
        fields = ("code", "name", "field", "agency", "levels", "online_level", "state")
        order_by = "name"
        empty_text = gettext_lazy("No procedure matches.")

    def render_name(self, record: Procedure) -> SafeString:
        url = reverse("procedures:procedure_detail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, Truncator(record.name).chars(220))

    def value_name(self, record: Procedure) -> str:
        return record.name

    def render_levels(self, record: Procedure) -> str:
        return ", ".join(record.level_names)

    def render_state(self, record: Procedure) -> SafeString:
        shown = [_in_force(record)]
        if getattr(record, "is_being_changed", False):
            shown.append(badge(_("Being written"), "run"))
        return format_html_join(" ", "{}", ((each,) for each in shown))

    def value_state(self, record: Procedure) -> str:
        return str(_state_words(record)[0])


def _state_words(record: Procedure) -> tuple[str, str]:
    if record.is_in_force:
        return _("In force"), "done"
    return (_("Abolished"), "plain") if record.current_id else (_("Not yet published"), "wait")


def _in_force(record: Procedure) -> SafeString:
    return badge(*_state_words(record))


class ProcedureSheet(tables.Table):
    """Every field of the register: what is exported can be handed in again."""

    class Meta:
        model = Procedure
        fields: tuple[str, ...] = ()
        order_by = "name"

    def order_name(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return rows.order_by(*(f"-{key}" if is_descending else key for key in _BY_NAME)), True

    def as_values(self, *_args: Any, **_kwargs: Any) -> Any:
        yield [str(label) for label in COLUMNS.values()]
        for row in self.rows:
            yield [cell_of(key, _register_value(row.record, key)) for key in COLUMNS]


for _key, _label in COLUMNS.items():
    ProcedureSheet.base_columns[_key] = tables.Column(verbose_name=_label, accessor="pk")


def _register_value(record: Procedure, key: str) -> Any:
    of_register = {"levels": lambda: ", ".join(record.level_names), "name": lambda: record.name}
    if key in of_register:
        return of_register[key]()
    if key in ("code", "field", "agency"):
        return str(getattr(record, key))
    return _version_value(record.current, key)


def _version_value(version: ProcedureVersion | None, key: str) -> Any:
    if version is None:
        return [] if key in LISTS else ""
    if key == "change":
        return str(version.get_change_display())
    if key == "online_level":
        return version.online_level.name_vi if version.online_level else ""
    value = getattr(version, key)
    return "" if value is None else value


class AnswerTable(tables.Table):
    on = DayColumn(verbose_name=gettext_lazy("Day"))
    is_clear = tables.Column(verbose_name=gettext_lazy("Is this clear?"))
    words = tables.Column(verbose_name=pgettext_lazy("sent with an answer", "Words"), default="–")
    version = tables.Column(verbose_name=gettext_lazy("Version"), accessor="version__number")
    act = tables.Column(
        verbose_name=pgettext_lazy("column", "Act"),
        empty_values=(),
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = ClarityAnswer
        fields = ("on", "is_clear", "words", "version")
        order_by = "-on"
        empty_text = gettext_lazy(
            "Nobody has answered yet. The question stands at the end of the public page."
        )

    def before_render(self, request: Any) -> None:
        if not request.user.hat.holds("focal_point", "head"):
            self.columns.hide("act")

    def render_is_clear(self, value: bool) -> SafeString:
        return badge(_("Yes"), "done") if value else badge(_("No"), "soon")

    def value_is_clear(self, value: bool) -> str:
        return str(_("Yes") if value else _("No"))

    def render_act(self, record: ClarityAnswer) -> SafeString | str:
        if not record.words:
            return ""
        url = reverse("procedures:answer_clear", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, _("Take the words away"))


class ProposalTable(tables.Table):
    content = tables.Column(verbose_name=gettext_lazy("What is to be done"), linkify=True, orderable=False)
    procedure = tables.Column(
        verbose_name=gettext_lazy("Procedure"), accessor="version__procedure__name", orderable=False
    )
    agency = tables.Column(verbose_name=gettext_lazy("Proposed by"), order_by="agency__sort_name")
    plan = tables.Column(verbose_name=gettext_lazy("Plan"), accessor="plan__number", order_by="plan__number")
    proposed_at = DayColumn(verbose_name=gettext_lazy("Proposed on"), accessor="proposed_at__date")
    due_on = DayColumn(verbose_name=gettext_lazy("By when"), default="–")
    state = tables.Column(verbose_name=gettext_lazy("State"))

    class Meta:
        model = CommunicationProposal
        fields = ("content", "procedure", "agency", "plan", "proposed_at", "due_on", "state")
        order_by = "-proposed_at"
        empty_text = gettext_lazy(
            "Nothing is proposed. Propose from the page of a version that was just published."
        )

    def render_state(self, record: CommunicationProposal) -> SafeString:
        return state_badge(record)

    def value_state(self, record: CommunicationProposal) -> str:
        return str(record.get_state_display())


class ImportTable(tables.Table):
    file_name = tables.Column(verbose_name=gettext_lazy("File"), linkify=True)
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    created_at = DayColumn(verbose_name=gettext_lazy("Handed in on"), accessor="created_at__date")
    started_by = tables.Column(verbose_name=gettext_lazy("By"), order_by="started_by__sort_name")
    state = tables.Column(verbose_name=gettext_lazy("State"))

    class Meta:
        model = ProcedureImport
        fields = ("file_name", "kind", "created_at", "started_by", "state")
        order_by = "-created_at"
        empty_text = gettext_lazy("No file was handed in yet.")

    render_state = ProposalTable.render_state
    value_state = ProposalTable.value_state


class ImportRowTable(tables.Table):
    number = tables.Column(verbose_name=gettext_lazy("Row"))
    kind = tables.Column(verbose_name=gettext_lazy("What it does"))
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    name = tables.Column(verbose_name=gettext_lazy("Procedure"), orderable=False)
    what = tables.Column(
        verbose_name=gettext_lazy("What changes, or why not"), empty_values=(), orderable=False
    )

    class Meta:
        model = ImportRow
        fields = ("number", "kind", "code", "name", "what")
        order_by = "number"
        empty_text = gettext_lazy("No row of this kind.")

    def render_kind(self, record: ImportRow) -> SafeString:
        tones = {"new": "run", "changed": "soon", "bad": "late"}
        return badge(record.get_kind_display(), tones[record.kind])

    def value_kind(self, record: ImportRow) -> str:
        return str(record.get_kind_display())

    def render_name(self, value: str) -> str:
        return Truncator(value).chars(160)

    def render_what(self, record: ImportRow) -> str:
        return self.value_what(record)

    def value_what(self, record: ImportRow) -> str:
        if record.reason:
            return record.reason
        return "; ".join(self._told(record, key) for key in record.changes)

    def _told(self, record: ImportRow, key: str) -> str:
        """A short field with its new value; a long one by its name."""
        label = str(COLUMNS.get(key, FIELDS.get(key, key)))
        value = words_of(key, record.values)
        return f"{label}: {value}" if value and len(value) <= 60 and "\n" not in value else label
