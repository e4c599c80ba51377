"""What the editing pages ask: a reason, an exception, and whether a change of a published text changed its meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from loa.portal.queries.newsroom import meaning_may_have_changed, topics_for, works_for
from loa.portal.queries.territory import agency_of_page

SENDING = ("action-submit", "action-restart-workflow", "action-workflow-action", "action-publish")


class StageForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What must be mended, and why"), widget=forms.Textarea({"rows": 4})
    )


class ReasonForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 4}))


class StoryForm(WagtailAdminPageForm):
    """The editor of a story: only the agency's own work to link, and no silent change of a published text."""

    keeps_meaning = forms.BooleanField(
        label=gettext_lazy("The change of the published text does not change its meaning"),
        required=False,
        help_text=gettext_lazy("Otherwise add a correction: readers see it under the story."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].queryset = topics_for(self.instance)
        works = self.formsets.get("works")
        if works is not None:
            self._offer_own_work([*works.forms, works.empty_form], self._agency())

    def _agency(self) -> Any:
        return agency_of_page(self.parent_page) if self.parent_page is not None else None

    def _offer_own_work(self, rows: list[Any], agency: Any) -> None:
        assignments, duties, occurrences = works_for(agency)
        choices = {"assignment": assignments, "duty_assignment": duties, "occurrence": occurrences}
        for row in rows:
            for name, found in choices.items():
                if name in row.fields:
                    row.fields[name].queryset = _with_present(found, getattr(row.instance, f"{name}_id"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(self.data.get(name) for name in SENDING) or not self.instance.live:
            return cleaned
        if not meaning_may_have_changed(self.instance, cleaned):
            return cleaned
        corrected = self._has_new_correction()
        if corrected or cleaned.get("keeps_meaning"):
            self.instance.was_corrected, self.instance.meaning_kept = corrected, not corrected
            return cleaned
        self.add_error(
            "keeps_meaning",
            _(
                "Readers have seen this text. Add a correction that says what was wrong, or mark that the meaning stays."
            ),
        )
        return cleaned

    def _has_new_correction(self) -> bool:
        rows = self.formsets.get("corrections")
        if rows is None:
            return False
        rows.is_valid()
        return any(
            not row.instance.pk and row.cleaned_data.get("text") and not row.cleaned_data.get("DELETE")
            for row in rows.forms
            if hasattr(row, "cleaned_data")
        )


def _with_present(found: QuerySet, key: int | None) -> QuerySet:
    """What is linked already stays a choice: a contributor's story counts for the commune's work."""
    if key is None:
        return found
    return found.model.objects.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk=key))
