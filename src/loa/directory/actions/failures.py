from __future__ import annotations

from django_q.models import Failure

from loa.core import queue
from loa.core.access import require
from loa.directory.models import User


def retry_failed_work(failure: Failure, *, by: User) -> bool:
    """Try background work again; False where somebody else already does."""
    require(by, "directory.manage_directory")
    return queue.again(failure)
