"""What the parts of a standing rule are called, on its form and in its history."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "kind": _("How often"),
    "title": _("What is reported on"),
    "mark": _("Mark of its periods"),
    "has_own_window": _("Its own window instead of the law's"),
    "window_from": _("Data from (day/month)"),
    "window_to": _("Data to (day/month)"),
    "due_month_day": _("Due (day/month)"),
    "due_day": _("Due day of the period's last month"),
    "is_due_before": _("The paper says “before”: on that day it is late"),
    "shift": _("When the due day is not worked"),
    "opens_days_before": _("Opens so many days before the due day"),
    "closes_days_after": _("Closes so many days after the due day"),
    "receiver": _("The consolidated report goes to"),
    "template_code": _("Outline"),
    "active_from": _("Active from"),
    "active_to": _("Active to"),
    "legal_basis": _("Legal basis"),
    "groups": _("Groups that owe"),
    "agencies": _("Single bodies that owe"),
}
