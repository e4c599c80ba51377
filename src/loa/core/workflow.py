"""State, said once: a table of steps, and one door that changes a state field.

`Flow.take` is the only writer of a state field in Loa. It checks source, permission and note,
compares and sets in one statement, and appends the history entry in the same transaction, so a
second click loses on every database alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import permits

if TYPE_CHECKING:
    from loa.core.models import Entry


class FlowError(Exception):
    """A step that cannot be taken now. Its text is a sentence for the person who tried."""


class StaleError(FlowError):
    """Somebody else was faster: the object is no longer in the state the step starts from."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    label: Any  # a lazy text: the words on the button
    needs_note: bool = False
    actors: tuple[str, ...] = ()  # of "clock", "citizen", "import": who may take it without a person
    tone: str = "plain"  # how the button looks: plain, main, danger
    is_conducted: bool = False  # a part of a larger act, never a button of its own


@dataclass(frozen=True, slots=True)
class OpenStep:
    step: Step
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A noun's states and steps. `states` maps each state to its lazy label."""

    noun: str
    states: Mapping[str, Any]
    steps: tuple[Step, ...]
    state_field: str = "state"
    by_name: dict[str, Step] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.steps:
            unknown = {*step.sources, step.target} - set(self.states)
            if unknown:
                raise ValueError(f"{self.noun}.{step.name}: unknown states {sorted(unknown)}")
            self.by_name[step.name] = step
        history.describe_flow(self.noun, self.states, {step.name: step.label for step in self.steps})

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return list(self.states.items())

    def why_not(self, by: Any, obj: models.Model, name: str) -> str | None:
        """The sentence beside a grey button, or `None` where the step is open."""
        step = self.by_name[name]
        state = getattr(obj, self.state_field)
        if state not in step.sources:
            return _("Not possible while the state is “%(state)s”.") % {"state": self.states[state]}
        if not permits(by, step.permission, obj):
            return _("Your role here does not allow “%(step)s”.") % {"step": step.label}
        return None

    def open_to(self, by: Any, obj: models.Model) -> list[Step]:
        """The buttons: the steps this person may take on this object now."""
        return [
            step for step in self.steps if not step.is_conducted and self.why_not(by, obj, step.name) is None
        ]

    @property
    def buttons(self) -> set[str]:
        """The steps that a person takes by a button of their own."""
        return {step.name for step in self.steps if not step.is_conducted}

    def take(
        self, obj: models.Model, name: str, *, by: Any, actor: str = "", note: str = "", **changes: Any
    ) -> Entry:
        """Take a step; `changes` are further fields set in the same statement.

        Raises `PermissionDenied`, `FlowError` (wrong state, missing note) or `StaleError`.
        """
        step = self.by_name[name]
        self._check(obj, step, by=by, actor=actor, note=note)
        state = getattr(obj, self.state_field)
        with transaction.atomic():
            rows = type(obj)._default_manager.filter(pk=obj.pk, **{self.state_field: state})  # noqa: SLF001
            if rows.update(**{self.state_field: step.target}, **changes) != 1:
                raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
            entry = history.record(
                obj,
                f"{self.noun}.{name}",
                by=by,
                actor=actor,
                note=note,
                data={"from": state, "to": step.target},
            )
        for key, value in {self.state_field: step.target, **changes}.items():
            setattr(obj, key, value)
        return entry

    def _check(self, obj: models.Model, step: Step, *, by: Any, actor: str, note: str) -> None:
        if by is None:
            if actor not in step.actors:
                raise PermissionDenied(f"{self.noun}.{step.name} is not open to {actor or 'nobody'}")
        elif not permits(by, step.permission, obj):
            raise PermissionDenied(_("Your role here does not allow “%(step)s”.") % {"step": step.label})
        state = getattr(obj, self.state_field)
        if state not in step.sources:
            raise StaleError(
                _("Not possible while the state is “%(state)s”.") % {"state": self.states[state]}
            )
        if step.needs_note and not note.strip():
            raise FlowError(_("Say why: a reason is required for “%(step)s”.") % {"step": step.label})
