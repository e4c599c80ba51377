from loa.feedback.views.cases import case_detail, case_list
from loa.feedback.views.follow import follow

__all__ = ["case_detail", "case_list", "follow"]
