"""Open cases pass to the body that follows; what was answered stays under the name that answered it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency, User
from loa.feedback.actions.hand_over_listening import hand_over_listening
from loa.feedback.models import AnswerTemplate, Case, CaseShare, IntakeDesk, RoutingRule, Subject
from loa.feedback.queries import colleagues_on
from loa.feedback.states import AGENCY_STATES, OPEN_STATES

CASE_KIND = pgettext_lazy("citizen", "Case")
DESK_KIND, RULE_KIND = gettext_lazy("Intake desk"), gettext_lazy("Routing rule")
SHARE_KIND, TEMPLATE_KIND = gettext_lazy("Part of a joint answer"), gettext_lazy("Answer template")
SUBJECT_KIND = gettext_lazy("Case subject")
FOLLOWED_STATES = (
    *OPEN_STATES,
    "answered",
    "published",
    "rated",
)  # the intake still publishes and opens again


@transaction.atomic
def hand_over_cases(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Open cases, what the intake follows, parts asked for, rules, texts and subjects go to the successor, with who
    follows its answers, the works they count for and what it promised.

    An officer who works there from that day keeps the cases; what cannot pass is listed with the reason.
    """
    said = {
        "by": by,
        "actor": "" if by else "clock",
        "note": f"{predecessor.name} → {successor.name}. {decision}",
        "data": {"from_agency": predecessor.code, "to_agency": successor.code, "on": on.isoformat()},
    }
    return [
        *_cases(predecessor, successor, on, said),
        *_shares(predecessor, successor, said),
        *_desks(predecessor, successor, on, said),
        *_rules(predecessor, successor),
        *_templates(predecessor, successor),
        *_subjects(predecessor, successor),
        *hand_over_listening(predecessor, successor, on, said),
    ]


def _cases(predecessor: Agency, successor: Agency, on: date, said: dict[str, Any]) -> Iterator[Moved]:
    there = set(colleagues_on(successor, on).values_list("pk", flat=True))
    for case in Case.objects.filter(agency=predecessor, state__in=OPEN_STATES).order_by("pk"):
        stays = case.officer_id in there
        Case.objects.filter(pk=case.pk).update(agency=successor, officer=case.officer_id if stays else None)
        history.record(case, "case.hand_over", **said)
        note = "" if stays or case.officer_id is None else gettext("The officer does not move with it.")
        yield Moved(CASE_KIND, str(case), case.get_absolute_url(), note=note)
    taken_in = Case.objects.filter(intake=predecessor, state__in=FOLLOWED_STATES)
    for case in taken_in.order_by("pk"):
        history.record(case, "case.hand_over_intake", **said)
    taken_in.update(intake=successor)


def _shares(predecessor: Agency, successor: Agency, said: dict[str, Any]) -> Iterator[Moved]:
    rows = CaseShare.objects.filter(agency=predecessor, state="asked", case__state__in=AGENCY_STATES)
    taken = set(CaseShare.objects.filter(agency=successor).values_list("case", flat=True))
    for share in rows.select_related("case"):
        why_not = ""
        if share.case_id in taken:
            why_not = gettext("The successor is asked for a part of this case already.")
        elif share.case.agency_id == successor.pk:
            why_not = gettext("The successor answers this case itself.")
        else:
            CaseShare.objects.filter(pk=share.pk).update(agency=successor)
            history.record(share, "case_share.hand_over", **said)
        yield Moved(SHARE_KIND, str(share.case), share.get_absolute_url(), why_not)


def _desks(predecessor: Agency, successor: Agency, on: date, said: dict[str, Any]) -> Iterator[Moved]:
    for desk in IntakeDesk.objects.filter(agency=predecessor).exclude(valid_to__lt=on):
        if successor.intake_desks.exclude(valid_to__lt=on).exists():
            yield Moved(
                DESK_KIND, str(desk), why_not=gettext("The successor keeps a desk of its own already.")
            )
            continue
        IntakeDesk.objects.filter(pk=desk.pk).update(agency=successor)
        history.record(desk, "intake_desk.hand_over", **said)
        yield Moved(DESK_KIND, str(successor))


def _rules(predecessor: Agency, successor: Agency) -> Iterator[Moved]:
    for rule in RoutingRule.objects.filter(agency=predecessor):
        RoutingRule.objects.filter(pk=rule.pk).update(agency=successor)
        yield Moved(RULE_KIND, str(rule))
    RoutingRule.objects.filter(intake=predecessor).update(intake=successor)


def _templates(predecessor: Agency, successor: Agency) -> Iterator[Moved]:
    taken = set(AnswerTemplate.objects.filter(agency=successor).values_list("title", flat=True))
    for template in AnswerTemplate.objects.filter(agency=predecessor):
        why_not = gettext("The successor has a template with this title.") if template.title in taken else ""
        if not why_not:
            AnswerTemplate.objects.filter(pk=template.pk).update(agency=successor)
        yield Moved(TEMPLATE_KIND, template.title, why_not=why_not)


def _subjects(predecessor: Agency, successor: Agency) -> Iterator[Moved]:
    for subject in Subject.objects.filter(agency=predecessor):
        Subject.objects.filter(pk=subject.pk).update(agency=successor)
        yield Moved(SUBJECT_KIND, subject.name)
