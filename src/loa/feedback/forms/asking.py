"""The four steps of the public form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core import clock
from loa.directory.models import Agency
from loa.feedback import queries
from loa.feedback.forms.humanity import HumanForm
from loa.feedback.models import Case, Consent

DENUNCIATION = "denunciation"
LONGEST = 20_000  # letters
KINDS = (  # as people say it, each with an example
    (Case.Kind.QUESTION, gettext_lazy("I have a question – “Which papers do I need?”")),
    (
        Case.Kind.PROPOSAL,
        gettext_lazy("A rule or procedure should be better – “This paper is asked for twice.”"),
    ),
    (Case.Kind.CONDUCT, gettext_lazy("Somebody treated me badly – “I was sent back three times.”")),
    (Case.Kind.PRAISE, gettext_lazy("I want to praise – “The officer came to my mother's house.”")),
    (
        Case.Kind.COMPLAINT,
        gettext_lazy(
            "Complaint (khiếu nại) – a decision or an act breaks my own rights and I want it reviewed"
        ),
    ),
    (
        DENUNCIATION,
        gettext_lazy("Denunciation (tố cáo) – I report a breach of law; only one officer reads it"),
    ),
)
_POINT = re.compile(r"^\s*(-?\d{1,3}(?:[.,]\d{1,8})?)\s*[;, ]\s*(-?\d{1,3}(?:[.,]\d{1,8})?)\s*$")


class TellForm(forms.Form):
    content = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "In your own words. Leave out numbers of identity cards and telephones: they are not needed here."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 7, "data-keep": ""}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        help_text=gettext_lazy("If you are not sure, leave it open: an officer reads it anyway."),
        choices=KINDS,
        required=False,
        widget=forms.RadioSelect,
    )


class PlaceForm(forms.Form):
    """Where, and about whom; all of it may be left open."""

    commune = forms.ChoiceField(
        label=gettext_lazy("Commune or ward"), required=False, widget=forms.Select({"data-search": ""})
    )
    place = forms.CharField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("Such as a street, a hamlet, the name of an office."),
        max_length=200,
        required=False,
    )
    point = forms.CharField(
        label=gettext_lazy("Point on the map"),
        help_text=gettext_lazy("Latitude and longitude, such as 20.8651, 106.6838."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("About which agency?"),
        help_text=gettext_lazy("Leave it open if you do not know: we find it."),
        required=False,
        widget=forms.RadioSelect,
    )
    other = forms.ChoiceField(
        label=gettext_lazy("Another agency"), required=False, widget=forms.Select({"data-search": ""})
    )
    procedure = forms.ChoiceField(
        label=gettext_lazy("About which procedure?"), required=False, widget=forms.RadioSelect
    )

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any], text: str, procedure: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        day = clock.today()
        commune = Agency.objects.filter(code=initial.get("commune") or "").first()
        found = queries.suggest(text, commune=commune, day=day)
        agencies, procedures = list(found.agencies), list(found.procedures)
        if procedure is not None and procedure not in procedures:
            procedures.insert(0, procedure)
        self.fields["commune"].choices = [("", _("Choose, or leave open")), *_by_district(day)]  # type: ignore[attr-defined]
        others = [(row.code, row.name) for row in queries.answering_agencies_on(day)]
        self._offer("about", [(row.code, row.name) for row in agencies])
        self.fields["other"].choices = [("", _("Choose, or leave open")), *others]  # type: ignore[attr-defined]
        self._offer("procedure", [(row.code, f"{row.name} ({row.code})") for row in procedures])
        named = initial.get("about") or ""
        if named and named not in dict(self.fields["about"].choices):  # type: ignore[attr-defined]
            self.initial = {**self.initial, "about": "", "other": named}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What the words point to; a question with nothing to choose from is not asked."""
        if choices:
            self.fields[name].choices = [*choices, ("", _("I do not know, or none of these"))]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean_point(self) -> list[str]:
        told = self.cleaned_data["point"]
        if not told:
            return []
        found = _POINT.match(told)
        numbers = [Decimal(part.replace(",", ".")) for part in found.groups()] if found else []
        if not numbers or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise ValidationError(_("Write two numbers, such as 20.8651, 106.6838, or leave it empty."))
        return [str(round(number, 6)) for number in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = data.pop("other", "")
        data["about"] = other or data.get("about", "")
        return data


def _by_district(day: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in queries.communes_on(day):
        groups.setdefault(str(row.parent or ""), []).append((row.code, row.name))
    return list(groups.items())


class IdentityForm(forms.Form):
    """Who asks, as far as the person wants to say."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Your name"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=pgettext_lazy("of a person", "Address"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not re.fullmatch(r"[+\d][\d .()-]{5,28}", phone):
            raise ValidationError(_("A telephone number has figures, such as 0912 345 678."))
        return phone


class SendForm(IdentityForm, HumanForm):
    """Who asks, what they allow, and whether a person sends. Nothing is ticked beforehand."""

    contact = forms.BooleanField(label=Consent.Purpose.CONTACT.label, required=False)
    show_name = forms.BooleanField(label=Consent.Purpose.NAME.label, required=False)
    survey = forms.BooleanField(label=Consent.Purpose.SURVEY.label, required=False)
    BOXES = {
        "contact": Consent.Purpose.CONTACT,
        "show_name": Consent.Purpose.NAME,
        "survey": Consent.Purpose.SURVEY,
    }

    def clean(self) -> dict[str, Any]:
        if (
            self.cleaned_data.get("contact")
            and not self.cleaned_data.get("email")
            and "email" not in self.errors
        ):
            self.add_error("email", _("To be told by e-mail we need an address; or untick the box."))
        if self.cleaned_data.get("show_name") and not self.cleaned_data.get("name"):
            self.add_error("name", _("There is no name to show; or untick the box."))
        return super().clean()

    def consents(self) -> dict[str, str]:
        """Each purpose that was ticked, with the words beside the box."""
        return {
            purpose.value: str(self.fields[name].label)
            for name, purpose in self.BOXES.items()
            if self.cleaned_data.get(name)
        }

    def identity(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in IdentityForm.base_fields}
