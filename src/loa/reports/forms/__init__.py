"""Input → cleaned data."""

from loa.reports.forms.agency_reports import (
    AttachmentForm,
    CommentForm,
    ExplanationForm,
    ReplyForm,
    ReportForm,
    SubmitForm,
)
from loa.reports.forms.bodies import AddBodyForm, AnswerForm, AskExtensionForm, ExtendForm
from loa.reports.forms.consolidations import IssueForm, NewSentenceForm, SentenceForm, SignedCopyForm
from loa.reports.forms.plain import EmptyForm, ReasonForm
from loa.reports.forms.rounds import RoundForm
from loa.reports.forms.standing_rules import StandingRuleForm
from loa.reports.forms.templates import OutlineForms

__all__ = [
    "AddBodyForm",
    "AnswerForm",
    "AskExtensionForm",
    "AttachmentForm",
    "CommentForm",
    "EmptyForm",
    "ExplanationForm",
    "ExtendForm",
    "IssueForm",
    "NewSentenceForm",
    "OutlineForms",
    "ReasonForm",
    "ReplyForm",
    "ReportForm",
    "RoundForm",
    "SentenceForm",
    "SignedCopyForm",
    "StandingRuleForm",
    "SubmitForm",
]
