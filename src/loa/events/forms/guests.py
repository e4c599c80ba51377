from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.directory.models import Agency, AgencyGroup, Network, NetworkMember, User
from loa.events.forms.fields import AgenciesField, NetworksField, long_text
from loa.events.shapes import Name

MOST_PLACES = 1000
PHONE = forms.TextInput({"inputmode": "tel", "autocomplete": "off"})


class InviteForm(forms.Form):
    """Bodies one by one, whole groups of bodies, networks of people; the same number of places for each."""

    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Groups of bodies"),
        queryset=AgencyGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = AgenciesField(
        label=gettext_lazy("Bodies"),
        required=False,
        help_text=gettext_lazy("Hold Ctrl to choose several."),
    )
    networks = NetworksField(label=gettext_lazy("Networks of people"), required=False)
    quota = forms.IntegerField(
        label=gettext_lazy("Places for each"), min_value=1, max_value=MOST_PLACES, initial=2, localize=False
    )
    note = forms.CharField(
        label=gettext_lazy("Whom to send"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Such as: 01 lãnh đạo, 01 công chức phụ trách."),
    )

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Agency],
        groups: QuerySet[AgencyGroup],
        networks: QuerySet[Network],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("agencies", agencies), ("groups", groups), ("networks", networks)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("groups", "agencies", "networks")):
            raise forms.ValidationError(_("Choose whom to invite."))
        return given


class QuotaForm(forms.Form):
    quota = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, max_value=MOST_PLACES, localize=False
    )
    note = forms.CharField(label=gettext_lazy("Whom to send"), required=False, max_length=300)


class NameForm(forms.Form):
    """A person whom a body names: a colleague with an account, or anybody by name."""

    account = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"), queryset=User.objects.none(), required=False, empty_label="–"
    )
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200, required=False)
    title = forms.CharField(label=gettext_lazy("Position"), max_length=200, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False, widget=PHONE)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and not given.get("account") and any(given.values()):
            self.add_error("name", _("Give the name."))
        return given

    def person(self) -> Name | None:
        given = self.cleaned_data
        account = given.get("account")
        name = given.get("name") or (account.full_name if account else "")
        if not name:
            return None
        return Name(
            " ".join(name.split()),
            given.get("title") or "",
            given.get("phone") or "",
            given.get("email") or "",
            account=account,
        )


class _NameFormSet(forms.BaseFormSet):
    def people(self) -> list[Name]:
        found = [form.person() for form in self.forms if not form.cleaned_data.get("DELETE")]
        return [person for person in found if person]


NameFormSet = forms.formset_factory(
    NameForm, formset=_NameFormSet, extra=0, can_delete=True, max_num=MOST_PLACES, absolute_max=1200
)


class MembersForm(forms.Form):
    """People of the invited network."""

    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who comes"),
        queryset=NetworkMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, members: QuerySet[NetworkMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        field.queryset = members  # type: ignore[attr-defined]
        field.label_from_instance = member_words  # type: ignore[attr-defined]

    def people(self) -> list[Name]:
        return [person_of(member) for member in self.cleaned_data["members"]]


def member_words(member: NetworkMember) -> str:
    return ", ".join(part for part in (member.name, member.title, str(member.agency)) if part)


def person_of(member: NetworkMember) -> Name:
    return Name(
        member.name,
        member.title,
        member.phone,
        member.email,
        account=member.account,
        member=member,
        organisation=str(member.agency),
    )


class ReplaceForm(NameForm):
    """Who comes instead, and why."""

    member = forms.ModelChoiceField(
        label=gettext_lazy("Person of the network"),
        queryset=NetworkMember.objects.none(),
        required=False,
        empty_label="–",
    )
    note = forms.CharField(label=gettext_lazy("Reason"), widget=long_text(2), max_length=2000)
    field_order = ("member", "account", "name", "title", "phone", "email", "note")

    def __init__(self, *args: Any, members: QuerySet[NetworkMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = member_words  # type: ignore[attr-defined]
        if not members.exists():
            del self.fields["member"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not any(given.get(name) for name in ("member", "account", "name")):
            self.add_error("name", _("Say who comes instead."))
        return given

    def person(self) -> Name | None:
        member = self.cleaned_data.get("member")
        return person_of(member) if member else super().person()


class PersonForm(forms.Form):
    """A person on the organiser's own list, or one who came without a ticket."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    title = forms.CharField(label=gettext_lazy("Position"), max_length=200, required=False)
    organisation = forms.CharField(
        label=pgettext_lazy("of a person", "Organisation"), max_length=200, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False, widget=PHONE)


class RegisterForm(forms.Form):
    """Anybody's registration. `key` is drawn with the page: the same form sent twice is one place."""

    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy(
            "Telephone or e-mail: with it and your code you come back to your registration."
        ),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Where you work or live"), max_length=200, required=False
    )
    has_consented = forms.BooleanField(
        label=gettext_lazy("I agree that the organiser keeps these details for this event."),
        required=True,
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.pop("website", ""):
            raise forms.ValidationError(_("This could not be sent. Please try again."))
        if not self.errors and not given.get("phone") and not given.get("email"):
            self.add_error(
                "phone", _("Give a telephone number or an e-mail address, so that you can come back.")
            )
        return given

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if len(name) < 2:
            raise forms.ValidationError(_("Give the full name."))
        return name

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        digits = [char for char in phone if char.isdigit()]
        if phone and not 8 <= len(digits) <= 15:
            raise forms.ValidationError(_("This is no telephone number."))
        return phone


class OwnForm(forms.Form):
    """Back to one's own registration."""

    code = forms.CharField(
        label=gettext_lazy("Code of the registration"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    contact = forms.CharField(label=gettext_lazy("Telephone or e-mail that you gave"), max_length=200)
