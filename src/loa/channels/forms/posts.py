from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.channels.models import Outlet

_SECURE = "https://"


class AnnounceForm(forms.Form):
    """The words of an announcement and where it goes."""

    title = forms.CharField(label=_("Title of the announcement"), max_length=300)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}))
    outlets = forms.ModelMultipleChoiceField(
        label=_("Outlets"), queryset=Outlet.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, outlets: QuerySet[Outlet], fixed: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["outlets"].queryset = outlets  # type: ignore[attr-defined]
        if fixed:  # announced before: a further outlet gets the same words
            for name in ("title", "text"):
                self.fields[name].disabled = True


class SendAgainForm(forms.Form):
    """A person answers for having looked."""

    has_looked = forms.BooleanField(label=_("I have checked the outlet: it is not posted there."))

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {}


class PostedForm(forms.Form):
    """Where a post can be read."""

    link = forms.URLField(
        label=_("Address of the post"), required=False, max_length=1000, assume_scheme="https"
    )


class OutletForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    driver = forms.ChoiceField(label=_("How it is posted"), choices=Outlet.Driver.choices)
    address = forms.URLField(
        label=_("Address"),
        help_text=_("Of the page where a person posts, or the https address that takes the text as JSON."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    is_public = forms.BooleanField(
        label=_("The public sees it"),
        help_text=_("If it is not known whether a post arrived, it is never sent again automatically."),
        required=False,
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, outlet: Outlet) -> None:
        names = ("name", "driver", "address", "is_public", "is_active", "note")
        super().__init__(data, initial={name: getattr(outlet, name) for name in names})
        self.outlet = outlet

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Outlet.objects.filter(name__iexact=name).exclude(pk=self.outlet.pk).exists():
            raise forms.ValidationError(_("There is already an outlet of this name."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_machine = given.get("driver") == Outlet.Driver.WEBHOOK
        if is_machine and not given.get("address", "").startswith(_SECURE) and "address" not in self.errors:
            self.add_error("address", _("Texts are sent to https addresses only."))
        return given
