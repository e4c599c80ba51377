"""Fields that forms and filters of the directory share: agencies by name or code, lines of words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from loa.directory import queries
from loa.directory.models import Agency


class AgencyInput(forms.TextInput):
    """A field that offers every agency while one types, and takes a typed name or code as well."""

    template_name = "directory/agency_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "autocomplete": "off"})
        context["widget"]["agencies"] = queries.agency_labels()
        return context


class AgencyField(forms.CharField):
    """One agency, typed by name or code. Cleans to an Agency or None."""

    widget = AgencyInput

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Agency.objects.filter(pk=value).first()
        return queries.agency_label(value) if isinstance(value, Agency) else value

    def clean(self, value: Any) -> Agency | None:
        text = super().clean(value)
        return find_agency(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


class AgenciesField(forms.CharField):
    """Several agencies, one a line. Cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Agency]:
        return [find_agency(line) for line in super().clean(value).splitlines() if line.strip()]


def find_agency(text: str) -> Agency:
    found = queries.agencies_called(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(queries.agency_label(agency) for agency in found[:5])
        raise forms.ValidationError(
            _("“%(text)s” may be %(names)s. Say which.") % {"text": text, "names": names}
        )
    raise forms.ValidationError(_("No agency is called “%(text)s”.") % {"text": text})


class LinesField(forms.CharField):
    """Words, one entry a line. Cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]
