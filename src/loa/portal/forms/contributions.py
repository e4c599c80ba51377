from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.core.uploads import Upload, UploadError, check_recording, check_upload
from loa.portal.models import Column, Contribution
from loa.portal.queries.contributions import PHOTO_MB, RECORDING_MB, plain_text_of, work_choices
from loa.portal.queries.newsroom import columns_open_to

PHOTO_KINDS = ("jpg", "png")
NEEDED_TO_SEND = ("title", "text", "column")
WORDS = ("title", "text", "place")


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Some photos at once, each checked by its content and freed of place and device."""

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002
        found = []
        for file in data if isinstance(data, list | tuple) else filter(None, [data]):
            try:
                found.append(check_upload(file, file.name, limit_mb=PHOTO_MB, kinds=PHOTO_KINDS))
            except UploadError as error:
                raise forms.ValidationError(f"{file.name[:80]}: {error}") from error
        return found


class RecordingField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Upload | None:  # noqa: ARG002
        if not data:
            return None
        try:
            return check_recording(data, data.name, limit_mb=RECORDING_MB)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error


class ContributionForm(forms.Form):
    """Simple enough for a phone: nothing is required to keep a draft."""

    title = forms.CharField(
        label=_("Headline"),
        required=False,
        max_length=200,
        help_text=_(
            "One sentence: who did what. For example: “The commune answers requests on the same day”."
        ),
    )
    text = forms.CharField(
        label=_("What has happened"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 8})
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput({"accept": "image/jpeg,image/png"}),
        help_text=_("Up to six. The place where a photo was taken is removed from it."),
    )
    recording = RecordingField(
        label=_("Voice recording"),
        required=False,
        widget=forms.FileInput({"accept": "audio/*", "data-recording": ""}),
        help_text=_("Easier than writing? Tell it. Only the editor hears it."),
    )
    happened_on = forms.DateField(label=_("When it happened"), required=False, widget=DayInput)
    place = forms.CharField(label=_("Where it happened"), required=False, max_length=200)
    column = forms.ModelChoiceField(
        label=_("For which column"),
        required=False,
        queryset=Column.objects.none(),
        empty_label=_("Choose a column"),
    )
    work = forms.ChoiceField(label=_("For which task of the plan"), required=False)
    is_named = forms.BooleanField(label=_("My name may stand under it"), required=False, initial=True)

    def __init__(
        self, *args: Any, user: Any, contribution: Contribution | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(contribution), **kwargs)
        self.fields["column"].queryset = columns_open_to(user)
        self.fields["work"].choices = work_choices(user)
        if len(self.fields["work"].choices) == 1:  # the agency has no open work to choose
            del self.fields["work"]
        for name in NEEDED_TO_SEND:
            self.fields[name].is_needed_later = True
        if contribution is not None and contribution.story_id:
            del self.fields["column"]
        for photo in contribution.photos.all() if contribution else ():
            self.fields[f"alt_{photo.pk}"] = forms.CharField(
                label=_("What can be seen on this photo?"),
                required=False,
                max_length=300,
                initial=photo.alt_text,
                help_text=_("For example: “Citizens wait at the one-stop counter of the commune”."),
            )
            self.fields[f"alt_{photo.pk}"].is_needed_later = True

    @property
    def is_blank(self) -> bool:
        """Nothing was sent: no word, no photo, no voice. Asked of what came in: a file is read once, when it is cleaned."""
        return not self.files and not any(self.data.get(name, "").strip() for name in WORDS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["alt_texts"] = {
            int(name[4:]): given.pop(name)
            for name in list(given)
            if name.startswith("alt_") and name != "alt_texts"
        }
        return given


def _initial(contribution: Contribution | None) -> dict[str, Any]:
    if contribution is None:
        return {}
    row = contribution
    kept = {
        name: getattr(row, name) for name in ("title", "text", "place", "happened_on", "column", "is_named")
    }
    if row.story is not None:  # the editor may have worked it over before it came back
        kept |= {"title": row.story.get_latest_revision_as_object().title, "text": plain_text_of(row.story)}
    if row.assignment_id:
        kept["work"] = f"a{row.assignment_id}"
    elif row.duty_assignment_id:
        kept["work"] = f"d{row.duty_assignment_id}"
    return kept
