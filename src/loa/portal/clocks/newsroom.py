"""What happens in the newsroom because time passed. Each row is taken by one run alone, so running twice does once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Revision

from loa.core import clock
from loa.portal.actions.newsroom import take_down
from loa.portal.actions.stages import publish_version
from loa.portal.models import NewsAssignment, Story, UrgentRelease
from loa.portal.notices import newsroom as notices
from loa.portal.states import OPEN_NEWS_STATES

SOON = timedelta(days=2)


def publish_scheduled() -> int:
    """What was approved for an hour that has come goes to the readers; what has expired leaves them."""
    return _expire() + sum(
        _publish(key)
        for key in Revision.objects.page_revisions()
        .filter(approved_go_live_at__lte=clock.now())
        .order_by("approved_go_live_at", "pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def _publish(key: int) -> int:
    claimed = Revision.objects.filter(pk=key, approved_go_live_at__lte=clock.now()).update(
        approved_go_live_at=None
    )
    if claimed:
        publish_version(Revision.objects.get(pk=key), by=None, log_action="wagtail.publish.scheduled")
    return claimed


def _expire() -> int:
    """A story leaves with a notice; any other page as Wagtail does it."""
    due = Page.objects.filter(live=True, expire_at__lte=clock.now())
    count = 0
    for page in due.specific():
        with transaction.atomic():
            if isinstance(page, Story):
                with override("vi"):
                    take_down(page, reason=_("Its day of expiry has come."), by=None)
            else:
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        count += 1
    return count


def remind() -> int:
    """Open exceptions, days of review and assignments to reporters."""
    return _remind_of_urgent() + _remind_of_review() + _remind_of_assignments()


def _remind_of_urgent() -> int:
    today = clock.today()
    rows = UrgentRelease.objects.filter(state="open", due_on__lte=today).select_related("agency")
    return sum(notices.tell_urgent_late(release, is_late=release.due_on < today) for release in rows)


def _remind_of_review() -> int:
    return sum(
        notices.tell_review(story)
        for story in Story.objects.filter(live=True, review_on__isnull=False, review_on__lte=clock.today())
    )


def _remind_of_assignments() -> int:
    today = clock.today()
    rows = NewsAssignment.objects.filter(state__in=OPEN_NEWS_STATES, due_on__lte=today + SOON).select_related(
        "reporter", "given_by"
    )
    return sum(notices.tell_assignment_due(row, is_late=row.due_on < today) for row in rows)
