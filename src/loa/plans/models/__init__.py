from loa.plans.models.assignment import (
    Assignment,
    CoordinationRequest,
    Duty,
    DutyAssignment,
    Explanation,
    Extension,
    Occurrence,
)
from loa.plans.models.evidence import Deliverable, ProgressNote
from loa.plans.models.plan import (
    CommunicationForm,
    Plan,
    PlanBody,
    ReportingRule,
    Target,
    Task,
    TaskBody,
    Topic,
)

__all__ = [
    "Assignment",
    "CommunicationForm",
    "CoordinationRequest",
    "Deliverable",
    "Duty",
    "DutyAssignment",
    "Explanation",
    "Extension",
    "Occurrence",
    "Plan",
    "PlanBody",
    "ProgressNote",
    "ReportingRule",
    "Target",
    "Task",
    "TaskBody",
    "Topic",
]
