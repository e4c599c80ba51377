"""What is typed in the hall and at its desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.events.models import Event
from loa.feedback.models import Case, Question
from loa.plans.models import Assignment, Task


class AskForm(forms.Form):
    """One field is enough. `key` makes a question sent twice one; `site` is empty where a person types."""

    text = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        max_length=2000,
        min_length=10,
    )
    name = forms.CharField(label=pgettext_lazy("asker", "Your name"), max_length=100, required=False)
    may_name = forms.BooleanField(label=_("My name may be shown beside the question"), required=False)
    site = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError(_("This question could not be taken. Load the page again."))
        return ""


class EnterForm(forms.Form):
    """A reporter or the hall's note-taker writes down what somebody asks."""

    text = forms.CharField(
        label=pgettext_lazy("asker", "What is asked"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        min_length=5,
    )
    name = forms.CharField(label=pgettext_lazy("asker", "Asked by"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    may_name = forms.BooleanField(
        label=_("Agrees that the name is shown beside the question"), required=False
    )
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class PublicTextForm(forms.Form):
    public_text = forms.CharField(
        label=_("The question as published"),
        help_text=_("Take out names, phone numbers and addresses. Keep the sender's own words otherwise."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )


class GroupForm(forms.Form):
    lead = forms.ModelChoiceField(queryset=Question.objects.none(), label=_("Answer together with"))

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Question.objects.filter(event=question.event_id, state__in=("shown", "postponed"), lead=None)
        self.fields["lead"].queryset = rows.exclude(pk=question.pk).select_related("case").order_by("-pk")


class RouteForm(forms.Form):
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label=_("Body of the panel"))
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(panels__event=event).order_by(
            "panels__position"
        )


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=10_000)
    edition = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)


class PollForm(forms.Form):
    words = forms.CharField(label=_("Question to the viewers"), max_length=300)
    choices = forms.CharField(
        label=_("Choices, one a line"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1500
    )

    def clean_choices(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]


class AttachForm(forms.Form):
    """A case that came in another way is answered in this episode."""

    code = forms.CharField(label=_("Code of the case"), max_length=30)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cases = cases

    def clean_code(self) -> Case:
        case = self._cases.filter(code=self.cleaned_data["code"].strip().upper()).first()
        if case is None:
            raise forms.ValidationError(_("No case with this code is visible to you."))
        return case


class PromiseForm(forms.Form):
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label=_("Who promised"))
    words = forms.CharField(
        label=_("What was promised"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    due_on = forms.DateField(label=pgettext_lazy("due date", "By"), widget=DayInput)
    question = forms.ModelChoiceField(
        queryset=Question.objects.none(), label=_("In answer to"), required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panel = [event.agency_id, event.chair_id, *event.panel.values_list("agency", flat=True)]
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=[pk for pk in panel if pk])
        asked = event.questions.filter(state__in=("shown", "postponed", "answered"))
        self.fields["question"].queryset = asked.select_related("case").order_by("-pk")


class PromiseTaskForm(forms.Form):
    """A promise becomes new work under a task."""

    task = forms.ModelChoiceField(
        queryset=Task.objects.none(),
        label=_("Under which task of the plan?"),
        help_text=_("The body that promised leads the work; the paper itself stays as it is."),
    )
    words = forms.CharField(
        label=pgettext_lazy("given work", "What is to be done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    due_on = forms.DateField(label=pgettext_lazy("due date", "By"), widget=DayInput)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["task"]
        field.queryset = rows
        field.label_from_instance = lambda task: f"{task.plan.number} · {task}"


class PromiseWorkForm(forms.Form):
    assignment = forms.ModelChoiceField(
        queryset=Assignment.objects.none(), label=_("Work of the plan that carries it out")
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = rows
