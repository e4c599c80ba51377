from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from loa.core.forms import DayInput
from loa.directory.models import Agency
from loa.plans.models import Amendment, Plan, Task
from loa.procedures.models import CommunicationProposal, ServiceDesk


class ClarityForm(forms.Form):
    is_clear = forms.TypedChoiceField(
        label=gettext_lazy("Is this clear?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What is unclear, in a few words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Please do not write your name, telephone number or address here."),
    )


class DeskForm(forms.ModelForm):
    online_url = forms.URLField(
        label=gettext_lazy("Address for handing in online"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = ServiceDesk
        fields = ("name", "address", "phone", "email", "hours", "online_url")
        labels = {
            "name": gettext_lazy("Name of the unit"),
            "address": gettext_lazy("Address"),
            "phone": gettext_lazy("Telephone"),
            "email": gettext_lazy("E-mail"),
            "hours": gettext_lazy("Opening hours"),
        }


class ProposalForm(forms.Form):
    plan = forms.ModelChoiceField(label=gettext_lazy("Plan"), queryset=Plan.objects.none())
    content = forms.CharField(
        label=gettext_lazy("What is to be done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("As a task of the plan could read."),
    )
    why = forms.CharField(
        label=gettext_lazy("What changes for people"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), required=False, widget=DayInput)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class TakeUpForm(forms.Form):
    """Either a task that does it already, or a draft amendment that adds one."""

    task = forms.ModelChoiceField(
        label=gettext_lazy("A task of the plan does it"), queryset=Task.objects.none(), required=False
    )
    amendment = forms.ModelChoiceField(
        label=gettext_lazy("Add a task by this amendment"),
        queryset=Amendment.objects.none(),
        required=False,
        help_text=gettext_lazy("Amendments of the plan that are drafts."),
    )
    lead = forms.ModelChoiceField(
        label=gettext_lazy("Lead agency of the new task"), queryset=Agency.objects.none(), required=False
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput)
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )

    def __init__(self, *args: Any, proposal: CommunicationProposal, **kwargs: Any) -> None:
        initial = {"lead": proposal.agency_id, "due_on": proposal.due_on}
        super().__init__(*args, initial=initial, **kwargs)
        plan = proposal.plan
        self.fields["task"].queryset = plan.tasks.filter(ended_on__isnull=True)  # type: ignore[attr-defined]
        self.fields["amendment"].queryset = plan.amendments.filter(state="draft")  # type: ignore[attr-defined]
        self.fields["lead"].queryset = Agency.objects.order_by("sort_name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("task")) == bool(given.get("amendment")):
            raise forms.ValidationError(gettext_lazy("Choose either a task or an amendment."))
        if given.get("amendment") and not given.get("lead"):
            self.add_error("lead", gettext_lazy("Say who leads the new task."))
        return given
