from loa.plans.tables.work import (
    STANDING_TONES,
    AssignmentTable,
    DutyTable,
    OwnWorkTable,
    PlanTable,
    TaskTable,
    title_link,
)
from loa.plans.tables.year import (
    AmendmentTable,
    CarriedTable,
    ExplanationTable,
    ExtensionTable,
    GuidanceTable,
    ReceiptTable,
    SubPlanTable,
    TalkTable,
)

__all__ = [
    "STANDING_TONES",
    "AmendmentTable",
    "AssignmentTable",
    "CarriedTable",
    "DutyTable",
    "ExplanationTable",
    "ExtensionTable",
    "GuidanceTable",
    "OwnWorkTable",
    "PlanTable",
    "ReceiptTable",
    "SubPlanTable",
    "TalkTable",
    "TaskTable",
    "title_link",
]
