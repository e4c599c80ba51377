from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.directory.models import Agency, AgencyGroup, Network
from loa.portal.models import Dispatch, Parcel

MOST_COPIES = 10_000_000
_DAYS_TO_CONFIRM = 10  # a first suggestion, anybody changes it


class DispatchForm(forms.ModelForm):
    class Meta:
        model = Dispatch
        fields = ["as_of", "confirm_by", "note"]
        widgets = {"as_of": DayInput, "confirm_by": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "as_of": gettext_lazy("Groups and networks mean who belongs to them on this day."),
            "confirm_by": gettext_lazy("Agencies are reminded before and after this day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = clock.today()
        first = {"as_of": today, "confirm_by": today + timedelta(days=_DAYS_TO_CONFIRM)}
        kwargs["initial"] = {**({} if kwargs.get("instance") else first), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class DispatchLineForm(forms.Form):
    """One receiver: the first of the three that is chosen must be the only one."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Agency"), queryset=Agency.objects.none(), required=False, empty_label="–"
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Or each agency of a group"),
        queryset=AgencyGroup.objects.none(),
        required=False,
        empty_label="–",
    )
    network = forms.ModelChoiceField(
        label=gettext_lazy("Or each person of a network"),
        queryset=Network.objects.none(),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("The agency that keeps the network gets the copies for its people."),
    )
    each = forms.IntegerField(
        label=gettext_lazy("Copies for each"), min_value=1, max_value=MOST_COPIES, localize=False
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
        for name, rows in (("agency", agencies), ("group", groups), ("network", networks)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and [given[name] for name in ("agency", "group", "network")].count(None) != 2:
            raise ValidationError(_("Choose one receiver: an agency, a group or a network of people."))
        return given


class ReceiptForm(forms.Form):
    received = forms.IntegerField(
        label=gettext_lazy("Copies received"),
        min_value=0,
        max_value=MOST_COPIES,
        localize=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed where copies are missing or damaged."),
    )


class PaperReceiptsForm(forms.Form):
    """A row for each parcel that is not confirmed; rows without a number are left as they are."""

    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput)

    def __init__(self, *args: Any, parcels: list[Parcel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parcels = parcels
        for parcel in parcels:
            self.fields[f"received_{parcel.pk}"] = forms.IntegerField(
                label=_("Copies received"),
                required=False,
                min_value=0,
                max_value=MOST_COPIES,
                localize=False,
                widget=forms.NumberInput(
                    {"inputmode": "numeric", "aria-label": _("Copies received") + f": {parcel.agency}"}
                ),
            )
            self.fields[f"remark_{parcel.pk}"] = forms.CharField(
                label=_("Remark"),
                required=False,
                max_length=500,
                widget=forms.TextInput({"aria-label": _("Remark") + f": {parcel.agency}"}),
            )

    @property
    def rows(self) -> list[tuple[Parcel, Any, Any]]:
        return [(each, self[f"received_{each.pk}"], self[f"remark_{each.pk}"]) for each in self.parcels]

    @property
    def filled(self) -> list[tuple[Parcel, int, str]]:
        """After `is_valid`: the rows with a number."""
        given = self.cleaned_data
        found = ((each, given[f"received_{each.pk}"], given[f"remark_{each.pk}"]) for each in self.parcels)
        return [row for row in found if row[1] is not None]
