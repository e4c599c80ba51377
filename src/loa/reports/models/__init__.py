from loa.reports.models.agency_reports import AgencyReport, ReportLine, ReportText
from loa.reports.models.consolidations import Consolidation, Sentence
from loa.reports.models.extensions import ReportExtension
from loa.reports.models.rounds import ReportRound
from loa.reports.models.standing_rules import StandingRule
from loa.reports.models.templates import ReportTemplate

__all__ = [
    "AgencyReport",
    "Consolidation",
    "ReportExtension",
    "ReportLine",
    "ReportRound",
    "ReportTemplate",
    "ReportText",
    "Sentence",
    "StandingRule",
]
