from loa.feedback.tables.cases import CaseTable, ChoosableCaseTable, DataRequestTable, TemplateTable
from loa.feedback.tables.intake import GroundTable, IntakeTable, RoutingTable, SubjectTable
from loa.feedback.tables.promises import PromiseTable
from loa.feedback.tables.ratings import RatingTable
from loa.feedback.tables.register import PublishedTable, RegisterTable, WaitingTable

__all__ = [
    "CaseTable",
    "ChoosableCaseTable",
    "DataRequestTable",
    "GroundTable",
    "IntakeTable",
    "PromiseTable",
    "PublishedTable",
    "RatingTable",
    "RegisterTable",
    "RoutingTable",
    "SubjectTable",
    "TemplateTable",
    "WaitingTable",
]
