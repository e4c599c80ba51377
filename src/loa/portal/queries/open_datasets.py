"""The tables of plans in the catalogue of open data, in the order in which people look for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.portal.queries.open_answers import ANSWER_FIELDS, answer_rows
from loa.portal.queries.open_data import register_dataset
from loa.portal.queries.open_outcomes import (
    MONEY_FIELDS,
    REPORT_FIELDS,
    RESULT_FIELDS,
    money_rows,
    report_rows,
    result_rows,
)
from loa.portal.queries.open_work import (
    ASSIGNMENT_FIELDS,
    PLAN_FIELDS,
    TARGET_FIELDS,
    TASK_FIELDS,
    assignment_rows,
    plan_rows,
    target_rows,
    task_rows,
)


def register_own() -> None:
    """Called once, when the apps are ready."""
    _register_work()
    _register_outcomes()
    _register_answers()


def _register_answers() -> None:
    register_dataset(
        "phan-anh-kien-nghi",
        title=_("Answers to citizens"),
        description=_(
            "Questions and proposals of citizens with the answers of agencies, without personal data, and whether "
            "they came in time."
        ),
        fields=ANSWER_FIELDS,
        rows=answer_rows,
        key=("code",),
        is_by_plan=False,
    )


def _register_work() -> None:
    register_dataset(
        "ke-hoach",
        title=_("Plans"),
        description=_("Communication plans made public, with how many of their tasks stand how."),
        fields=PLAN_FIELDS,
        rows=plan_rows,
    )
    register_dataset(
        "nhiem-vu",
        title=pgettext_lazy("of a plan", "Tasks"),
        description=_(
            "The tasks of public plans as printed, with their due dates and whether they are in time."
        ),
        fields=TASK_FIELDS,
        rows=task_rows,
    )
    register_dataset(
        "tien-do",
        title=_("Progress of each lead agency"),
        description=_(
            "Each lead agency's part of each task: its state, its due dates, when it was completed."
        ),
        fields=ASSIGNMENT_FIELDS,
        rows=assignment_rows,
    )
    register_dataset(
        "chi-tieu",
        title=_("Targets"),
        description=_("How much each task is to produce and how much has been counted."),
        fields=TARGET_FIELDS,
        rows=target_rows,
    )


def _register_outcomes() -> None:
    register_dataset(
        "san-pham",
        title=_("Published results"),
        description=_("What was published for the tasks and can be read by everybody."),
        fields=RESULT_FIELDS,
        rows=result_rows,
        key=("task_id", "kind", "url"),
    )
    register_dataset(
        "bao-cao",
        title=_("Reports issued"),
        description=_(
            "The consolidated reports on public plans, with their numbers and, where public, their files."
        ),
        fields=REPORT_FIELDS,
        rows=report_rows,
    )
    register_dataset(
        "kinh-phi",
        title=_("Money approved"),
        description=_("Money approved for tasks and agencies, in whole đồng."),
        fields=MONEY_FIELDS,
        rows=money_rows,
        key=("plan_id", "task_id", "agency_code", "funding_source"),
    )
