"""Input → cleaned data."""

from loa.reports.forms.agency_reports import ReportForm, SubmitForm
from loa.reports.forms.consolidations import IssueForm, NewSentenceForm, SentenceForm, SignedCopyForm
from loa.reports.forms.plain import EmptyForm, ReasonForm
from loa.reports.forms.rounds import RoundForm

__all__ = [
    "EmptyForm",
    "IssueForm",
    "NewSentenceForm",
    "ReasonForm",
    "ReportForm",
    "RoundForm",
    "SentenceForm",
    "SignedCopyForm",
    "SubmitForm",
]
