"""Who may, in reports. The coordinator accepts; the coordinator's own report is accepted by the office."""

from typing import Any

import rules

MANAGERS = ("focal_point", "head")


def _wears(user: Any, agency_id: int | None, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


def _answers_for(user: Any, report: Any, *roles: str) -> bool:
    """In the agency itself, or in the one that answers for it since it ended."""
    return bool(user.hat and user.hat.holds(*roles) and user.answers_for(report.agency))


@rules.predicate
def works_in_coordinator(user: Any, plan: Any) -> bool:
    return bool(plan and _wears(user, plan.coordinator_id, *MANAGERS))


@rules.predicate
def manages_round(user: Any, report_round: Any) -> bool:
    return bool(report_round and _wears(user, report_round.plan.coordinator_id, *MANAGERS))


@rules.predicate
def writes_report(user: Any, report: Any) -> bool:
    return bool(report and _answers_for(user, report, *MANAGERS))


@rules.predicate
def submits_report(user: Any, report: Any) -> bool:
    return bool(report and _answers_for(user, report, "head"))


@rules.predicate
def accepts_report(user: Any, report: Any) -> bool:
    if not report:
        return False
    plan = report.round.plan
    own_report = report.agency_id == plan.coordinator_id
    return _wears(user, plan.accepting_office_id if own_report else plan.coordinator_id, *MANAGERS)


@rules.predicate
def decides_extension(user: Any, extension: Any) -> bool:
    return bool(extension and accepts_report(user, extension.report))


@rules.predicate
def manages_rule(user: Any, rule: Any) -> bool:
    return bool(rule and _wears(user, rule.asker_id_now, *MANAGERS))


@rules.predicate
def coordinates_a_plan(user: Any) -> bool:
    """Rules for all plans are set by who coordinates some."""
    hat = user.hat
    return bool(hat and hat.holds(*MANAGERS) and hat.agency.coordinated_plans.exists())


@rules.predicate
def writes_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and manages_round(user, consolidation.round))


@rules.predicate
def approves_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and _wears(user, consolidation.round.plan.coordinator_id, "head"))


@rules.predicate
def issues_consolidation(user: Any, consolidation: Any) -> bool:
    return bool(consolidation and _wears(user, consolidation.round.plan.coordinator_id, "clerk", "head"))


@rules.predicate
def asks_explanation(user: Any, report: Any) -> bool:
    """Who accepts a report, whether or not it is there yet."""
    return accepts_report(user, report)


@rules.predicate
def comments_on_report(user: Any, report: Any) -> bool:
    """Both sides: who writes the report and who accepts it."""
    return writes_report(user, report) or accepts_report(user, report)


@rules.predicate
def answers_comment(user: Any, comment: Any) -> bool:
    """The other side than the one that asked."""
    return bool(
        comment
        and comments_on_report(user, comment.report)
        and not _wears(user, comment.agency_id, *MANAGERS)
    )


@rules.predicate
def resolves_comment(user: Any, comment: Any) -> bool:
    """The side that asked."""
    return bool(
        comment and comments_on_report(user, comment.report) and _wears(user, comment.agency_id, *MANAGERS)
    )


@rules.predicate
def manages_templates(user: Any) -> bool:
    """Administrators, and who coordinates some plan."""
    if not user.hat:
        return False
    return user.hat.holds("administrator") or (
        user.hat.holds(*MANAGERS) and user.hat.agency.coordinated_plans.exists()
    )


rules.add_perm("reports.manage_templates", manages_templates)
rules.add_perm("reports.ask_explanation", asks_explanation)
rules.add_perm("reports.comment_on_report", comments_on_report)
rules.add_perm("reports.answer_comment", answers_comment)
rules.add_perm("reports.resolve_comment", resolves_comment)


def is_administrator(user: Any) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


rules.add_perm("reports.pass_on_report", is_administrator)
rules.add_perm("reports.open_round", works_in_coordinator)
rules.add_perm("reports.manage_round", manages_round)
rules.add_perm("reports.write_report", writes_report)
rules.add_perm("reports.submit_report", submits_report)
rules.add_perm("reports.accept_report", accepts_report)
rules.add_perm("reports.excuse_report", accepts_report)
rules.add_perm("reports.extend_report", accepts_report)
rules.add_perm("reports.ask_extension", writes_report)
rules.add_perm("reports.decide_extension", decides_extension)
rules.add_perm("reports.manage_rule", manages_rule)
rules.add_perm("reports.set_rule", works_in_coordinator)
rules.add_perm("reports.set_general_rule", coordinates_a_plan)
rules.add_perm("reports.write_consolidation", writes_consolidation)
rules.add_perm("reports.approve_consolidation", approves_consolidation)
rules.add_perm("reports.issue_consolidation", issues_consolidation)
rules.add_perm("reports.announce_consolidation", writes_consolidation)
