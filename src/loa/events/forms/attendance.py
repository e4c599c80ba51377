from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.text import format_date
from loa.events.forms.fields import long_text
from loa.events.models import Attendance, EventPaper, EventSession, Registration


class AttendanceForm(forms.Form):
    """The signed list, a row for each person; tab goes down it."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[Registration],
        known: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`known`: of one session, by the key of the registration; None: of the event as a whole."""
        super().__init__(*args, **kwargs)
        self.people = people
        choices = [("", "–"), *Attendance.Presence.choices]
        for person in people:
            self.fields[f"p{person.pk}"] = forms.ChoiceField(
                label=_("Attendance of %(name)s") % {"name": person.name},
                choices=choices,
                required=False,
                initial=person.presence if known is None else known.get(person.pk, ""),
            )

    def rows(self) -> Iterator[tuple[Registration, BoundField]]:
        for person in self.people:
            yield person, self[f"p{person.pk}"]

    def presences(self) -> dict[int, str]:
        return {person.pk: self.cleaned_data[f"p{person.pk}"] for person in self.people}


class CodeForm(forms.Form):
    """A code, and the session that people come to where attendance is taken session by session."""

    code = forms.CharField(
        label=gettext_lazy("Code of the ticket"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "data-code": ""}),
    )
    session = forms.ModelChoiceField(
        label=gettext_lazy("Session"),
        queryset=EventSession.objects.none(),
        empty_label=None,
        widget=forms.Select({"data-session": ""}),
    )
    field_order = ("session", "code")

    def __init__(
        self,
        *args: Any,
        sessions: Sequence[EventSession] = (),
        now: EventSession | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not sessions:
            del self.fields["session"]
            return
        field = self.fields["session"]
        field.queryset = EventSession.objects.filter(pk__in=[row.pk for row in sessions])  # type: ignore[attr-defined]
        field.label_from_instance = session_words  # type: ignore[attr-defined]
        field.initial = now


def session_words(session: EventSession) -> str:
    local = timezone.localtime(session.starts_at)
    return f"{local:%H:%M} {format_date(local.date())} · {session.title}"


class PaperForm(forms.ModelForm):
    saved_at = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = EventPaper
        fields = ["text", "receivers"]
        labels = {
            "text": gettext_lazy("Text"),
            "receivers": gettext_lazy("Receivers, one a line"),
        }
        widgets = {"text": long_text(18), "receivers": long_text(3)}
        help_texts = {
            "text": gettext_lazy(
                "Plain lines. “1. …” is a heading, a line with a dash is an item; the opening, number "
                "and signature are added automatically."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["saved_at"].initial = self.instance.saved_at.isoformat()
