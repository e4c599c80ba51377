"""Other systems in the sample year: a key of the hotline, and a system that is connected but not in use yet.

The address ends in ".example", and nothing is ever sent there.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from loa.api import actions
from loa.api.models import ApiKey, CaseWebhook
from loa.demo.year import Cast, Happening
from loa.directory.models import Membership
from loa.plans.models import Plan

KEY_MADE_ON, CONNECTED_ON = date(2019, 6, 17), date(2019, 6, 19)
ENDS_ON = date(2019, 12, 31)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    return [(KEY_MADE_ON, partial(make_key, plan, cast)), (CONNECTED_ON, partial(connect, plan, cast))]


def make_key(plan: Plan, cast: Cast) -> ApiKey:
    """The administrator lets the hotline's program send in what people say; its letters are told to nobody."""
    place = Membership.objects.filter(role="administrator").select_related("agency").order_by("pk")[0]
    key, _letters = actions.make_key(
        name="Tổng đài tiếp nhận phản ánh, kiến nghị",
        agency=plan.coordinator,
        keeper=cast.of(plan.coordinator, "focal_point"),
        scopes=["may_submit", "may_read"],
        rate=60,
        ends_on=ENDS_ON,
        by=cast.of(place.agency, "administrator"),
    )
    return key


def connect(plan: Plan, cast: Cast) -> CaseWebhook:
    events = [CaseWebhook.Event.ARRIVED, CaseWebhook.Event.ENDED]
    return actions.save_webhook(
        CaseWebhook(),
        url="https://mot-cua.example/nhan-tin",
        events=[str(event) for event in events],
        is_active=False,
        by=cast.of(plan.coordinator, "focal_point"),
    )
