from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.events.forms.fields import (
    AssignmentField,
    CheckedFileField,
    DutyField,
    MomentInput,
    OccurrenceField,
    kinds_and_limit,
    long_text,
)
from loa.events.models import Event, EventSeries
from loa.events.shapes import LATER, Line
from loa.plans.models import Assignment, DutyAssignment, Occurrence, Topic

MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "questions_open_at")
LABELS = {
    "registration_opens_at": gettext_lazy("Registration opens"),
    "registration_closes_at": gettext_lazy("Registration closes"),
    "nominations_due_on": gettext_lazy("Names of invited bodies by"),
    "chair": gettext_lazy("Chaired by"),
    "chair_title": gettext_lazy("Title of who chairs, as printed"),
    "questions_open_at": gettext_lazy("Questions are taken from"),
    "series": gettext_lazy("Episode of the series"),
    "certificate_share": gettext_lazy("Minimum share of sessions attended, in percent"),
}
HELP = {
    "capacity": gettext_lazy(
        "Empty: no limit. Those who register when all places are taken go on the waiting list."
    ),
    "registration_opens_at": gettext_lazy("Empty: only invited bodies name people."),
    "registration_closes_at": gettext_lazy("Empty: when the event ends."),
    "chair_title": gettext_lazy("Such as: Phó Chủ tịch UBND thành phố. No name is needed."),
    "questions_open_at": gettext_lazy("Questions are taken until the session has ended."),
    "certificate_share": gettext_lazy(
        "Empty: anyone who attended. Sessions in which attendance is taken are marked in the programme."
    ),
    "is_public": gettext_lazy("The public sees it as soon as it is announced."),
}
GROUPS = (
    (gettext_lazy("What it is"), ("kind", "title", "purpose", "topic", "series")),
    (gettext_lazy("When and where"), ("starts_at", "ends_at", "place", "address", "stream_url")),
    (
        gettext_lazy("Who can come"),
        (
            "is_public",
            "capacity",
            "registration_opens_at",
            "registration_closes_at",
            "nominations_due_on",
        ),
    ),
    (gettext_lazy("An online dialogue"), ("chair", "chair_title", "questions_open_at")),
    (gettext_lazy("What it counts for"), ("assignment", "duty_assignment", "occurrence")),
    (gettext_lazy("How it ends"), ("needs_conclusion", "gives_certificates", "certificate_share")),
)


class _EventForm(forms.ModelForm):
    """The parts of a gathering in groups; `groups` gives them to the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in LABELS:
                field.label = LABELS[name]
            if name in HELP:
                field.help_text = HELP[name]
        if kind := self.fields.get("kind"):
            kind.choices = [("", "–"), *Event.Kind.choices]  # type: ignore[attr-defined]
        if stream := self.fields.get("stream_url"):
            hosts = ", ".join(settings.STREAM_HOSTS)
            stream.help_text = (
                _("The player's https address on: %(hosts)s.") % {"hosts": hosts}
                if hosts
                else _("No streaming host is set: ask the administrator.")
            )
        if share := self.fields.get("certificate_share"):
            share.localize = False
        if capacity := self.fields.get("capacity"):
            capacity.localize = False
            capacity.max_value = 100_000  # type: ignore[attr-defined]

    def groups(self) -> Iterable[tuple[Any, list[BoundField]]]:
        for label, names in GROUPS:
            found = [self[name] for name in names if name in self.fields]
            if found:
                yield label, found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins."))
        if given.get("assignment") and given.get("duty_assignment"):
            self.add_error("duty_assignment", _("Choose a task or a standing duty, not both."))
        if given.get("kind") == Event.Kind.DIALOGUE and not given.get("chair"):
            self.add_error("chair", _("Say who chairs the dialogue."))
        return given


class EventForm(_EventForm):
    """Everything of a draft."""

    assignment = AssignmentField(
        label=gettext_lazy("Task of the plan it counts for"),
        queryset=Assignment.objects.none(),
        required=False,
        empty_label="–",
    )
    duty_assignment = DutyField(
        label=gettext_lazy("Or standing duty"),
        queryset=DutyAssignment.objects.none(),
        required=False,
        empty_label="–",
    )
    occurrence = OccurrenceField(
        label=gettext_lazy("Which one of the task's series"),
        queryset=Occurrence.objects.none(),
        required=False,
        empty_label="–",
    )

    class Meta:
        model = Event
        fields = [name for _label, names in GROUPS for name in names]
        widgets = dict.fromkeys(MOMENTS, MomentInput) | {
            "purpose": long_text(4),
            "nominations_due_on": DayInput,
        }

    def __init__(
        self,
        *args: Any,
        topics: QuerySet[Topic],
        series: QuerySet[EventSeries],
        assignments: QuerySet[Assignment],
        duties: QuerySet[DutyAssignment],
        occurrences: QuerySet[Occurrence],
        agencies: QuerySet[Agency],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "topic": topics,
            "series": series,
            "assignment": assignments,
            "duty_assignment": duties,
            "occurrence": occurrences,
            "chair": agencies,
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
            self.fields[name].empty_label = "–"  # type: ignore[attr-defined]


class LaterForm(_EventForm):
    """What may still change once it is approved."""

    class Meta:
        model = Event
        fields = list(LATER)
        widgets = {name: MomentInput for name in MOMENTS if name in LATER} | {"nominations_due_on": DayInput}


class LineForm(forms.Form):
    starts_at = forms.DateTimeField(label=gettext_lazy("Begins"), widget=MomentInput)
    title = forms.CharField(label=gettext_lazy("Content"), max_length=300)
    speaker = forms.CharField(label=gettext_lazy("Who speaks"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("Room"), max_length=200, required=False)
    takes_attendance = forms.BooleanField(label=gettext_lazy("Attendance is taken"), required=False)

    def line(self) -> Line:
        return Line(**{name: self.cleaned_data[name] for name in Line._fields})


class _LineFormSet(forms.BaseFormSet):
    def lines(self) -> list[Line]:
        return [
            form.line() for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


LineFormSet = forms.formset_factory(
    LineForm, formset=_LineFormSet, extra=4, can_delete=True, max_num=100, absolute_max=120
)


class PanelForm(forms.Form):
    """Bodies that answer, in the order of the rows."""

    def __init__(self, *args: Any, agencies: QuerySet[Agency], present: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(len(present) + 4):
            self.fields[f"agency_{place}"] = forms.ModelChoiceField(
                label=_("Body %(n)d") % {"n": place + 1},
                queryset=agencies,
                required=False,
                initial=present[place] if place < len(present) else None,
                empty_label="–",
            )

    def agencies(self) -> list[Agency]:
        return [agency for agency in self.cleaned_data.values() if agency]


class MaterialForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a file", "Title"), max_length=300, required=False)
    file = CheckedFileField(label=gettext_lazy("File"))
    is_public = forms.BooleanField(label=gettext_lazy("Everybody may read it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = kinds_and_limit()


class RecordingForm(forms.Form):
    recording = CheckedFileField(
        label=gettext_lazy("Recording"),
        required=False,
        kinds=("mp4", "mp3"),
        help_text=gettext_lazy(".mp4 or .mp3. People watch it here after the event."),
    )
    captions = forms.FileField(
        label=gettext_lazy("Subtitles"),
        required=False,
        widget=forms.FileInput({"accept": ".vtt"}),
        help_text=gettext_lazy("A .vtt file, for those who cannot hear the recording."),
    )

    def clean_captions(self) -> str | None:
        file = self.cleaned_data["captions"]
        if not file:
            return None
        if file.size > 4_000_000:
            raise forms.ValidationError(_("The subtitles are too long."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not in UTF-8.")) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("recording") and given.get("captions") is None:
            raise forms.ValidationError(_("Choose a recording, subtitles or both."))
        return {"upload": given.get("recording"), "captions": given.get("captions")}


class SeriesForm(forms.ModelForm):
    class Meta:
        model = EventSeries
        fields = ["name", "about", "rhythm", "is_public", "is_running"]
        widgets = {"about": long_text(3)}
        help_texts = {"rhythm": gettext_lazy("Such as: một tháng một số, tối thứ Sáu tuần đầu.")}
