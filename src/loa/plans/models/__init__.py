from loa.plans.models.amendment import Amendment, AmendmentChange
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
from loa.plans.models.guidance import Guidance, GuidanceFile, GuidanceReceipt
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
from loa.plans.models.sub_plan import SubPlan, SubPlanDemand
from loa.plans.models.talk import Talk

__all__ = [
    "Amendment",
    "AmendmentChange",
    "Assignment",
    "CommunicationForm",
    "CoordinationRequest",
    "Deliverable",
    "Duty",
    "DutyAssignment",
    "Explanation",
    "Extension",
    "Guidance",
    "GuidanceFile",
    "GuidanceReceipt",
    "Occurrence",
    "Plan",
    "PlanBody",
    "ProgressNote",
    "ReportingRule",
    "SubPlan",
    "SubPlanDemand",
    "Talk",
    "Target",
    "Task",
    "TaskBody",
    "Topic",
]
