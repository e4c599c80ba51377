"""Whom the portal tells what: who leads work of a plan learns that everybody can read how it stands."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from loa.channels.actions import notify
from loa.core import clock
from loa.core.models import Entry
from loa.directory.models import Membership, User, in_force
from loa.plans.models import Plan


def _people_of(plan: Plan) -> QuerySet[User]:
    """Focal points and heads of the lead agencies and of the coordinator."""
    leads = plan.assignments.exclude(state="passed_on").order_by().values("agency")
    held = Membership.objects.filter(in_force(clock.today()), role__in=("focal_point", "head"))
    held = held.filter(agency__in=leads) | held.filter(agency=plan.coordinator_id)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def tell_plan_published(plan: Plan, entry: Entry) -> None:
    notify(
        _people_of(plan).exclude(pk=entry.by_id),
        key=f"plan_publication.publish:{entry.pk}",
        subject=lambda: _("%(plan)s is public") % {"plan": plan.number},
        body=lambda: _(
            "Everybody can now read the plan's tasks with their leads, due dates and how far each is. "
            "Notes, files and explanations stay inside."
        ),
        url=reverse("portal:plan_public", args=[plan.pk]),
    )


def tell_plan_taken_back(plan: Plan, entry: Entry) -> None:
    notify(
        _people_of(plan).exclude(pk=entry.by_id),
        key=f"plan_publication.take_back:{entry.pk}",
        subject=lambda: _("%(plan)s is no longer public") % {"plan": plan.number},
        body=lambda: entry.note,
        url=plan.get_absolute_url(),
    )
