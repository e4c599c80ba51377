"""One click reminds every body that has not handed in its report."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loa.channels.actions import Nudged, nudge
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.reports.models import ReportRound
from loa.reports.queries.matters import missing_reports


def remind_missing(report_round: ReportRound, *, by: User) -> Nudged:
    """Each body at most once a day; the coordinator's own report is for the office to chase.

    Raises PermissionDenied, or FlowError where the round is closed.
    """
    require(by, "reports.manage_round", report_round)
    if report_round.state != "open":
        raise FlowError(_("The round is closed."))
    own = report_round.plan.coordinator_id
    return nudge([matter for matter in missing_reports(report_round) if matter.asker_id == own], by=by)
