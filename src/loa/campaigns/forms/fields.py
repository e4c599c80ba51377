"""Fields that the forms of press and radio share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.text import format_money, headline
from loa.core.uploads import TYPES, Upload, UploadError, check_upload
from loa.plans.models import Assignment, DutyAssignment

MOST_MONEY = 10**13
Work = Assignment | DutyAssignment


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class StepForm(forms.Form):
    """What goes with a step: a reason where it needs one."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=long_text(3))

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")

    @classmethod
    def without_note(cls, data: Any) -> StepForm:
        """A plain yes."""
        form = cls(data)
        del form.fields["note"]
        return form


class CheckedFileField(forms.FileField):
    """A file that is checked by its content; gives an Upload."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{kind}" for kind in TYPES)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error


def kinds_and_limit() -> str:
    return _("%(kinds)s, up to %(limit)s MB.") % {
        "kinds": ", ".join(TYPES),
        "limit": settings.UPLOAD_LIMIT_MB,
    }


class MoneyField(forms.Field):
    """Whole đồng; points between thousands may be typed and are shown."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        digits = str(value).replace(".", "").replace(" ", "")
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > MOST_MONEY:
            raise forms.ValidationError(_("Write whole đồng, such as 1.500.000."))
        return int(digits)

    def prepare_value(self, value: Any) -> Any:
        return format_money(value).removesuffix(" ₫") if isinstance(value, int) else value


class WorkField(forms.ChoiceField):
    """A work of the plan among those given; gives the work itself."""

    def offer(self, works: Sequence[Work]) -> None:
        self.works = {work_key(work): work for work in works}
        self.choices = [("", "–"), *((key, _words(work)) for key, work in self.works.items())]

    def clean(self, value: Any) -> Work | None:
        return self.works.get(super().clean(value)) if value else None


def work_key(work: Work | None) -> str:
    if work is None:
        return ""
    return f"{'task' if isinstance(work, Assignment) else 'duty'}-{work.pk}"


def _words(work: Work) -> str:
    said = f"{work.task.no}. {work.task.content}" if isinstance(work, Assignment) else work.duty.text
    return f"{work.plan.number} · {work.agency.short_name or work.agency.name}: {headline(said)[:90]}"
