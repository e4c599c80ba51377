from loa.feedback.forms.follow import FollowForm

__all__ = ["FollowForm"]
