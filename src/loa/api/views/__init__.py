from loa.api.views.answers import AnswerViewSet
from loa.api.views.cases import CaseViewSet
from loa.api.views.plans import PlanViewSet, TaskViewSet

__all__ = ["AnswerViewSet", "CaseViewSet", "PlanViewSet", "TaskViewSet"]
