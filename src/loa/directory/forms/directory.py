from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core import clock
from loa.core.forms import ApplySheetForm, DayInput
from loa.directory import queries
from loa.directory.exchange import COLUMNS
from loa.directory.fields import AgenciesField, AgencyField, LinesField
from loa.directory.models import (
    Agency,
    AgencyGroup,
    Membership,
    Reorganisation,
    ReorganisationDecision,
    User,
)


class AgencyForm(forms.ModelForm):
    """Everything known of a body but its names, which are dated and have forms of their own."""

    parent = AgencyField(label=gettext_lazy("Parent body"), required=False)

    class Meta:
        model = Agency
        fields = [
            "short_name",
            "symbol",
            "kind",
            "level",
            "parent",
            "place",
            "email",
            "valid_from",
            "valid_to",
            "legal_basis",
            "note",
        ]
        labels = COLUMNS
        widgets = {"valid_from": DayInput, "valid_to": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "symbol": gettext_lazy("Its part of a document symbol, for example SNV."),
            "place": gettext_lazy("The place printed before the date of its documents."),
            "valid_to": gettext_lazy("The last day it existed. Empty: it still exists."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("It ends before it begins."))
        return given


class NewAgencyForm(AgencyForm):
    class Meta(AgencyForm.Meta):
        fields = ["code", "name", *AgencyForm.Meta.fields]
        help_texts = {
            **AgencyForm.Meta.help_texts,
            "code": gettext_lazy("Stays the same for good: letters without marks, digits and hyphens."),
        }


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New name"), max_length=200)
    on = forms.DateField(
        label=gettext_lazy("Called so from"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The old name is kept with its dates. Empty: the old name was only misspelt."),
    )
    legal_basis = forms.CharField(label=gettext_lazy("Decision"), max_length=300, required=False)


class AliasForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Also called"),
        max_length=300,
        help_text=gettext_lazy("A short form or another spelling found in documents."),
    )


class SuccessorForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=Reorganisation.Kind)
    on = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput)
    decision = forms.CharField(
        label=gettext_lazy("Decision"),
        max_length=300,
        help_text=gettext_lazy("Number, date and issuer of the decision that says so."),
    )
    successors = AgenciesField(
        label=gettext_lazy("Successors"),
        required=False,
        help_text=gettext_lazy(
            "Names or codes, one a line. Empty only where the body was abolished for good."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class GroupForm(forms.ModelForm):
    aliases = LinesField(
        label=gettext_lazy("Also printed as"), required=False, help_text=gettext_lazy("One name a line.")
    )

    class Meta:
        model = AgencyGroup
        fields = ["code", "name", "aliases", "note"]
        labels = {"code": COLUMNS["code"], "name": gettext_lazy("Printed name"), "note": COLUMNS["note"]}


class PeriodForm(forms.Form):
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    valid_to = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The last day. Empty: without end."),
    )


class MemberForm(PeriodForm):
    agency = AgencyField(label=gettext_lazy("Body"))
    field_order = ["agency", "valid_from", "valid_to"]


class DayForm(forms.Form):
    """As of which day a page tells; today where nothing sensible is given."""

    on = forms.DateField(label=gettext_lazy("On"), required=False, widget=DayInput)

    @property
    def day(self) -> Any:
        return (self.is_valid() and self.cleaned_data["on"]) or clock.today()


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "username", "email"]
        labels = {
            "full_name": gettext_lazy("Full name"),
            "username": gettext_lazy("User name"),
            "email": gettext_lazy("E-mail"),
        }
        help_texts = {"username": gettext_lazy("One logs in with it or with the e-mail address.")}

    def clean_email(self) -> str:
        """Two accounts must not differ by capitals alone: the address is a log-in name."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this e-mail address."))
        return email


class NoticesForm(forms.Form):
    """Where notices go and whether they go by mail. A new address is also a log-in name: it asks the password."""

    email = forms.EmailField(label=gettext_lazy("E-mail for notices"), max_length=254)
    wants_mail = forms.BooleanField(label=gettext_lazy("Send me notices by e-mail"), required=False)
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Needed only to change the address."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        initial = {"email": user.email, "wants_mail": user.wants_mail}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(_("Another account has this e-mail address."))
        return email

    def clean_password(self) -> str:
        is_new = self.cleaned_data.get("email", self.user.email) != self.user.email
        if is_new and not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return ""


class RoleForm(forms.Form):
    """The dates and the title of a role that is held."""

    title = forms.CharField(
        label=pgettext_lazy("of a person", "Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As printed under a signature, for example GIÁM ĐỐC."),
    )
    valid_from = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    valid_to = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The last day. Empty: without end."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("It ends before it begins."))
        return given


class NewRoleForm(RoleForm):
    agency = AgencyField(label=gettext_lazy("Agency"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Membership.Role)
    field_order = ["agency", "role", "title", "valid_from", "valid_to"]


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConfirmForm(forms.Form):
    """A plain question: the button is the answer."""


class DelegationForm(forms.Form):
    receiver = forms.ModelChoiceField(label=gettext_lazy("To whom"), queryset=User.objects.none())
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("To"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("For example: annual leave.")
    )

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = giver.hat.agency if giver.hat else None
        if agency:
            field: Any = self.fields["receiver"]
            field.queryset = queries.colleagues_who_may_act(giver, agency, clock.today())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return given


class ApplyAgenciesForm(ApplySheetForm):
    renamed_on = forms.DateField(
        label=gettext_lazy("New names hold from"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Old names are kept with their dates. Empty: old names were only misspelt."),
    )


class DecisionForm(forms.ModelForm):
    class Meta:
        model = ReorganisationDecision
        fields = ["number", "subject", "issuer_name", "issued_on", "legal_basis", "on", "note"]
        labels = {
            "number": gettext_lazy("Kind and number of the decision"),
            "subject": gettext_lazy("What it is about"),
            "issuer_name": gettext_lazy("Issued by"),
            "issued_on": gettext_lazy("Issued on"),
            "legal_basis": gettext_lazy("Legal basis"),
            "on": gettext_lazy("In force from"),
            "note": gettext_lazy("Note"),
        }
        help_texts = {
            "number": gettext_lazy("As printed, for example: Nghị quyết 12/NQ-HĐND."),
            "on": gettext_lazy("The first day of the new order: the old bodies end the day before."),
        }
        widgets = {"issued_on": DayInput, "on": DayInput, "note": forms.Textarea(attrs={"rows": 2})}


class ActForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What happens"), choices=Reorganisation.Kind)
    predecessors = AgenciesField(
        label=gettext_lazy("Bodies it is about"), help_text=gettext_lazy("Names or codes, one a line.")
    )
    successors = AgenciesField(
        label=gettext_lazy("Successors"),
        required=False,
        help_text=gettext_lazy(
            "Names or codes, one a line. A body that stays and takes others in stands here and not above."
        ),
    )
    default_successor = AgencyField(
        label=gettext_lazy("Takes what nobody is named for"),
        required=False,
        help_text=gettext_lazy("One of several successors. With one successor it is that one."),
    )
    new_name = forms.CharField(
        label=gettext_lazy("New name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where a body stays the same and is called otherwise."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class NewBodyForm(AgencyForm):
    """A body that a decision makes: its dates and its legal basis are the decision's."""

    class Meta(AgencyForm.Meta):
        fields = ["code", "name", "short_name", "symbol", "kind", "level", "parent", "place", "email"]
        help_texts = NewAgencyForm.Meta.help_texts


class PeopleForm(forms.Form):
    """For each role in a body that ends: in which successor it goes on, as what, or that it ends."""

    END = "-"

    def __init__(
        self,
        *args: Any,
        memberships: Iterable[Membership],
        successors: list[Agency],
        told: dict[str, Any],
        default: Agency | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.successors = {heir.code: heir for heir in successors}
        self.memberships = list(memberships)
        places = [(heir.code, heir.name) for heir in successors] + [(self.END, _("The role ends"))]
        for membership in self.memberships:
            chosen = told.get(str(membership.pk))
            place = (chosen["agency"] or self.END) if chosen else (default.code if default else self.END)
            self.fields[f"to_{membership.pk}"] = forms.ChoiceField(
                label=_("Goes to"), choices=places, initial=place
            )
            self.fields[f"role_{membership.pk}"] = forms.ChoiceField(
                label=_("As"),
                choices=Membership.Role.choices,
                initial=chosen["role"] if chosen else membership.role,
            )

    @property
    def rows(self) -> list[tuple[Membership, Any, Any]]:
        return [(each, self[f"to_{each.pk}"], self[f"role_{each.pk}"]) for each in self.memberships]

    @property
    def people(self) -> dict[int, tuple[Agency | None, str]]:
        """What was chosen, after `is_valid`."""
        given = self.cleaned_data
        return {
            each.pk: (self.successors.get(given[f"to_{each.pk}"]), given[f"role_{each.pk}"])
            for each in self.memberships
        }
