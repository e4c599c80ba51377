"""What the editing pages ask: a reason, an exception, and whether a change of a published text changed its meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from loa.portal.queries.newsroom import meaning_may_have_changed, text_differs, topics_for, works_for
from loa.portal.queries.stages import why_not_act
from loa.portal.queries.territory import agency_of_page, territory_of

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
            self._offer_work(works)

    def _offer_work(self, works: Any) -> None:
        """In the rows there are, and in the empty one, which a formset makes anew each time it is asked for."""
        assignments, duties, occurrences = works_for(*self._agencies())
        choices = {"assignment": assignments, "duty_assignment": duties, "occurrence": occurrences}
        add_fields = works.add_fields

        def add_and_offer(row: Any, index: int | None) -> None:
            add_fields(row, index)
            _offer(row, choices)

        for row in works.forms:
            _offer(row, choices)
        works.add_fields = add_and_offer

    def _agencies(self) -> list[Any]:
        """Of the site; and who wrote the story, where the site is the city's or that of the body above."""
        site = agency_of_page(self.parent_page) if self.parent_page is not None else None
        writer = self.instance.agency
        if site is None or writer is None:
            return [site]
        is_below = writer.parent_id == site.pk or territory_of(self.for_user).is_citys
        return [site, writer] if is_below else [site]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if reason := self._why_not_pass(cleaned):
            self.add_error(None, reason)
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

    def _why_not_pass(self, cleaned: dict[str, Any]) -> str:
        """Said before anything is saved: whoever changes the text does not approve it."""
        task = self.instance.current_workflow_task if self.data.get("action-workflow-action") else None
        if task is None:
            return ""
        stage = task.specific
        if reason := why_not_act(stage, self.instance, self.for_user):
            return reason
        approves = self.data.get("workflow-action-name") == "approve"
        if approves and stage.decides and text_differs(self.instance, cleaned):
            return _(
                "You have changed the text: who changes it does not approve it. Take the change back, or return the "
                "story with a reason, or save it and let another approver decide."
            )
        return ""

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


def _offer(row: Any, choices: dict[str, QuerySet]) -> None:
    for name, found in choices.items():
        if name in row.fields:
            row.fields[name].queryset = _with_present(found, getattr(row.instance, f"{name}_id"))


def _with_present(found: QuerySet, key: int | None) -> QuerySet:
    """What is linked already stays a choice: a contributor's story counts for the commune's work."""
    if key is None:
        return found
    return found.model.objects.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk=key))
