"""Input → cleaned data."""

from loa.reports.forms.agency_reports import ReportForm, SubmitForm
from loa.reports.forms.bodies import AddBodyForm, AnswerForm, AskExtensionForm, ExtendForm
from loa.reports.forms.consolidations import IssueForm, NewSentenceForm, SentenceForm, SignedCopyForm
from loa.reports.forms.plain import EmptyForm, ReasonForm
from loa.reports.forms.rounds import RoundForm
from loa.reports.forms.standing_rules import StandingRuleForm

__all__ = [
    "AddBodyForm",
    "AnswerForm",
    "AskExtensionForm",
    "EmptyForm",
    "ExtendForm",
    "IssueForm",
    "NewSentenceForm",
    "ReasonForm",
    "ReportForm",
    "RoundForm",
    "SentenceForm",
    "SignedCopyForm",
    "StandingRuleForm",
    "SubmitForm",
]
