"""Columns that several tables of open data share, and how their cells are said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from loa.portal.queries.open_data import Field

PLAN = Field("plan_id", _("Plan"), "integer", _("Id of the plan, as in the table of plans"))
NUMBER = Field("plan_number", _("Number of the plan"))
TASK = Field(
    "task_id", pgettext_lazy("of a plan", "Task"), "integer", _("Id of the task, as in the table of tasks")
)
NO = Field("task_no", _("Number of the task"), description=_("As printed in the plan"))
URL = Field("url", _("Page"), "uri")
AS_OF = Field("as_of", _("As of"), "date", _("The day on which it was counted"))


def public_url(name: str, *args: int) -> str:
    return str(settings.BASE_URL + reverse(name, args=args))


def in_vietnamese(label: Any) -> str:
    """The data speak Vietnamese, whoever asks; codes stand beside the words."""
    with override("vi"):
        return str(label)


def of_plan(plan: int | None, field: str) -> Q:
    return Q(**{field: plan}) if plan else Q()
