from loa.core.views.plain import broken, deadline_explain, forbidden, job_detail, language, not_found

__all__ = ["broken", "deadline_explain", "forbidden", "job_detail", "language", "not_found"]
