"""Fields that the forms of gatherings share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.text import headline
from loa.core.uploads import TYPES, Upload, UploadError, check_upload
from loa.directory.models import Agency, Network
from loa.plans.models import Assignment, DutyAssignment, Occurrence


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class MomentInput(forms.DateTimeInput):
    """The browser's own day and time; it speaks ISO whatever it shows."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def format_value(self, value: Any) -> str | None:
        if hasattr(value, "tzinfo") and value.tzinfo is not None:
            value = timezone.localtime(value)
        return super().format_value(value)


class StepForm(forms.Form):
    """What goes with a step: a reason where it needs one."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=long_text(3), max_length=2000)

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")


class NewTimeForm(StepForm):
    """When it is to be instead."""

    starts_at = forms.DateTimeField(label=gettext_lazy("Begins"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=gettext_lazy("Ends"), widget=MomentInput)
    field_order = ("starts_at", "ends_at", "note")


class CheckedFileField(forms.FileField):
    """A file that is checked by its content; gives an Upload."""

    def __init__(self, *, kinds: tuple[str, ...] = tuple(TYPES), **kwargs: Any) -> None:
        self.kinds = kinds
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{kind}" for kind in kinds)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            upload = check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error
        if upload.kind not in self.kinds:
            words = {"kinds": ", ".join(self.kinds)}
            raise forms.ValidationError(_("Taken are: %(kinds)s.") % words)
        return upload


def kinds_and_limit() -> str:
    return _("%(kinds)s, up to %(limit)s MB.") % {
        "kinds": ", ".join(TYPES),
        "limit": settings.UPLOAD_LIMIT_MB,
    }


class AssignmentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.plan.number} – {obj.task.no}. {headline(obj.task.content)[:110]}"


class DutyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DutyAssignment) -> str:
        return f"{obj.plan.number} – {headline(obj.duty.text)[:110]}"


class OccurrenceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Occurrence) -> str:
        on = f" ({obj.on:%d/%m/%Y})" if obj.on else ""
        return f"{obj.task.no}. {obj.title[:100]}{on}"


class AgenciesField(forms.ModelMultipleChoiceField):
    widget = forms.SelectMultiple({"size": 8})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **kwargs)


class NetworksField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Network.objects.none(), **kwargs)

    def label_from_instance(self, obj: Network) -> str:
        return f"{obj.name} ({obj.keeper})"
