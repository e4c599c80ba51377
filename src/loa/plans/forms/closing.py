from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.forms import DayInput
from loa.core.uploads import TYPES, Upload, UploadError, check_upload
from loa.plans.forms.assignment import long_text
from loa.plans.models import Task
from loa.plans.queries.carrying import Unfinished, Unmatched


class CheckedFileField(forms.FileField):
    """A file that is checked by its content; gives an Upload."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{kind}" for kind in TYPES)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error


def kinds_and_limit() -> str:
    return _("%(kinds)s, up to %(limit)s MB.") % {
        "kinds": ", ".join(TYPES),
        "limit": settings.UPLOAD_LIMIT_MB,
    }


class CloseForm(forms.Form):
    """What becomes of each unfinished task, and why the plan is closed."""

    note = forms.CharField(label=gettext_lazy("Reason for closing the plan"), widget=long_text(3))

    def __init__(self, *args: Any, unfinished: Iterable[Unfinished], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unfinished = list(unfinished)
        for item in self.unfinished:
            words = {"task": item.task.no or item.task.pk}
            self.fields[f"fate_{item.task.pk}"] = forms.ChoiceField(
                label=_("What becomes of task %(task)s") % words,
                choices=Task.Closing.choices,
                initial=Task.Closing.CARRY,
            )
            self.fields[f"why_{item.task.pk}"] = forms.CharField(
                label=_("Reason, where task %(task)s is ended") % words, required=False
            )

    def rows(self) -> Iterator[tuple[Unfinished, BoundField, BoundField]]:
        for item in self.unfinished:
            yield item, self[f"fate_{item.task.pk}"], self[f"why_{item.task.pk}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for item in self.unfinished:
            ends = given.get(f"fate_{item.task.pk}") == Task.Closing.END
            if ends and not given.get(f"why_{item.task.pk}"):
                self.add_error(f"why_{item.task.pk}", _("Say why the task is ended."))
        return given


class MatchForm(forms.Form):
    """For each task that is printed as carried over: the earlier task it continues, or none."""

    def __init__(self, *args: Any, unmatched: Iterable[Unmatched], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in unmatched:
            choices = [
                (str(match.task.pk), f"{match.task.plan.number} · {match.task} ({match.likeness} %)")
                for match in item.matches
            ]
            self.fields[f"task_{item.task.pk}"] = forms.ChoiceField(
                label=f"{item.task.no}. {item.task.content[:200]}",
                required=False,
                choices=[("", _("None of these")), *choices],
                initial=str(item.likely.pk) if item.likely else "",
            )

    @property
    def links(self) -> dict[int, int]:
        return {
            int(name.removeprefix("task_")): int(value) for name, value in self.cleaned_data.items() if value
        }


class NextPlanForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=80)
    title = forms.CharField(label=pgettext_lazy("of a plan or document", "Title"), widget=long_text(2))
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)
    upload = CheckedFileField(label=gettext_lazy("The plan's file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = kinds_and_limit()
