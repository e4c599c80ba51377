from loa.portal.actions.transparency import (
    Shown,
    publish_plan,
    publish_report,
    take_back_plan,
    take_back_report,
)

__all__ = ["Shown", "publish_plan", "publish_report", "take_back_plan", "take_back_report"]
