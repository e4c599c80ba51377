from loa.campaigns import actions
from loa.campaigns.models import Feed


def fetch_feed(pk: int) -> int:
    """Fetch one feed; one that was taken away meanwhile is nothing to do."""
    feed = Feed.objects.select_related("press_body").filter(pk=pk).first()
    return actions.fetch_feed(feed) if feed else 0
