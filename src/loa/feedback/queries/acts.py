"""What a person can do with a case now: the open acts, and the closed ones of somebody concerned with their reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.access import permits
from loa.feedback.models import Case
from loa.feedback.states import AGENCY_STATES, CASE, INTAKE_STATES


@dataclass(frozen=True, slots=True)
class Act:
    """A button: `name` is a step of the flow or another act; `why_not` is the sentence beside a closed one."""

    name: str
    label: Any
    tone: str = "plain"
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class _Extra:
    """An act that changes no state."""

    name: str
    label: Any
    permission: str
    is_open: Callable[[Case], bool]
    why_not: Callable[[Case], str] = lambda _case: ""
    tone: str = "plain"


def _is_shared_out(case: Case) -> bool:
    return case.state in ("assigned", "answering")


def _why_no_extension(case: Case) -> str:
    row = next((row for row in case.clocks.all() if row.kind == "answer" and row.stopped_on is None), None)
    if row is None:
        return _("No clock of an answer is running for this case.")
    if row.extended_days:
        return _("The time to answer has already been extended once; the rule allows no second extension.")
    return ""


EXTRAS = (
    _Extra(
        "write",
        gettext_lazy("Write the answer"),
        "feedback.write_answer",
        lambda case: case.state == "answering",
        tone="main",
    ),
    _Extra(
        "officer",
        gettext_lazy("Assign another officer"),
        "feedback.manage_case",
        lambda case: case.state in ("answering", "with_head"),
    ),
    _Extra("share", gettext_lazy("Ask another agency to contribute"), "feedback.ask_share", _is_shared_out),
    _Extra(
        "status",
        gettext_lazy("Inform the sender of progress"),
        "feedback.write_answer",
        lambda case: case.state in AGENCY_STATES,
    ),
    _Extra(
        "ask",
        gettext_lazy("Ask the sender for information"),
        "feedback.ask_information",
        lambda case: case.state in (*INTAKE_STATES, *AGENCY_STATES) and case.waiting_since is None,
    ),
    _Extra(
        "resume",
        gettext_lazy("Stop waiting"),
        "feedback.ask_information",
        lambda case: case.waiting_since is not None,
    ),
    _Extra(
        "extend",
        gettext_lazy("Extend the time"),
        "feedback.extend",
        lambda case: case.state in AGENCY_STATES,
        _why_no_extension,
    ),
    _Extra(
        "merge",
        gettext_lazy("Answer together with another"),
        "feedback.merge",
        lambda case: case.state in CASE.by_name["merge"].sources,
    ),
)


def acts_open_to(user: Any, case: Case) -> list[Act]:
    """In the order of buttons: the likely one first, what refuses last."""
    order = {"main": 0, "plain": 1, "danger": 2}
    found = [*_steps(user, case), *_extras(user, case)]
    return sorted(found, key=lambda act: order[act.tone])


def _steps(user: Any, case: Case) -> Iterator[Act]:
    for step in CASE.open_to(user, case):
        yield Act(step.name, step.label, step.tone, _why_not_yet(step.name, case))
    if case.state == "with_head" and permits(user, "feedback.decide_answer", case):
        approve = CASE.by_name["approve"]
        if not permits(user, approve.permission, case):
            why_not = _("You wrote this answer: somebody else who heads the agency approves it.")
            yield Act(approve.name, approve.label, approve.tone, why_not)


def _why_not_yet(step: str, case: Case) -> str:
    if step == "hand_to_head" and not case.answer.strip():
        return _("Write the answer first: there is nothing for the head to decide on.")
    return ""


def _extras(user: Any, case: Case) -> Iterator[Act]:
    for extra in EXTRAS:
        if extra.is_open(case) and permits(user, extra.permission, case):
            yield Act(extra.name, extra.label, extra.tone, extra.why_not(case))
