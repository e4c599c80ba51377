"""What happens because time passed: agreements that end are told, feeds are fetched each hour."""

from django.db.models import Q

from loa.campaigns import actions, queries
from loa.campaigns.models import Feed
from loa.core import clock


def remind() -> int:
    return sum(actions.remind_of_end(row) for row in queries.agreements_ending(clock.today()))


def fetch_feeds() -> int:
    """Queue what is due; fetching itself is a job, so that no slow server holds the other clocks."""
    due = Q(fetched_at__isnull=True) | Q(fetched_at__lte=clock.now() - actions.EVERY)
    return sum(actions.claim_feed(feed) for feed in Feed.objects.filter(due, is_active=True))
