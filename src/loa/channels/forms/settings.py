from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.channels.models import MailSettings, Notice

PREFIX = "kind_"


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MailSettingsForm(forms.Form):
    """For each kind of notice whether it is mailed; when and in which language."""

    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the daily digest"),
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        coerce=int,
    )
    quiet_from = forms.TimeField(label=_("No e-mail from"), required=False, widget=TimeInput)
    quiet_to = forms.TimeField(label=_("No e-mail until"), required=False, widget=TimeInput)
    is_quiet_on_days_off = forms.BooleanField(
        label=_("No e-mail on weekends and holidays"),
        help_text=_("It waits until the next working day."),
        required=False,
    )
    sends_urgent_at_once = forms.BooleanField(
        label=_("Returned work and escalations at once, whatever the hour"), required=False
    )
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=MailSettings.Language.choices)

    def __init__(self, data: Any = None, *, settings: MailSettings) -> None:
        names = ("digest_hour", "quiet_from", "quiet_to", "is_quiet_on_days_off", "sends_urgent_at_once")
        super().__init__(data, initial={name: getattr(settings, name) for name in (*names, "language")})
        for kind, label in Notice.Kind.choices:
            self.fields[PREFIX + kind] = forms.ChoiceField(
                label=label,
                choices=Notice.Mail.choices,
                initial=settings.choices.get(kind, Notice.Mail.NOW),
                widget=forms.RadioSelect,
            )
        self.order_fields([PREFIX + kind for kind in Notice.Kind.values])

    @property
    def kinds(self) -> list[Any]:
        return [self[PREFIX + kind] for kind in Notice.Kind.values]

    @property
    def times(self) -> list[Any]:
        return [field for field in self if not field.name.startswith(PREFIX)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("quiet_from")) != bool(given.get("quiet_to")) and not self.errors:
            name = "quiet_to" if given.get("quiet_from") else "quiet_from"
            self.add_error(name, _("Say both ends of the quiet hours, or neither."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """As `change_mail_settings` takes them."""
        given = self.cleaned_data
        choices = {kind: given[PREFIX + kind] for kind in Notice.Kind.values}
        rest = {name: value for name, value in given.items() if not name.startswith(PREFIX)}
        return {"choices": choices, **rest}
