"""What budgets tell whom. Everybody is asked politely, party and mass bodies included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from loa.budgets.models import Estimate, PlanBudget
from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Delegation, Membership, User, in_force
from loa.plans.models import PlanBody

if TYPE_CHECKING:
    from loa.core.models import Entry

MANAGERS = ("focal_point", "head")
Receivers = tuple[list[int | None], tuple[str, ...]]  # agencies, roles
SUBJECTS = {
    "estimate.hand_to_head": gettext_lazy("Waiting for your signature: %(what)s"),
    "estimate.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
    "estimate.submit": gettext_lazy("Estimate submitted: %(what)s"),
    "estimate.consolidate": gettext_lazy("Estimate taken into the consolidation: %(what)s"),
    "estimate.return_to_agency": gettext_lazy("Estimate returned: %(what)s"),
    "estimate.send_to_appraisal": gettext_lazy("Please appraise the estimate: %(what)s"),
    "estimate.finish_content": gettext_lazy("The appraisal of content is finished: %(what)s"),
    "estimate.finish_money": gettext_lazy("The appraisal of money is finished: %(what)s"),
    "estimate.complete_appraisal": gettext_lazy("Estimate appraised: %(what)s"),
    "estimate.return_to_coordinator": gettext_lazy("Returned by the appraising body: %(what)s"),
    "estimate.return_to_appraisal": gettext_lazy("Please appraise again: %(what)s"),
    "estimate.submit_to_committee": gettext_lazy("Estimate waiting for the decision: %(what)s"),
    "estimate.return_from_committee": gettext_lazy("Returned by the committee: %(what)s"),
    "estimate.approve": gettext_lazy("Estimate approved: %(what)s"),
    "estimate.settle": gettext_lazy("Settlement submitted: %(what)s"),
    "estimate.return_settlement": gettext_lazy("Settlement returned: %(what)s"),
    "estimate.close": gettext_lazy("Settlement accepted: %(what)s"),
}


def people_of(agency_ids: Iterable[int | None], *roles: str) -> list[User]:
    """Who holds one of the roles today in some agencies, stand-ins of heads included. One query."""
    today, agencies = clock.today(), [pk for pk in agency_ids if pk]
    members = Membership.objects.filter(in_force(today), agency__in=agencies, role__in=roles).values("user")
    people = Q(pk__in=members)
    if "head" in roles:
        delegations = Delegation.objects.filter(
            agency__in=agencies, starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
        )
        people |= Q(pk__in=delegations.values("receiver"))
    return list(User.objects.filter(people, is_active=True))


def budget_opened(budget: PlanBudget, by: User) -> None:
    """Bodies named in the plan are asked for their estimates."""
    named = PlanBody.objects.filter(plan=budget.plan).values_list("agency", flat=True).distinct()
    notify(
        [person for person in people_of(named, *MANAGERS) if person.pk != by.pk],
        key=f"budget:{budget.pk}:opened",
        subject=lambda: gettext("Please propose your estimate: %(budget)s") % {"budget": budget},
        body=lambda: (
            gettext("By %(day)s at the latest.") % {"day": format_date(budget.due_on)}
            if budget.due_on
            else ""
        ),
        url=reverse("budgets:budget_detail", args=[budget.pk]),
    )


def estimate_moved(estimate: Estimate, entry: Entry) -> None:
    """Tell who acts next, with the reason where it comes back."""
    agencies, roles = _receivers(estimate, entry.action)
    what = f"{estimate.agency.name} – {estimate.budget}"
    notify(
        [person for person in people_of(agencies, *roles) if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(SUBJECTS[entry.action]) % {"what": what},
        body=lambda: entry.note,
        url=estimate.get_absolute_url(),
    )


def _receivers(estimate: Estimate, action: str) -> Receivers:
    budget = estimate.budget
    content, money = estimate.appraiser_id("content"), estimate.appraiser_id("money")
    to_coordinator: Receivers = ([budget.coordinator_id], MANAGERS)
    receivers: dict[str, Receivers] = {
        "estimate.hand_to_head": ([estimate.agency_id], ("head",)),
        "estimate.submit": to_coordinator,
        "estimate.send_to_appraisal": ([content, money], MANAGERS),
        "estimate.return_to_appraisal": ([content, money], MANAGERS),
        "estimate.finish_content": ([money], MANAGERS),
        "estimate.finish_money": ([content], MANAGERS),
        "estimate.complete_appraisal": to_coordinator,
        "estimate.return_to_coordinator": to_coordinator,
        "estimate.return_from_committee": to_coordinator,
        "estimate.submit_to_committee": (
            [budget.approver_id, budget.office_id],
            ("leader", *MANAGERS),
        ),
        "estimate.approve": ([estimate.agency_id, budget.coordinator_id], MANAGERS),
        "estimate.settle": ([money], MANAGERS),
    }
    return receivers.get(action, ([estimate.agency_id], MANAGERS))
