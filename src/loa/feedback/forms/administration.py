"""What the intake keeps: desks, subjects, grounds, routing rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.forms import DayInput
from loa.directory.models import Agency, Membership, User, in_force
from loa.feedback.forms.fields import AgencyField, CommuneField
from loa.feedback.models import Case, IntakeDesk, RefusalGround, RoutingRule, Subject
from loa.feedback.queries import subjects_on


class _Dated(forms.Form):
    """From a day to a day; open ends never end."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("valid_from"), data.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("The last day lies before the first."))
        return data


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput)


class DeskForm(_Dated):
    agency = AgencyField(label=_("Body"))
    is_main = forms.BooleanField(label=_("Receives what comes by the public form"), required=False)
    phone = forms.CharField(label=_("Hotline"), max_length=50, required=False)
    denunciation_officer = forms.ModelChoiceField(
        label=_("Sole officer who reads denunciations"),
        help_text=_("Works in the body, and is not the person who sets this."),
        queryset=User.objects.none(),
        required=False,
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    valid_from = _day(_("From"))
    valid_to = _day(_("Last day"))

    def __init__(self, *args: Any, desk: IntakeDesk, **kwargs: Any) -> None:
        names = (
            "agency",
            "is_main",
            "phone",
            "denunciation_officer",
            "legal_basis",
            "valid_from",
            "valid_to",
        )
        initial = {name: getattr(desk, name, None) for name in names} if desk.pk else {"is_main": True}
        super().__init__(*args, initial=initial, **kwargs)
        if desk.pk:
            del self.fields["agency"]
            self.fields["denunciation_officer"].queryset = _people(desk.agency)
        else:
            del self.fields["denunciation_officer"]  # named once the body is known


def _people(agency: Agency) -> QuerySet[User]:
    held = Membership.objects.filter(in_force(clock.today()), agency=agency)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


class SubjectForm(_Dated):
    code = forms.SlugField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    words = forms.CharField(
        label=_("Words that indicate it"),
        help_text=_("Separated by commas."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    agency = AgencyField(label=_("Usual answering agency"), required=False)
    rank = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=9999)
    valid_from = _day(_("From"))
    valid_to = _day(_("Last day"))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, initial={name: getattr(subject, name) for name in self.base_fields}, **kwargs)
        if subject.pk:
            del self.fields["code"]  # other systems know it

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Subject.objects.filter(code=code).exclude(pk=self.subject.pk).exists():
            raise forms.ValidationError(gettext("This code is taken."))
        return code


class GroundForm(_Dated):
    code = forms.SlugField(label=_("Code"), max_length=60)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    is_checked = forms.BooleanField(label=_("Checked against the original text"), required=False)
    valid_from = _day(_("From"), required=True)
    valid_to = _day(_("Last day"))

    def __init__(self, *args: Any, ground: RefusalGround, **kwargs: Any) -> None:
        self.ground = ground
        super().__init__(*args, initial={name: getattr(ground, name) for name in self.base_fields}, **kwargs)
        if ground.pk:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        code = data.get("code") or self.ground.code
        rows = RefusalGround.objects.filter(code=code, valid_from=data.get("valid_from"))
        if rows.exclude(pk=self.ground.pk).exists():
            self.add_error("valid_from", gettext("A ground of this code begins on this day already."))
        return data


def _any(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Any")), *choices]


class RuleForm(_Dated):
    """What is left open fits everything."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=_any((kind.value, kind.label) for kind in Case.HANDLED), required=False
    )
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"),
        queryset=Subject.objects.none(),
        required=False,
        empty_label=_("Any"),
    )
    place = AgencyField(label=_("Place"), help_text=_("A commune, or a district above it."), required=False)
    agency = AgencyField(
        label=_("Goes to"), help_text=_("If left empty: to the commune named in the case."), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    valid_from = _day(_("From"))
    valid_to = _day(_("Last day"))

    def __init__(self, *args: Any, rule: RoutingRule, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(rule, name) for name in self.base_fields}, **kwargs)
        self.fields["subject"].queryset = subjects_on(clock.today())


class TryForm(forms.Form):
    """A case that is thought up, to see which rule takes it."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=_any((kind.value, kind.label) for kind in Case.HANDLED), required=False
    )
    subject = forms.ModelChoiceField(
        label=pgettext_lazy("case", "Subject"),
        queryset=Subject.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    commune = CommuneField(label=_("Commune"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects_on(clock.today())
