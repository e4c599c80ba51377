from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.forms import DayInput
from loa.directory.fields import AgencyField
from loa.directory.models import Network, NetworkMember, User


def _check_period(form: forms.ModelForm, given: dict[str, Any]) -> dict[str, Any]:
    first, last = given.get("valid_from"), given.get("valid_to")
    if first and last and last < first:
        form.add_error("valid_to", _("It ends before it begins."))
    return given


class NetworkForm(forms.ModelForm):
    class Meta:
        model = Network
        fields = ["name", "kind", "level", "legal_basis", "valid_from", "valid_to", "note"]
        labels = {"valid_from": gettext_lazy("From"), "valid_to": gettext_lazy("To")}
        widgets = {"valid_from": DayInput, "valid_to": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "legal_basis": gettext_lazy("Number and date of the decision that recognises these people."),
            "valid_to": gettext_lazy("The last day. Empty: without end."),
        }

    def clean(self) -> dict[str, Any]:
        return _check_period(self, super().clean() or {})


class NetworkMemberForm(forms.ModelForm):
    agency = AgencyField(label=gettext_lazy("Works in"))
    account = forms.CharField(
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("The user name, where the person has an account."),
    )

    class Meta:
        model = NetworkMember
        fields = [
            "name",
            "title",
            "agency",
            "phone",
            "email",
            "account",
            "code",
            "valid_from",
            "valid_to",
            "note",
        ]
        labels = {"valid_from": gettext_lazy("From"), "valid_to": gettext_lazy("To")}
        widgets = {"valid_from": DayInput, "valid_to": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "code": gettext_lazy("Empty: the next one of the list."),
            "valid_to": gettext_lazy("The last day. Empty: without end."),
        }

    def __init__(self, *args: Any, instance: NetworkMember | None = None, **kwargs: Any) -> None:
        initial = {"account": instance.account.username if instance and instance.account else ""}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["code"].required = False

    def clean_account(self) -> User | None:
        name = self.cleaned_data["account"]
        if not name:
            return None
        found = User.objects.filter(username__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("There is no account “%(cell)s”.") % {"cell": name})
        return found

    def clean(self) -> dict[str, Any]:
        return _check_period(self, super().clean() or {})
