"""Who may, in reports. The coordinator accepts; the coordinator's own report is accepted by the office."""

from typing import Any

import rules

MANAGERS = ("focal_point", "head")


def _wears(user: Any, agency_id: int | None, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


@rules.predicate
def works_in_coordinator(user: Any, plan: Any) -> bool:
    return bool(plan and _wears(user, plan.coordinator_id, *MANAGERS))


@rules.predicate
def manages_round(user: Any, report_round: Any) -> bool:
    return bool(report_round and _wears(user, report_round.plan.coordinator_id, *MANAGERS))


@rules.predicate
def writes_report(user: Any, report: Any) -> bool:
    return bool(report and _wears(user, report.agency_id, *MANAGERS))


@rules.predicate
def submits_report(user: Any, report: Any) -> bool:
    return bool(report and _wears(user, report.agency_id, "head"))


@rules.predicate
def accepts_report(user: Any, report: Any) -> bool:
    if not report:
        return False
    plan = report.round.plan
    own_report = report.agency_id == plan.coordinator_id
    return _wears(user, plan.accepting_office_id if own_report else plan.coordinator_id, *MANAGERS)


@rules.predicate
def writes_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and manages_round(user, consolidation.round))


@rules.predicate
def approves_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and _wears(user, consolidation.round.plan.coordinator_id, "head"))


@rules.predicate
def issues_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and _wears(user, consolidation.round.plan.coordinator_id, "clerk", "head"))


rules.add_perm("reports.open_round", works_in_coordinator)
rules.add_perm("reports.manage_round", manages_round)
rules.add_perm("reports.write_report", writes_report)
rules.add_perm("reports.submit_report", submits_report)
rules.add_perm("reports.accept_report", accepts_report)
rules.add_perm("reports.write_consolidation", writes_consolidation)
rules.add_perm("reports.approve_consolidation", approves_consolidation)
rules.add_perm("reports.issue_consolidation", issues_consolidation)
rules.add_perm("reports.announce_consolidation", writes_consolidation)
