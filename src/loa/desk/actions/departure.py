"""A person leaves: roles end, and what was in that person's charge goes to others, in one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from loa.core.access import require
from loa.desk import notices
from loa.directory.actions import end_memberships
from loa.directory.models import User
from loa.plans.actions import pass_charge
from loa.plans.models import Assignment
from loa.plans.states import OPEN_ASSIGNMENT_STATES


@transaction.atomic
def end_roles(
    leaver: User, *, last_day: date, charges: Mapping[int, User | None], note: str = "", by: User
) -> int:
    """`charges` maps the pk of each open assignment in the leaver's charge to who takes over; one that is not named
    has nobody in charge. Returns how many passed on. Raises FlowError for a person of another agency.
    """
    require(by, "directory.manage_directory")
    end_memberships(leaver, last_day=last_day, note=note, by=by)
    received: Counter[User] = Counter()
    rows = Assignment.objects.filter(officer=leaver, state__in=OPEN_ASSIGNMENT_STATES)
    works = list(rows.select_related("task", "plan", "agency").order_by("pk"))
    for work in works:
        officer = charges.get(work.pk)
        entry = pass_charge(work, officer=officer, note=note, by=by)
        if officer is not None:
            received[officer] += 1
    for officer, count in received.items():
        notices.tell_in_charge(officer, leaver, count, f"departure:{leaver.pk}:{entry.pk}")
    return len(works)
