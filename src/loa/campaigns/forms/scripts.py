from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.campaigns.forms.fields import long_text
from loa.campaigns.models import Abbreviation, Script, Station
from loa.core.forms import DayInput
from officialdoc.speak import Segment


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NewScriptForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    source_url = forms.URLField(
        label=gettext_lazy("Address of the article"), required=False, max_length=500, assume_scheme="https"
    )
    text = forms.CharField(label=gettext_lazy("Text of the article"), widget=long_text(14), max_length=50_000)


class SlotForm(forms.Form):
    slot_on = forms.DateField(label=gettext_lazy("Day wanted"), required=False, widget=DayInput)
    slot_at = forms.TimeField(label=gettext_lazy("Time wanted"), required=False, widget=TimeInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("slot_at") and not given.get("slot_on"):
            self.add_error("slot_on", _("A slot needs its day."))
        return given


class ScriptForm(SlotForm):
    """The text and how its pieces are read. A piece left as the rules read it is not kept."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    target_seconds = forms.IntegerField(
        label=gettext_lazy("Wanted length, seconds"), min_value=5, max_value=7200, localize=False
    )
    text = forms.CharField(label=gettext_lazy("Text"), widget=long_text(18), max_length=50_000)
    saved_at = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("title", "slot_on", "slot_at", "target_seconds", "text")

    def __init__(self, data: Any = None, *, script: Script, pieces: Sequence[Segment]) -> None:
        names = ("title", "slot_on", "slot_at", "target_seconds", "text")
        initial = {name: getattr(script, name) for name in names}
        super().__init__(data, initial={**initial, "saved_at": script.saved_at.isoformat()})
        self.pieces = list(pieces)  # by the rules alone
        for place, piece in enumerate(self.pieces):
            reading = script.readings.get(piece.written, piece.spoken)
            words = {"piece": piece.written}
            self.fields[f"spoken_{place}"] = forms.CharField(
                label=_("How “%(piece)s” is read") % words,
                required=False,
                max_length=500,
                initial=piece.spoken if reading == piece.written else reading,
            )
            self.fields[f"plain_{place}"] = forms.BooleanField(
                label=_("Leave “%(piece)s” as it is written") % words,
                required=False,
                initial=reading == piece.written,
            )

    def main(self) -> list[BoundField]:
        return [self[name] for name in ("title", "slot_on", "slot_at", "target_seconds")]

    def rows(self) -> Iterator[tuple[Segment, BoundField, BoundField]]:
        for place, piece in enumerate(self.pieces):
            yield piece, self[f"spoken_{place}"], self[f"plain_{place}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        readings = {}
        for place, piece in enumerate(self.pieces):
            spoken = " ".join((given.pop(f"spoken_{place}", "") or "").split())
            if given.pop(f"plain_{place}", False):
                readings[piece.written] = piece.written
            elif spoken and spoken != " ".join(piece.spoken.split()):
                readings[piece.written] = spoken
        return {**given, "readings": readings}


class StationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    words_per_minute = forms.IntegerField(
        label=gettext_lazy("Words read in a minute"),
        min_value=60,
        max_value=400,
        localize=False,
        help_text=gettext_lazy("Count the syllables of a text and take the time of your reader."),
    )
    target_seconds = forms.IntegerField(
        label=gettext_lazy("Wanted length of a script, seconds"), min_value=5, max_value=7200, localize=False
    )
    longest_sentence = forms.IntegerField(
        label=gettext_lazy("Longest sentence, words"), min_value=8, max_value=100, localize=False
    )
    opening = forms.CharField(label=gettext_lazy("Opening words"), required=False, widget=long_text(2))
    closing = forms.CharField(label=gettext_lazy("Closing words"), required=False, widget=long_text(2))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, station: Station, like: Station | None = None) -> None:
        shown = station if station.pk else (like or station)
        super().__init__(data, initial={name: getattr(shown, name) for name in self.base_fields})


class AbbreviationForm(forms.Form):
    letters = forms.CharField(label=gettext_lazy("Letters"), max_length=40)
    spoken = forms.CharField(label=gettext_lazy("Read as"), max_length=200)
    valid_from = forms.DateField(label=gettext_lazy("Holds from"), widget=DayInput)
    valid_to = forms.DateField(label=gettext_lazy("Holds to"), required=False, widget=DayInput)
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, row: Abbreviation) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in self.base_fields})
