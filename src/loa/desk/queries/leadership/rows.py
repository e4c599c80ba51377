"""The rows behind each figure: a figure is how many there are, its list is the same rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.models import Entry
from loa.desk.queries.leadership.scope import Scope
from loa.plans.models import Assignment, Deliverable, Explanation, Extension, Talk, Target, Task
from loa.plans.queries import Standing, assignments_then, counted_deliverables
from loa.reports.models import AgencyReport, Consolidation
from loa.reports.queries import overdue_reports, reports_then

# What changed: history entries of one act, on the rows of one model, with how a row belongs to the plan.
CHANGES: dict[str, tuple[str, type[Model], str, str]] = {
    "submitted": ("assignment.submit", Assignment, "plan", "agency"),
    "done": ("assignment.accept_result", Assignment, "plan", "agency"),
    "returned": ("assignment.return_to_agency", Assignment, "plan", "agency"),
    "extended": ("assignment.extend", Assignment, "plan", "agency"),
    "reported": ("report.submit", AgencyReport, "round__plan", "agency"),
    "issued": ("consolidation.issue", Consolidation, "round__plan", "round__plan__coordinator"),
}
CHANGE_LABELS = {
    "submitted": _("Results handed in"),
    "done": _("Results accepted"),
    "returned": _("Results returned"),
    "extended": _("Extensions granted"),
    "reported": _("Reports handed in"),
    "issued": _("Consolidated reports issued"),
}


def plain_assignments(scope: Scope) -> QuerySet[Assignment]:
    """What was assigned by the day, without its state."""
    rows = Assignment.objects.filter(plan=scope.plan, assigned_on__lte=scope.day)
    return rows.filter(agency=scope.agency) if scope.agency else rows


def talks(scope: Scope) -> QuerySet[Talk]:
    """Communication woven into other meetings by the day, as recorded and not withdrawn."""
    rows = Talk.objects.filter(plan=scope.plan, on__lte=scope.day, state="recorded")
    if scope.moment:
        rows = rows.filter(recorded_at__lt=scope.moment)
    return rows.filter(agency=scope.agency) if scope.agency else rows


def assignments(scope: Scope) -> QuerySet[Any]:
    """Each with `standing` and `then_state`, `then_due_on`, `then_submitted_on`. What a body passed on is its
    successor's, and counted there.
    """
    rows = assignments_then(plain_assignments(scope), scope.day, scope.moment)
    return rows.exclude(then_state="passed_on")


def late_assignments(scope: Scope) -> QuerySet[Any]:
    """The longest overdue first."""
    return assignments(scope).filter(standing=Standing.LATE).order_by("then_due_on", "pk")


def newly_late(scope: Scope) -> QuerySet[Any]:
    """Overdue now and not overdue on the day compared with."""
    before = assignments(scope.earlier).filter(standing=Standing.LATE)
    return late_assignments(scope).exclude(pk__in=before.values("pk"))


def tasks(scope: Scope) -> QuerySet[Task]:
    """Tasks that somebody (of the scope) leads or led until they were ended."""
    led = Exists(assignments(scope).filter(task=OuterRef("pk")))
    return Task.objects.filter(led, plan=scope.plan).order_by("position")


def told_tasks(scope: Scope) -> QuerySet[Task]:
    """Those that still tell something: what was ended, nobody tells any more."""
    led = Exists(assignments(scope).exclude(then_state="ended").filter(task=OuterRef("pk")))
    return Task.objects.filter(led, plan=scope.plan).order_by("position")


def running_tasks(scope: Scope) -> QuerySet[Task]:
    """Those whose targets count: not ended by the day."""
    return tasks(scope).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=scope.day))


def targets(scope: Scope) -> QuerySet[Target]:
    return Target.objects.filter(task__in=running_tasks(scope)).order_by("task__position", "pk")


def counted_for(scope: Scope) -> QuerySet[Deliverable]:
    """What counts for the targets of the tasks in scope."""
    rows = counted_deliverables(scope.day, scope.moment)
    return rows.filter(assignment__task__in=tasks(scope)).order_by("-on", "-pk")


def reports(scope: Scope) -> QuerySet[Any]:
    rows = reports_then(scope.plan, scope.moment)
    return rows.filter(agency=scope.agency) if scope.agency else rows


def late_reports(scope: Scope) -> QuerySet[Any]:
    return overdue_reports(reports(scope), scope.day, scope.moment).order_by("round__due_on", "pk")


def late_explanations(scope: Scope) -> QuerySet[Explanation]:
    """Asked for, due, and not given."""
    rows = Explanation.objects.filter(assignment__in=plain_assignments(scope), due_on__lt=scope.day)
    return _unanswered(rows, scope.moment, "given_at").order_by("due_on", "pk")


def asked_extensions(scope: Scope) -> QuerySet[Extension]:
    """More time asked for and not decided."""
    rows = Extension.objects.filter(assignment__in=plain_assignments(scope))
    return _unanswered(rows, scope.moment, "decided_at")


def _unanswered(rows: QuerySet, moment: datetime | None, answered: str) -> QuerySet:
    if moment is None:
        return rows.filter(state="asked")
    still = Q(state="asked") | Q(**{f"{answered}__gte": moment})
    return rows.filter(still, asked_at__lt=moment)


def changes(scope: Scope, kind: str) -> QuerySet[Entry]:
    """History of one kind of act after the day compared with, the newest first."""
    action, model, plan, agency = CHANGES[kind]
    own = model._default_manager.filter(**{plan: scope.plan})  # noqa: SLF001  Django's own name
    if scope.agency:
        own = own.filter(**{agency: scope.agency})
    rows = Entry.objects.filter(
        action=action,
        content_type=ContentType.objects.get_for_model(model),
        at__gte=scope.since_moment,
        object_id__in=own.values("pk"),
    )
    if scope.moment:
        rows = rows.filter(at__lt=scope.moment)
    return rows.order_by("-at", "-pk")


def unclassified(scope: Scope) -> QuerySet[Task]:
    """Tasks of which nobody has said what they tell or how."""
    return told_tasks(scope).filter(Q(topics__isnull=True) | Q(forms__isnull=True)).distinct()


def all_changes(scope: Scope) -> QuerySet[Entry]:
    found = Entry.objects.none()
    for kind in CHANGES:
        found |= changes(scope, kind)
    return found.order_by("-at", "-pk")
