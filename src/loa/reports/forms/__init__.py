"""Input → cleaned data."""

from loa.reports.forms.agency_reports import (
    AttachmentForm,
    CommentForm,
    ExplanationForm,
    ReplyForm,
    ReportForm,
    SubmitForm,
)
from loa.reports.forms.consolidations import IssueForm, NewSentenceForm, SentenceForm, SignedCopyForm
from loa.reports.forms.plain import EmptyForm, ReasonForm
from loa.reports.forms.rounds import RoundForm
from loa.reports.forms.templates import OutlineForms

__all__ = [
    "AttachmentForm",
    "CommentForm",
    "EmptyForm",
    "ExplanationForm",
    "IssueForm",
    "NewSentenceForm",
    "OutlineForms",
    "ReasonForm",
    "ReplyForm",
    "ReportForm",
    "RoundForm",
    "SentenceForm",
    "SignedCopyForm",
    "SubmitForm",
]
