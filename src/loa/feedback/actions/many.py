"""One act on many cases: each in a transaction of its own, done or named with the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback.actions.triage import merge_case, transfer_case
from loa.feedback.actions.work import accept_case, name_officer, say_status
from loa.feedback.models import Case


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    case: Case
    why_not: str = ""


def each(cases: Iterable[Case], run: Callable[[Case], Any]) -> list[Outcome]:
    """Run an act on each case; what one refuses stops no other."""
    return [Outcome(case, _attempt(case, run)) for case in cases]


def _attempt(case: Case, run: Callable[[Case], Any]) -> str:
    try:
        with transaction.atomic():
            run(case)
    except FlowError as refused:
        return str(refused)
    except PermissionDenied as refused:
        return str(refused) or _("Your role here does not allow this.")
    return ""


def name_officer_of_all(cases: Iterable[Case], *, officer: User, by: User) -> list[Outcome]:
    """Put one officer in charge: a case that was only sent to the agency is taken on with it."""

    def name(case: Case) -> None:
        act = accept_case if case.state == "assigned" else name_officer
        act(case, officer=officer, by=by)

    return each(cases, name)


def say_status_of_all(cases: Iterable[Case], *, words: str, by: User) -> list[Outcome]:
    return each(cases, lambda case: say_status(case, words=words, by=by))


def transfer_all(cases: Iterable[Case], *, agency: Agency, note: str, by: User) -> list[Outcome]:
    return each(cases, lambda case: transfer_case(case, agency, note=note, by=by))


def merge_all(cases: Iterable[Case], *, into: Case, by: User) -> list[Outcome]:
    """Answer them all together with one of them or another; that one itself stays."""
    return each((case for case in cases if case.pk != into.pk), lambda case: merge_case(case, into, by=by))
