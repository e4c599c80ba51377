"""An outline as a form: its sections and the rows of its figure tables, each a row that can be moved by number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold
from loa.reports.forms.plain import day_input
from loa.reports.models import ReportTemplate
from loa.reports.queries.formulas import formulas

NEW_SECTIONS, NEW_ROWS = 2, 3
ARGUMENTS = ("unit", "kind", "form", "topic", "word")


class TemplateForm(forms.Form):
    """Names and dates of a version; `is_new` asks from which day it is in force."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    valid_from = forms.DateField(label=_("In force from"), widget=day_input())
    valid_to = forms.DateField(label=_("In force to"), widget=day_input(), required=False)
    note = forms.CharField(label=_("Why the outline changes"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, template: ReportTemplate, is_new: bool, **kwargs: Any) -> None:
        initial = {name: getattr(template, name) for name in ("name_vi", "name_en", "legal_basis")}
        super().__init__(*args, initial=initial, **kwargs)
        if not is_new:
            del self.fields["valid_from"], self.fields["valid_to"]

    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name_vi", "name_en", "legal_basis")}


class SectionForm(forms.Form):
    """One section, or a part of one (`parent`)."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    parent = forms.CharField(widget=forms.HiddenInput, required=False)
    position = forms.IntegerField(label=_("No."), min_value=0, max_value=999, required=False)
    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    asked = forms.BooleanField(label=_("Asked of each agency"), required=False)
    optional = forms.BooleanField(label=_("Left out when empty"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("title_vi")) != bool(given.get("title_en")):
            raise forms.ValidationError(_("A section needs a title in both languages."))
        return given


class RowForm(forms.Form):
    """One row of a figure table; rows of one table carry the same title. Without a label it is left out."""

    table_vi = forms.CharField(label=_("Table"), max_length=200, required=False)
    table_en = forms.CharField(label=_("Table in English"), max_length=200, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    table_key = forms.CharField(widget=forms.HiddenInput, required=False)
    label_vi = forms.CharField(label=_("Figure"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Figure in English"), max_length=200, required=False)
    measure = forms.CharField(label=_("Unit of measure"), max_length=40, required=False)
    formula = forms.ChoiceField(label=_("Counted by"), required=False)
    asks_zero_reason = forms.BooleanField(label=_("A zero needs a reason"), required=False)
    unit = forms.CharField(label=_("Only units"), max_length=200, required=False)
    kind = forms.CharField(label=_("Only kinds"), max_length=40, required=False)
    form = forms.CharField(label=_("Only forms of communication"), max_length=200, required=False)
    topic = forms.CharField(label=_("Only topics"), max_length=200, required=False)
    word = forms.CharField(label=_("Only with these words"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, formula.label) for key, formula in formulas().items()]
        self.fields["formula"].choices = [("", _("Filled in by hand")), *choices]

    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in ARGUMENTS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("label_vi") and not (given.get("table_vi") and given.get("measure")):
            raise forms.ValidationError(_("A figure needs its table and a unit of measure."))
        return given


SectionFormSet = forms.formset_factory(SectionForm, extra=NEW_SECTIONS, max_num=60, absolute_max=80)
RowFormSet = forms.formset_factory(RowForm, extra=NEW_ROWS, max_num=120, absolute_max=140)


class OutlineForms:
    """The three forms of one page, read and checked together."""

    def __init__(self, data: Any, *, template: ReportTemplate, is_new: bool) -> None:
        self.template, self.is_new = template, is_new
        self.head = TemplateForm(data, template=template, is_new=is_new)
        self.sections = SectionFormSet(data, prefix="sections", initial=list(_section_rows(template)))
        self.rows = RowFormSet(data, prefix="rows", initial=list(_figure_rows(template)))

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.sections.is_valid(), self.rows.is_valid()])

    def given(self) -> dict[str, Any]:
        """What `change_template` takes; for a new version also its days."""
        sections = self._sections()
        found = {
            "names": self.head.names(),
            "sections": sections,
            "agency_sections": self._agency_sections(sections),
            "tables": self._tables(),
            "note": self.head.cleaned_data["note"],
        }
        if self.is_new:
            found |= {key: self.head.cleaned_data[key] for key in ("valid_from", "valid_to")}
        return found

    def _sections(self) -> list[dict[str, Any]]:
        """What the page does not show of a section (what feeds it) stays as it was."""
        old = {leaf["key"]: leaf for leaf in [*self.template.sections, *self.template.leaves]}
        rows = [row for row in _ordered(self.sections.cleaned_data) if row.get("title_vi")]
        taken = {row["key"] for row in rows if row["key"]}
        found: list[dict[str, Any]] = []
        for row in rows:
            key = row["key"] or _new_key(row["title_vi"], taken)
            kept = {name: value for name, value in old.get(key, {}).items() if name != "parts"}
            section = {"feeds": "texts", **kept, "key": key}
            if "parts" in old.get(key, {}):
                section.pop("feeds")
            section |= {"title_vi": row["title_vi"], "title_en": row["title_en"]}
            section["optional"] = row["optional"]
            section["asked"] = row["asked"] and section.get("feeds") == "texts"
            parent = next((each for each in found if each["key"] == row["parent"]), None)
            if row["parent"] and parent is not None:
                parent.setdefault("parts", []).append(section)
            else:
                found.append(section)
        return [row for row in found if "feeds" in row or row.get("parts")]

    def _agency_sections(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        works = [row for row in self.template.agency_sections if row["key"] in {"lines", "duty_lines"}]
        leaves = [part for section in sections for part in section.get("parts") or [section]]
        keys = ("key", "title_vi", "title_en")
        return works + [{key: leaf[key] for key in keys} for leaf in leaves if leaf.get("asked")]

    def _tables(self) -> list[dict[str, Any]]:
        tables: dict[str, dict[str, Any]] = {}
        taken = {row["key"] for row in self.rows.cleaned_data if row.get("key")}
        names: set[str] = set()
        for row in self.rows.cleaned_data:
            if not row.get("label_vi"):
                continue
            table = tables.get(row["table_vi"])
            if table is None:
                known = row["table_key"] if row["table_key"] not in names else ""
                names |= {known} - {""}
                table = tables[row["table_vi"]] = {
                    "key": known or _new_key(row["table_vi"], names),
                    "title_vi": row["table_vi"],
                    "title_en": row["table_en"] or row["table_vi"],
                    "rows": [],
                }
            table["rows"].append(
                {
                    "key": row["key"] or _new_key(row["label_vi"], taken),
                    "label_vi": row["label_vi"],
                    "label_en": row["label_en"] or row["label_vi"],
                    "unit": row["measure"],
                    "formula": row["formula"],
                    "arguments": {name: row[name] for name in ARGUMENTS if row[name]},
                    "asks_zero_reason": row["asks_zero_reason"],
                }
            )
        return list(tables.values())


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By the numbers that were typed; one without a number comes last."""
    return sorted(
        (row for row in rows if row), key=lambda row: (row["position"] is None, row["position"] or 0)
    )


def _new_key(title: str, taken: set[str]) -> str:
    stem = slugify(fold(title))[:30].strip("-").replace("-", "_") or "phan"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    taken.add(key)
    return key


def _section_rows(template: ReportTemplate) -> Any:
    position = 0
    for section in template.sections:
        for parent, row in [("", section), *((section["key"], part) for part in section.get("parts") or [])]:
            position += 10
            yield {
                **{key: row.get(key, "") for key in ("key", "title_vi", "title_en")},
                "parent": parent,
                "position": position,
                "asked": row.get("asked", False),
                "optional": row.get("optional", False),
            }


def _figure_rows(template: ReportTemplate) -> Any:
    for table, row in template.figure_rows:
        yield {
            "table_vi": table["title_vi"],
            "table_en": table["title_en"],
            "table_key": table["key"],
            **{key: row[key] for key in ("key", "label_vi", "label_en", "formula", "asks_zero_reason")},
            "measure": row["unit"],
            **row.get("arguments", {}),
        }
