"""Making a plan, or the file of a report on it, public: on record, and taken back with a reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans.models import Plan
from loa.portal.models import PlanPublication, ReportPublication
from loa.portal.notices.transparency import tell_plan_published, tell_plan_taken_back
from loa.portal.states import PLAN_PUBLICATION, REPORT_PUBLICATION
from loa.reports.models import Consolidation


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a plan everybody sees, besides its tasks with leads, due dates and states."""

    introduction: str = ""
    shows_file: bool = True
    shows_results: bool = True
    shows_reports: bool = True
    shows_money: bool = False


@transaction.atomic
def publish_plan(plan: Plan, shown: Shown, *, by: User) -> PlanPublication:
    """Public from now on, or shown otherwise than before; the same decision twice is one.

    Raises FlowError for a draft: what is not issued yet is no paper of the public.
    """
    require(by, "portal.publish_plan", PlanPublication(plan=plan))
    if plan.state == "draft":
        raise FlowError(_("The plan is not issued yet."))
    publication, _is_new = PlanPublication.objects.select_for_update().get_or_create(plan=plan)
    wanted = asdict(shown)
    if publication.state != "public":
        first = publication.published_on or clock.today()
        entry = PLAN_PUBLICATION.take(publication, "publish", by=by, published_on=first, **wanted)
        tell_plan_published(plan, entry)
    elif any(getattr(publication, name) != value for name, value in wanted.items()):
        PLAN_PUBLICATION.take(publication, "change", by=by, **wanted)
    return publication


@transaction.atomic
def take_back_plan(publication: PlanPublication, *, note: str, by: User) -> None:
    """Nobody outside finds the plan any more; what was decided about its reports stays."""
    entry = PLAN_PUBLICATION.take(publication, "take_back", by=by, note=note)
    tell_plan_taken_back(publication.plan, entry)


@transaction.atomic
def publish_report(consolidation: Consolidation, *, by: User) -> ReportPublication:
    """The file of an issued report; it is given out while its plan is public. Twice is once."""
    plan, document = consolidation.round.plan, consolidation.document
    require(by, "portal.publish_report", ReportPublication(plan=plan))
    if consolidation.state != "issued" or document is None:
        raise FlowError(_("The report is not issued yet."))
    publication, _is_new = ReportPublication.objects.get_or_create(document=document, defaults={"plan": plan})
    if publication.state != "public":
        REPORT_PUBLICATION.take(publication, "publish", by=by)
    return publication


@transaction.atomic
def take_back_report(publication: ReportPublication, *, note: str, by: User) -> None:
    REPORT_PUBLICATION.take(publication, "take_back", by=by, note=note)
