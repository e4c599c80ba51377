from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.reports.forms.bodies import BodiesField, GroupsField, QuestionsField
from loa.reports.forms.plain import day_input
from loa.reports.models import ReportRound, ReportTemplate
from loa.reports.queries.proposing import RoundProposal


class RoundForm(forms.Form):
    """What the plan's rules propose, to be corrected by a person."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReportRound.Kind.choices)
    period = forms.CharField(
        label=_("Period"), max_length=20, help_text=_("Such as 2019, 2019-Q1, 2019-H1 or 2019-M05.")
    )
    title = forms.CharField(label=_("Title of the report"), max_length=300)
    data_from = forms.DateField(label=_("Data from"), widget=day_input())
    data_to = forms.DateField(label=_("Data to"), widget=day_input())
    due_on = forms.DateField(label=_("Due"), widget=day_input())
    is_due_before = forms.BooleanField(
        label=_("The paper says “before”: on that day it is late"), required=False
    )
    closes_on = forms.DateField(
        label=_("Closes after"),
        help_text=_("Empty: when the consolidated report is issued."),
        required=False,
        widget=day_input(),
    )
    template = forms.ModelChoiceField(label=_("Outline"), queryset=ReportTemplate.objects.none())
    groups = GroupsField(help_text=_("Nobody chosen: every body with work in the plan."))
    agencies = BodiesField()
    questions = QuestionsField()

    def __init__(self, *args: Any, proposal: RoundProposal, **kwargs: Any) -> None:
        fields = ("kind", "period", "title", "data_from", "data_to", "due_on", "is_due_before", "template")
        super().__init__(*args, initial={name: getattr(proposal, name) for name in fields}, **kwargs)
        self.fields["template"].queryset = ReportTemplate.objects.order_by("name_vi", "-valid_from")
