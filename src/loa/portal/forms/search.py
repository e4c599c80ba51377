from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.portal.models import PublicText, SiteHome
from loa.portal.queries.search import MAX_LETTERS, Narrowing, sources

ORDERS = (("", _("Best match first")), ("moi", _("Newest first")))


class SearchForm(forms.Form):
    """A question and what narrows it. A value that is none narrows nothing; the question is never lost."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=4 * MAX_LETTERS)
    loai = forms.ChoiceField(label=_("Kind"), required=False)
    co_quan = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    trang_tp = forms.ModelChoiceField(
        label=_("Site"),
        queryset=SiteHome.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All sites"),
    )
    tu = forms.DateField(label=_("From day"), required=False, widget=DayInput)
    den = forms.DateField(label=_("To day"), required=False, widget=DayInput)
    xep = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, source.label) for kind, source in sources.items()]
        self.fields["loai"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]
        spoken = PublicText.objects.order_by().values("agency").distinct()
        self.fields["co_quan"].queryset = Agency.objects.filter(pk__in=spoken)  # type: ignore[attr-defined]
        self.fields["trang_tp"].queryset = SiteHome.objects.live().order_by("depth", "title")  # type: ignore[attr-defined]

    @property
    def narrowing(self) -> Narrowing:
        self.is_valid()
        given = self.cleaned_data
        return Narrowing(
            kind=given.get("loai", ""),
            agency=given.get("co_quan"),
            site=given.get("trang_tp"),
            from_on=given.get("tu"),
            to_on=given.get("den"),
            is_newest_first=given.get("xep") == "moi",
        )
