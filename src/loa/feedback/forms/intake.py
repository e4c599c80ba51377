"""What the intake decides on a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.directory.models import Agency
from loa.feedback.forms.fields import AgencyField
from loa.feedback.models import Case, RefusalGround, Subject
from loa.feedback.queries import grounds_on, subjects_on


class DecideForm(forms.Form):
    """Kind, subject and agency in one act; `offered` are the agencies that are suggested, the rule's first."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in Case.HANDLED],
        widget=forms.RadioSelect,
    )
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"), queryset=Subject.objects.none(), required=False
    )
    chosen = forms.ChoiceField(label=_("Agency"), required=False, widget=forms.RadioSelect)
    other = AgencyField(label=_("Another agency"), required=False)
    note = forms.CharField(
        label=_("Note to the agency"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, offered: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(agency.pk): agency for agency in offered}
        self.fields["chosen"].choices = [(key, str(agency)) for key, agency in self.offered.items()]
        self.fields["subject"].queryset = subjects_on(clock.today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agency = data.pop("other", None) or self.offered.get(data.get("chosen", ""))
        data.pop("chosen", None)
        if agency is None and not self.errors:
            raise forms.ValidationError(gettext("Choose the responsible agency, or type another one."))
        return {**data, "agency": agency}


class GroundChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: RefusalGround) -> str:
        return f"{obj.label} ({obj.legal_basis})"


class RefuseForm(forms.Form):
    ground = GroundChoice(
        label=_("Lawful ground"),
        queryset=RefusalGround.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    note = forms.CharField(
        label=_("Message to the sender"),
        help_text=_("Why it is not handled and where to turn. The ground is shown above these words."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = grounds_on(clock.today())

    def clean_ground(self) -> str:
        return str(self.cleaned_data["ground"].code)


class GuideForm(forms.Form):
    note = forms.CharField(
        label=_("Message to the sender"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    forward_to = AgencyField(
        label=_("Forward it to"),
        help_text=_(
            "The responsible body; it is told and can read the case. Leave empty if the sender goes "
            "there in person."
        ),
        required=False,
    )


class SureForm(forms.Form):
    """Nothing to fill in: the act is asked for once more."""
