"""After the kills: let the clocks and the workers finish what is left, for as long as it becomes less."""

import time
from datetime import timedelta

from django.utils import timezone
from django_q.models import OrmQ

from loa.channels.models import Delivery
from loa.core import clock
from loa.core.clocks import run_clocks

PATIENCE = 120  # seconds without anything done: then it will not be done


def left_in_queue():
    """What nobody took, by name; not the clocks, which come each minute, also while the workers are being stopped."""
    return [row.func() for row in OrmQ.objects.all() if row.func() != "loa.core.clocks.run_clocks"]


def forget_leases():
    """As when the leases of killed workers have run out."""
    long_ago = timedelta(hours=1)
    OrmQ.objects.update(lock=timezone.now() - long_ago)
    Delivery.objects.filter(state="sending").update(begun_at=clock.now() - long_ago)
    Delivery.objects.update(not_before=None)


def finish(*others):
    """Until the clocks find nothing to do, nothing is queued, no mail is unsent and none of the querysets has a row."""
    forget_leases()
    waiting = (OrmQ.objects.all(), Delivery.objects.exclude(state__in=("sent", "to_check")), *others)
    least, since = None, time.monotonic()
    while True:
        run_clocks()
        left = sum(rows.count() for rows in waiting)
        if least is None or left < least:
            least, since = left, time.monotonic()
        if not left or time.monotonic() - since > PATIENCE:
            return
        time.sleep(0.3)
