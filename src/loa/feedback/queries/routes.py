"""Words for what goes another way, made from the texts in force: prepared for the officer, who edits them."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.feedback.models import Case


def complaint_words(case: Case, *, on: date) -> str:
    """The route of a complaint with its time limits, in the asker's language."""
    with translation.override(case.language):
        lines = [
            _(
                "You ask for a decision or an act that concerns your own rights to be reviewed. That is a complaint. It is "
                "not handled as feedback here: the law gives it a route of its own."
            ),
            *_numbered([_filing(on), _accepting(on), _first(on), _second(on)]),
            _("You can also bring an action before the court under the Law on Administrative Procedure."),
        ]
        return "\n\n".join(lines)


def scene_words(case: Case, *, on: date) -> str:  # noqa: ARG001  asked like the other route
    """What to say where a place is reported that another service looks after."""
    with translation.override(case.language):
        return _(
            "You report something about a place (roads, lights, waste, water, power). Such reports are taken in by the "
            "city's hotline 1022, which sends somebody there and tells you what was done. We have handed yours over; "
            "to follow it, call 1022."
        )


def _numbered(lines: list[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate((line for line in lines if line), start=1)]


def _rule(code: str, on: date) -> RuleInForce | None:
    try:
        return rule_on(code, on)
    except MissingRuleError:
        return None


def _filing(on: date) -> str:
    rule = _rule("complaint.filing", on)
    if rule is None:
        return _(
            "Hand the complaint in, in writing or in person, to the head of the body that decided or acted."
        )
    return _(
        "Hand the complaint in, in writing or in person, to the head of the body that decided or acted, within "
        "%(days)s days from the day on which you received the decision or learned of it or of the act (%(basis)s)."
    ) % {"days": rule["days"], "basis": rule.legal_basis}


def _accepting(on: date) -> str:
    rule = _rule("complaint.accept", on)
    if rule is None:
        return ""
    return _(
        "Within %(days)s days of receiving it that body accepts it, or tells you why it does not (%(basis)s)."
    ) % {"days": rule["days"], "basis": rule.legal_basis}


def _first(on: date) -> str:
    rule = _rule("complaint.first", on)
    if rule is None:
        return ""
    said = _(
        "The first settlement takes at most %(days)s days from acceptance, %(complex)s in a complex case"
    )
    return _settled(said, rule)


def _second(on: date) -> str:
    rule = _rule("complaint.second", on)
    if rule is None:
        return ""
    said = _(
        "If you do not agree with it or it is not settled in time, you complain to the head of the body above; the second "
        "settlement takes at most %(days)s days from acceptance, %(complex)s in a complex case"
    )
    return _settled(said, rule)


def _settled(said: str, rule: RuleInForce) -> str:
    days = {"days": rule["days"], "complex": rule.values.get("complex_days", rule["days"])}
    return f"{said % days} ({rule.legal_basis})."
