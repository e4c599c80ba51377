"""Forms of the pages about keys and connected systems."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.api.models import ApiKey, CaseWebhook
from loa.api.queries import keepers_of
from loa.core import clock
from loa.core.forms import DayInput
from loa.directory.models import Agency, User, in_force

_SCOPES = ("may_submit", "may_read", "may_write", "may_see_identity")
_EVENTS = [choice for choice in CaseWebhook.Event.choices if choice[0] != CaseWebhook.Event.PING]


class KeyForm(forms.Form):
    name = forms.CharField(label=_("Name of the system"), max_length=200)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    keeper = forms.ModelChoiceField(
        label=_("Responsible person"),
        queryset=User.objects.none(),
        help_text=_(
            "Works in the agency. What the system does is done in this person's name and with this "
            "person's rights."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the system may do"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    rate = forms.IntegerField(label=_("Calls per minute"), min_value=1, max_value=6000, initial=60)
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until somebody revokes it."),
        widget=DayInput,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        today = clock.today()
        self.fields["agency"].queryset = Agency.objects.filter(in_force(today))  # type: ignore[attr-defined]
        self.fields["keeper"].queryset = keepers_of(today)  # type: ignore[attr-defined]
        labels = [(name, ApiKey._meta.get_field(name).verbose_name) for name in _SCOPES]  # type: ignore[union-attr]  # noqa: SLF001
        self.fields["scopes"].choices = labels  # type: ignore[attr-defined]

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("This day has passed."))
        return day


class RevokeForm(forms.Form):
    note = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class WebhookForm(forms.Form):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("An https address of your agency's system that accepts POST requests."),
    )
    events = forms.MultipleChoiceField(
        label=_("Events to send"), choices=_EVENTS, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, data: Any = None, *, webhook: CaseWebhook) -> None:
        events = webhook.events or [value for value, _label in _EVENTS]
        super().__init__(data, initial={"url": webhook.url, "events": events, "is_active": webhook.is_active})

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        where = urlsplit(url)
        if where.scheme != "https" or where.username:
            raise forms.ValidationError(
                _("Only https addresses without a name and password in them can be notified.")
            )
        return url
