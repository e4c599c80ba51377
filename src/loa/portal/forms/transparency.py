from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.portal.models import PlanPublication

CHOSEN = "chosen"  # says that boxes left empty were left empty on purpose


class PublishForm(forms.ModelForm):
    """What everybody will see besides tasks, leads, due dates and states."""

    class Meta:
        model = PlanPublication
        fields = ("introduction", "shows_file", "shows_results", "shows_reports", "shows_money")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "introduction": _("Two or three sentences for people who have never heard of the plan."),
            "shows_results": _("Only what is public by itself: never the agencies' evidence."),
            "shows_reports": _("Number, date and title; a report's file is decided on separately."),
            "shows_money": _("Approved amounts by task and agency; never what was proposed or cut."),
        }

    def _post_clean(self) -> None:
        """The row is written by its action alone; here the fields are checked, not put on the object."""


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


def shown_by(choices: Any, publication: PlanPublication) -> PlanPublication:
    """The publication as a form that is being filled in would show it, unsaved; without choices as it is."""
    fields = {name: getattr(publication, name) for name in PublishForm.Meta.fields}
    if CHOSEN in choices:
        form = PublishForm(choices)
        form.full_clean()
        fields |= form.cleaned_data
    return PlanPublication(plan=publication.plan, state="public", **fields)


def choices_of(publication: PlanPublication) -> dict[str, str]:
    """The choices of an unsaved publication as an address carries them."""
    ticked = {name: "on" for name in PublishForm.Meta.fields[1:] if getattr(publication, name)}
    return {CHOSEN: "1", "introduction": publication.introduction, **ticked}
