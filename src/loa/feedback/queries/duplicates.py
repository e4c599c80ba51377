"""Cases that may be the same matter: nearly the same words, the same sender's mark, the same place at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loa.core.text import fold
from loa.feedback.models import Asker, Case, CaseTrace
from loa.feedback.queries.terms import likeness, pairs
from loa.feedback.queries.visible import cases_visible_to

MOST = 5
LOOKED_AT = 60
NEAR = timedelta(days=14)
ALIKE = 0.3  # shared pairs of words from which two texts are worth a look
_ENDED = ("merged", "isolated", "withdrawn", "refused")


@dataclass(frozen=True, slots=True)
class Likely:
    case: Case
    reasons: list[str]
    percent: int  # of the words that are alike


def likely_duplicates(case: Case, user: Any) -> list[Likely]:
    """The likeliest first, each with why; only cases this person sees and that another can be answered with.

    Fingerprints tell that two senders are one without opening who either is. A fixed number of queries.
    """
    rows = cases_visible_to(user).exclude(pk=case.pk).exclude(state__in=_ENDED)
    near = case.received_at - NEAR, case.received_at + NEAR
    same_words = CaseTrace.objects.filter(mark__in=CaseTrace.objects.filter(case=case).values("mark")).values(
        "case"
    )
    wanted = Q(pk__in=same_words)
    prints = _prints(case)
    for name, value in prints.items():
        wanted |= Q(**{f"asker__{name}": value})
    if case.commune_id:
        wanted |= Q(commune=case.commune_id, received_at__range=near)
    found = [_compared(case, other, prints, near) for other in _looked_at(rows, wanted)]
    found = [likely for likely in found if likely.reasons]
    return sorted(found, key=lambda likely: (-len(likely.reasons), -likely.percent, -likely.case.pk))[:MOST]


def _looked_at(rows: QuerySet[Case], wanted: Q) -> QuerySet[Case]:
    shown = rows.filter(wanted).select_related("agency", "commune", "asker")
    shown = shown.defer("asker__name", "asker__phone", "asker__email", "asker__address")
    return shown.order_by("-received_at", "-pk")[:LOOKED_AT]


def _prints(case: Case) -> dict[str, str]:
    """The sender's marks; who it is stays sealed."""
    rows = Asker.objects.filter(case=case).values("phone_print", "email_print")
    return {name: value for name, value in (rows.first() or {}).items() if value}


def _compared(case: Case, other: Case, prints: dict[str, str], near: tuple[Any, Any]) -> Likely:
    alike = likeness(pairs(f"{case.title} {case.content}"), pairs(f"{other.title} {other.content}"))
    asker = getattr(other, "asker", None)
    reasons = []
    if alike >= ALIKE:
        reasons.append(_("%(n)d%% of the words are the same") % {"n": round(100 * alike)})
    if asker and prints.get("phone_print") == asker.phone_print != "":
        reasons.append(_("the same telephone number"))
    if asker and prints.get("email_print") == asker.email_print != "":
        reasons.append(_("the same mail address"))
    if _is_same_place(case, other) and near[0] <= other.received_at <= near[1]:
        reasons.append(_("the same place within two weeks"))
    return Likely(other, reasons, round(100 * alike))


def _is_same_place(case: Case, other: Case) -> bool:
    """One commune and, as written, one spot in it: a commune alone says too little."""
    if not case.commune_id or case.commune_id != other.commune_id:
        return False
    return bool(case.place.strip()) and fold(case.place) == fold(other.place)
