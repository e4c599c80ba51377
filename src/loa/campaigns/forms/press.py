from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.campaigns.forms.fields import CheckedFileField, MoneyField, kinds_and_limit
from loa.campaigns.links import host_of
from loa.campaigns.models import Feed, PressAgreement, PressBody
from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.plans.models import Topic

BLANK_ROWS = 3


class PressBodyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PressBody.Kind.choices)
    agency = forms.ModelChoiceField(
        label=gettext_lazy("Agency of the directory"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("Where it must publish under a plan, what it publishes counts for its work."),
    )
    host = forms.CharField(
        label=gettext_lazy("Its address on the internet"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("By it a pasted link tells which press body it is of: baohaiphong.vn"),
    )
    contact = forms.CharField(label=gettext_lazy("Contact"), required=False, max_length=300)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)

    def __init__(self, data: Any = None, *, body: PressBody, agencies: QuerySet[Agency]) -> None:
        names = ("name", "kind", "host", "contact", "phone", "email", "is_active")
        initial = {name: getattr(body, name) for name in names} | {"agency": body.agency_id}
        super().__init__(data, initial=initial)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_host(self) -> str:
        typed = self.cleaned_data["host"].strip()
        if not typed:
            return ""
        host = host_of(typed if "//" in typed else f"https://{typed}")
        if "." not in host:
            raise forms.ValidationError(_("Write it as in baohaiphong.vn."))
        return host


class AgreementForm(forms.Form):
    """An agreement with rows of what is promised: column, topic, how many."""

    press_body = forms.ModelChoiceField(label=gettext_lazy("Press body"), queryset=None)
    number = forms.CharField(label=gettext_lazy("Number of the contract"), required=False, max_length=80)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("To"), widget=DayInput)
    amount = MoneyField(label=gettext_lazy("Amount, đồng"), required=False)
    remind_days = forms.IntegerField(
        label=gettext_lazy("Remind so many days before its end"), min_value=0, max_value=365, localize=False
    )
    upload = CheckedFileField(label=gettext_lazy("The signed agreement"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        agreement: PressAgreement,
        bodies: QuerySet[PressBody],
        topics: QuerySet[Topic],
    ) -> None:
        names = ("number", "subject", "starts_on", "ends_on", "amount", "remind_days")
        initial = {name: getattr(agreement, name) for name in names} | {"press_body": agreement.press_body_id}
        super().__init__(data, files, initial=initial)
        self.fields["press_body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["upload"].help_text = kinds_and_limit()
        self.main_names = list(self.fields)
        promises = list(agreement.promises.all()) if agreement.pk else []
        self.row_count = len(promises) + BLANK_ROWS
        for place in range(self.row_count):
            promise = promises[place] if place < len(promises) else None
            self._add_row(place, promise, topics)

    def _add_row(self, place: int, promise: Any, topics: QuerySet[Topic]) -> None:
        words = {"n": place + 1}
        self.fields[f"column_{place}"] = forms.CharField(
            label=_("Column, row %(n)s") % words,
            required=False,
            max_length=200,
            initial=promise.column if promise else "",
        )
        self.fields[f"topic_{place}"] = forms.ModelChoiceField(
            label=_("Topic, row %(n)s") % words,
            queryset=topics,
            required=False,
            empty_label="–",
            initial=promise.topic_id if promise else None,
        )
        self.fields[f"count_{place}"] = forms.IntegerField(
            label=_("How many, row %(n)s") % words,
            required=False,
            min_value=1,
            max_value=100_000,
            localize=False,
            initial=promise.count if promise else None,
        )

    def main(self) -> list[BoundField]:
        return [self[name] for name in self.main_names]

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        for place in range(self.row_count):
            yield self[f"column_{place}"], self[f"topic_{place}"], self[f"count_{place}"]

    def clean(self) -> dict[str, Any]:
        """`promises` as the action wants them; a row with a count alone is promised in all."""
        given = super().clean() or {}
        promises = []
        for place in range(self.row_count):
            row = {name: given.pop(f"{name}_{place}", None) for name in ("column", "topic", "count")}
            row["column"] = " ".join((row["column"] or "").split())
            if row["count"]:
                promises.append(row)
            elif (row["column"] or row["topic"]) and f"count_{place}" not in self.errors:
                self.add_error(f"count_{place}", _("Say how many are promised."))
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return {**given, "promises": promises}


class FeedForm(forms.Form):
    press_body = forms.ModelChoiceField(label=gettext_lazy("Press body"), queryset=None)
    address = forms.URLField(
        label=gettext_lazy("Address of its RSS or Atom feed"), max_length=500, assume_scheme="https"
    )
    words = forms.CharField(
        label=gettext_lazy("Words to look for"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "With semicolons between: cải cách hành chính; thủ tục hành chính. What has one is suggested first."
        ),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Fetch it every hour"), required=False)

    def __init__(self, data: Any = None, *, feed: Feed, bodies: QuerySet[PressBody]) -> None:
        names = ("address", "words", "is_active")
        initial = {name: getattr(feed, name) for name in names} | {"press_body": feed.press_body_id}
        super().__init__(data, initial=initial)
        self.fields["press_body"].queryset = bodies  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Only public http and https addresses are fetched."))
        return address
