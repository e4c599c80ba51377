"""Who asks: read through this one door, and each reading is on record."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback.models import Asker, Case, IdentityAccess


@transaction.atomic
def read_identity(case: Case, *, purpose: str, by: User) -> Asker | None:
    """Open who asks, for a purpose that the asker can read later. None where nobody said who they are."""
    require(by, "feedback.see_identity", case)
    purpose = purpose.strip()
    if not purpose:
        raise FlowError(_("Say what you need it for: the sender can read this."))
    asker = Asker.objects.filter(case=case).first()
    if asker is None:
        return None
    agency = by.hat.agency if by.hat else case.intake
    IdentityAccess.objects.create(case=case, by=by, agency=agency, purpose=purpose[:200], at=clock.now())
    history.record(case, "case.read_identity", by=by, note=purpose[:200])
    return asker
