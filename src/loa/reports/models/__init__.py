from loa.reports.models.agency_reports import AgencyReport, ReportLine, ReportText
from loa.reports.models.attachments import ReportAttachment
from loa.reports.models.comments import CommentReply, ReportComment
from loa.reports.models.consolidations import Consolidation, EarlierIssue, Sentence
from loa.reports.models.extensions import ReportExtension
from loa.reports.models.figures import ReportFigure
from loa.reports.models.rounds import ReportRound
from loa.reports.models.standing_rules import StandingRule
from loa.reports.models.templates import ReportTemplate

__all__ = [
    "AgencyReport",
    "CommentReply",
    "Consolidation",
    "EarlierIssue",
    "ReportAttachment",
    "ReportComment",
    "ReportExtension",
    "ReportFigure",
    "ReportLine",
    "ReportRound",
    "ReportTemplate",
    "ReportText",
    "Sentence",
    "StandingRule",
]
