from loa.plans.filters.work import (
    FIELDS,
    AssignmentFilter,
    DutyFilter,
    OwnWorkFilter,
    PlanFilter,
    TaskFilter,
)
from loa.plans.filters.year import (
    AmendmentFilter,
    CarriedFilter,
    ExplanationFilter,
    ExtensionFilter,
    GuidanceFilter,
    ReceiptFilter,
    SubPlanFilter,
    TalkFilter,
)

__all__ = [
    "FIELDS",
    "AmendmentFilter",
    "AssignmentFilter",
    "CarriedFilter",
    "DutyFilter",
    "ExplanationFilter",
    "ExtensionFilter",
    "GuidanceFilter",
    "OwnWorkFilter",
    "PlanFilter",
    "ReceiptFilter",
    "SubPlanFilter",
    "TalkFilter",
    "TaskFilter",
]
