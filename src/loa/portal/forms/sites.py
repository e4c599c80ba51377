from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.portal.models import AgencySite, SiteHome

FACTS = (
    "title", "english_name", "accent", "address", "english_address", "phone", "email", "responsible", "legal_line",
)  # fmt: skip


class SiteFacts(forms.ModelForm):
    """What a site says of itself on every page."""

    class Meta:
        model = SiteHome
        fields = FACTS
        labels = {"title": _("Name of the site")}


class SiteForm(SiteFacts):
    """With the host, where the site is a part of the city's."""

    host = forms.CharField(
        label=_("Host of its own"),
        required=False,
        max_length=253,
        help_text=_("For example sonoivu.haiphong.example; empty where the site is read at its path only."),
    )

    field_order = ("title", "host")

    def __init__(self, *args: Any, host: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].initial = host
        if not isinstance(self.instance, AgencySite):
            del self.fields["host"]


class OpenSiteForm(SiteFacts):
    """A new site: the city's where there is none yet, else a part of it with an address of its own."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    slug = forms.CharField(
        label=_("Address on the city's site"),
        max_length=100,
        help_text=_(
            "Small letters without marks, for example so-noi-vu. It stays as it is: pages are quoted by it."
        ),
    )
    host = SiteForm.base_fields["host"]

    field_order = ("agency", "title", "slug", "host")

    def __init__(self, *args: Any, agencies: Any, is_city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["agency"]
        chosen.queryset = agencies
        if is_city:
            del self.fields["slug"], self.fields["host"]
        else:
            self.fields["title"].required = False
            self.fields["title"].help_text = _("Empty: the name of the agency.")
