from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.deadlines import CalendarRangeError
from loa.core.due import LONGEST, Count, count_forward, count_until


@cache
def _django_widgets() -> DjangoTemplates:
    return DjangoTemplates()


class LoaRenderer(TemplatesSetting):
    """Forms look the same everywhere: `{{ form }}` renders our fields with label, help and errors.

    Widgets that have no template of ours come from Django's own engine.
    """

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return _django_widgets().get_template(template_name)


class DayInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever it shows."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class CountForm(forms.Form):
    """From a day either a number of working days forward, or up to a due date."""

    start = forms.DateField(label=_("From"), required=False, widget=DayInput)
    n = forms.IntegerField(
        label=_("Working days"), required=False, min_value=0, max_value=LONGEST // 2, localize=False
    )
    due = forms.DateField(label=_("Or up to"), required=False, widget=DayInput)
    result: Count | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                self.result = self._count(given)
            except CalendarRangeError as error:
                years = {"first": error.first.year, "last": error.last.year}
                raise forms.ValidationError(
                    _("The calendar covers %(first)s to %(last)s only.") % years
                ) from error
        return given

    def _count(self, given: dict[str, Any]) -> Count | None:
        start = given.get("start") or clock.today()
        if given.get("n") is not None:
            return count_forward(start, given["n"])
        if given.get("due") is None:
            return None
        if abs((given["due"] - start).days) > LONGEST:
            raise forms.ValidationError(_("The two dates are more than a year apart."))
        return count_until(given["due"], start=start)
