"""What goes with the acts on a running case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.forms import DayInput
from loa.core.uploads import TYPES, Upload, UploadError, check_upload
from loa.directory.models import Agency
from loa.feedback.models import AnswerTemplate, Subject


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class NoteForm(forms.Form):
    """A reason where the step needs one, a word where it may have one."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=long_text())

    def __init__(self, data: Any = None, *, needs_note: bool = False) -> None:
        super().__init__(data)
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")


class OfficerForm(forms.Form):
    officer = forms.ModelChoiceField(label=gettext_lazy("Officer who answers"), queryset=None)

    def __init__(self, data: Any = None, *, officers: QuerySet, initial: Any = None) -> None:
        super().__init__(data, initial={"officer": initial})
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class _AgencyForm(forms.Form):
    """Chooses among bodies that exist today."""

    field = "agency"

    def __init__(self, data: Any = None, *, agencies: QuerySet[Agency]) -> None:
        super().__init__(data)
        self.fields[self.field].queryset = agencies  # type: ignore[attr-defined]


class TransferForm(_AgencyForm):
    agency = forms.ModelChoiceField(label=gettext_lazy("Responsible agency"), queryset=None)
    note = forms.CharField(label=gettext_lazy("Reason"), widget=long_text())


class GiveBackForm(_AgencyForm):
    field = "suggested"

    note = forms.CharField(label=gettext_lazy("Why it is not ours"), widget=long_text())
    suggested = forms.ModelChoiceField(
        label=gettext_lazy("Responsible agency, if known"), queryset=None, required=False
    )


class ShareForm(_AgencyForm):
    agency = forms.ModelChoiceField(label=gettext_lazy("Agency"), queryset=None)
    question = forms.CharField(label=gettext_lazy("What this agency is to answer"), widget=long_text())
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Empty: three days before the answer is due."),
    )


class PartForm(forms.Form):
    part = forms.CharField(label=gettext_lazy("Your part of the answer"), widget=long_text(10))


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Progress, in words for the sender"),
        widget=long_text(),
        help_text=gettext_lazy("The sender reads this on the page of the case."),
    )


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Question to the sender"),
        widget=long_text(),
        help_text=gettext_lazy("Ask for everything at once: the time limits are suspended until the reply."),
    )


class ExtendForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why more time is needed"),
        widget=long_text(),
        help_text=gettext_lazy("The sender reads the reason."),
    )


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("What you need it for"),
        max_length=200,
        help_text=gettext_lazy("The sender can read who looked, when and why."),
    )


class FileForm(forms.Form):
    """A file that is checked by its content; gives an Upload."""

    upload = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in TYPES)})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _("%(kinds)s, up to %(limit)s MB.") % {
            "kinds": ", ".join(TYPES),
            "limit": settings.UPLOAD_LIMIT_MB,
        }

    def clean_upload(self) -> Upload:
        file = self.cleaned_data["upload"]
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error


class MergeForm(forms.Form):
    """One of the cases that are offered, or any by its code."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Case it is merged with"),
        queryset=None,
        to_field_name="code",
        widget=forms.TextInput({"list": "merge-targets", "autocapitalize": "characters"}),
        help_text=gettext_lazy("The code of a case: choose one above or type it."),
    )

    def __init__(self, data: Any = None, *, targets: QuerySet, initial: str = "") -> None:
        super().__init__(data, initial={"into": initial})
        self.fields["into"].queryset = targets  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Answer"), required=False, widget=long_text(18), strip=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    find = forms.CharField(required=False, max_length=100)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class TemplateForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"), queryset=Subject.objects.all(), required=False
    )
    body = forms.CharField(label=gettext_lazy("Text"), widget=long_text(12))

    def __init__(self, data: Any = None, *, template: AnswerTemplate | None = None) -> None:
        initial = (
            {"title": template.title, "subject": template.subject_id, "body": template.body}
            if template and template.pk
            else None
        )
        super().__init__(data, initial=initial)
