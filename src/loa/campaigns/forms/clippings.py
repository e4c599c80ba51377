from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.campaigns.forms.fields import CheckedFileField, Work, WorkField, kinds_and_limit, work_key
from loa.campaigns.models import Candidate, Clipping, PressBody
from loa.campaigns.queries import press_body_of_link
from loa.core import clock
from loa.core.forms import DayInput
from loa.plans.models import CommunicationForm, Topic

KEPT = ("press_body", "on", "column", "genre", "topic", "work", "form", "is_public")  # for the next one


class ClippingForm(forms.Form):
    """One thing the press published. Without a press body named, its link tells whose it is."""

    link = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput({"autofocus": True, "autocomplete": "off", "placeholder": "https://"}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=500)
    press_body = forms.ModelChoiceField(
        label=gettext_lazy("Press body"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("as the address tells"),
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput, initial=clock.today)
    genre = forms.ChoiceField(label=gettext_lazy("Genre"), choices=Clipping.Genre.choices)
    author = forms.CharField(label=gettext_lazy("Author"), required=False, max_length=200)
    column = forms.CharField(
        label=gettext_lazy("Press column"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"list": "columns", "autocomplete": "off"}),
    )
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"), queryset=None, required=False, empty_label="–"
    )
    form = forms.ModelChoiceField(
        label=gettext_lazy("Form of communication"), queryset=None, required=False, empty_label="–"
    )
    work = WorkField(
        label=gettext_lazy("Work of the plan it counts for"),
        required=False,
        help_text=gettext_lazy("It is then a deliverable of the body that must publish."),
    )
    is_public = forms.BooleanField(label=gettext_lazy("Show it in the public press review"), required=False)
    upload = CheckedFileField(label=gettext_lazy("Copy or screenshot"), required=False)

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[PressBody],
        topics: QuerySet[Topic],
        forms_of_plan: QuerySet[CommunicationForm],
        works: Sequence[Work],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["press_body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        self.fields["form"].queryset = forms_of_plan  # type: ignore[attr-defined]
        self.fields["upload"].help_text = kinds_and_limit()
        work = self.fields["work"]
        assert isinstance(work, WorkField)
        work.offer(works)

    def keep_work(self, work: Work | None) -> None:
        """What it counts for is said once."""
        if work is not None:
            field = self.fields["work"]
            assert isinstance(field, WorkField)
            field.offer([work])
            field.disabled = True

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("press_body") and "link" not in self.errors and "press_body" not in self.errors:
            given["press_body"] = press_body_of_link(given.get("link", ""))
            if given["press_body"] is None:
                self.add_error("press_body", _("Choose the press body: the address does not tell it."))
        if given.get("on") and given["on"] > clock.today():
            self.add_error("on", _("The day has not come yet."))
        return given

    @staticmethod
    def of_clipping(clipping: Clipping) -> dict[str, Any]:
        plain = ("link", "title", "on", "genre", "author", "column", "is_public")
        return {name: getattr(clipping, name) for name in plain} | {
            "press_body": clipping.press_body_id,
            "topic": clipping.topic_id,
            "form": clipping.form_id,
            "work": work_key(clipping.work),
        }

    @staticmethod
    def of_candidate(candidate: Candidate) -> dict[str, Any]:
        plain = ("link", "title", "on", "author")
        return {name: getattr(candidate, name) for name in plain} | {
            "press_body": candidate.feed.press_body_id
        }

    @staticmethod
    def kept(given: dict[str, Any]) -> dict[str, str]:
        """What the next one of a row has likely in common, for its address."""
        words = {
            "press_body": given["press_body"].pk,
            "on": given["on"].isoformat(),
            "column": given["column"],
            "genre": given["genre"],
            "topic": given["topic"].pk if given["topic"] else "",
            "form": given["form"].pk if given["form"] else "",
            "work": work_key(given["work"]),
            "is_public": "1" if given["is_public"] else "",
        }
        return {name: str(value) for name, value in words.items() if value}
