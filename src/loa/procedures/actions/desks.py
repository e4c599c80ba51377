"""Where one hands papers in and asks: the one-stop unit of a body."""

from __future__ import annotations

from django.db import transaction

from loa.core import history
from loa.core.access import require
from loa.directory.models import Agency, User
from loa.procedures.models import ServiceDesk


@transaction.atomic
def save_desk(agency: Agency, *, by: User, **fields: str) -> ServiceDesk:
    require(by, "procedures.keep_desk", agency)
    desk, _is_new = ServiceDesk.objects.update_or_create(agency=agency, defaults=fields)
    history.record(desk, "service_desk.save", by=by, data={"agency": agency.code})
    return desk
