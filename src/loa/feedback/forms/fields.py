"""Fields of the intake's forms: communes of today, procedures, several files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.uploads import Upload, UploadError, check_upload
from loa.directory.models import Agency, in_force
from loa.directory.queries import agencies_called, agency_label, agency_labels
from loa.procedures.models import Procedure
from loa.procedures.queries import public_procedures

MOST_FILES = 5


class _ListInput(forms.TextInput):
    """A text field that offers the rows of a list while one types."""

    template_name = "directory/agency_input.html"

    def labels(self) -> list[str]:
        return agency_labels()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "autocomplete": "off"})
        context["widget"]["agencies"] = self.labels()
        return context


class AgencyField(forms.CharField):
    """One agency, typed by name or code. Cleans to an Agency or None."""

    widget = _ListInput

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Agency.objects.filter(pk=value).first()
        return agency_label(value) if isinstance(value, Agency) else value

    def clean(self, value: Any) -> Agency | None:
        text = super().clean(value)
        found = agencies_called(text) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError(_("No agency is called “%(text)s”.") % {"text": text})
        return found[0] if found else None


class CommuneInput(_ListInput):
    def labels(self) -> list[str]:
        rows = Agency.objects.filter(in_force(clock.today()), kind=Agency.Kind.COMMUNE).order_by("sort_name")
        return [agency_label(row) for row in rows]


class CommuneField(AgencyField):
    """A commune that exists today, by name or code. Cleans to an Agency or None."""

    widget = CommuneInput

    def clean(self, value: Any) -> Agency | None:
        agency = super().clean(value)
        if agency is not None and agency.kind != Agency.Kind.COMMUNE:
            raise forms.ValidationError(_("%(agency)s is no commune.") % {"agency": agency})
        return agency


class ProcedureInput(_ListInput):
    def labels(self) -> list[str]:
        rows = public_procedures().order_by("code").values_list("code", "name")
        return [f"{code} · {name}" for code, name in rows]


class ProcedureField(forms.CharField):
    """A procedure, typed by its code. Cleans to a Procedure or None."""

    widget = ProcedureInput

    def clean(self, value: Any) -> Procedure | None:
        text = super().clean(value)
        if not text:
            return None
        found = public_procedures().filter(code=text.partition(" ")[0].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No procedure has this code: choose one from the list."))
        return found


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Cleans to checked uploads; one that is not taken is named with its reason."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        given = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("At most %(n)d files.") % {"n": MOST_FILES})
        found, wrong = [], []
        for file in given:
            try:
                found.append(check_upload(super().clean(file, initial), file.name))
            except UploadError as refused:
                wrong.append(f"{file.name}: {refused}")
        if wrong:
            raise forms.ValidationError(wrong)
        return found
