from loa.feedback.views.cases import case_detail, case_list

__all__ = ["case_detail", "case_list"]
