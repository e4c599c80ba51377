from datetime import datetime

from loa.channels import queries
from loa.channels.actions import doubt_post, make_digest, send_delivery
from loa.channels.models import MailSettings
from loa.core import clock
from loa.core.workflow import StaleError
from loa.directory.models import User


def send_unsent(limit: int = 500) -> int:
    """What is queued, failed or was left in sending by a killed worker. Returns how many were tried."""
    deliveries = list(queries.unsent_deliveries(clock.now())[:limit])
    for delivery in deliveries:
        send_delivery(delivery)
    return len(deliveries)


def send_digests(now: datetime | None = None) -> int:
    """The daily digests whose hour has come. Returns how many people get one."""
    now = now or clock.now()
    waiting = queries.waiting_for_digest(now).order_by().values("receiver").distinct()
    people = User.objects.filter(pk__in=waiting, is_active=True).select_related("mail_settings")
    settings = [(person, getattr(person, "mail_settings", None) or MailSettings()) for person in people]
    return sum(make_digest(person, wish, now) is not None for person, wish in settings)


def doubt_stuck_posts() -> int:
    """Public posts left in sending wait for a person from now on."""
    count = 0
    for delivery in queries.stuck_posts(clock.now()):
        try:
            doubt_post(delivery)
        except StaleError:
            continue
        count += 1
    return count
