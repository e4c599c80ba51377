"""Who acts at which stage, and what waits there."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from loa.core import clock
from loa.directory.models import Agency, User, in_force
from loa.portal.models import Column, ColumnStage, EditorialStage, StageDesk, StageRole
from loa.portal.queries.reading import without_keys
from loa.portal.queries.territory import agency_of_page, city_agency, pages_of, territory_of

AROUND_THE_TEXT = {
    "go_live_at",
    "expire_at",
    "expired",
    "review_on",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "draft_title",
    "url_path",
    "path",
    "depth",
    "numchild",
    "locked",
    "locked_at",
    "locked_by",
    "wagtail_admin_comments",
}


def agency_at(stage: EditorialStage, page: Page) -> Agency | None:
    return city_agency() if stage.desk == StageDesk.CITY else agency_of_page(page)


def acts_at(stage: EditorialStage, page: Page, user: Any) -> bool:
    """The worn hat is of the stage's agency and holds its role. Costs nothing where the role is not held."""
    hat = getattr(user, "hat", None)
    if hat is None or not user.is_active or not hat.holds(stage.role):
        return False
    territory = territory_of(user)
    if stage.desk == StageDesk.CITY:
        return territory.city is not None and hat.agency.pk == territory.city.pk
    return territory.covers(page.path)


def why_not_act(stage: EditorialStage, page: Page, user: Any) -> str:
    """The sentence why somebody may not act at a stage now; empty where they may. Four eyes, whatever the hat."""
    if not acts_at(stage, page, user):
        return _("Your role here does not allow this.")
    if page.owner_id == user.pk:
        return _("Nobody decides on their own story.")
    if stage.decides and wrote_of_unpublished(page, user):
        return _("You have changed the text yourself: somebody else must approve it.")
    return ""


def wrote_of_unpublished(page: Page, user: Any) -> bool:
    """Whether this person changed anything readers would see in a version they have not seen yet.

    To set the hour, to comment or to save without a change is no writing: an approver does that. One query, two
    where the person has saved a version.
    """
    versions, live = Revision.objects.for_instance(page), page.live_revision
    if live:
        versions = versions.filter(created_at__gt=live.created_at)
    if not versions.filter(user=user).exists():
        return False
    before = _told(live.content) if live else None
    for by, content in versions.order_by("created_at", "pk").values_list("user_id", "content"):
        told = _told(content)
        if by == user.pk and told != before:
            return True
        before = told
    return False


def _told(content: dict[str, Any]) -> dict[str, Any]:
    """What a version tells readers, without keys and without what the newsroom settles around it."""
    return {name: without_keys(value) for name, value in content.items() if name not in AROUND_THE_TEXT}


def states_waiting_for(stage: EditorialStage, user: Any) -> QuerySet[TaskState]:
    """What waits at a stage and this person may decide on or hand on; one's own stories are left out."""
    rows = TaskState.objects.filter(task=stage.task_ptr, status=TaskState.STATUS_IN_PROGRESS)
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(stage.role):
        return rows.none()
    territory = territory_of(user)
    if stage.desk == StageDesk.CITY:
        if territory.city is None or hat.agency.pk != territory.city.pk:
            return rows.none()
        pages = Page.objects.exclude(owner=user)
    else:
        pages = pages_of(user).exclude(owner=user)
    keys = pages.annotate(key=Cast("pk", CharField())).values("key")
    return rows.filter(workflow_state__object_id__in=keys)


def waiting_at_stages(user: Any) -> list[TaskState]:
    """What waits for this person, the oldest first; one query for the stages and one for each role held."""
    found: list[TaskState] = []
    for stage in EditorialStage.objects.filter(active=True):
        rows = states_waiting_for(stage, user).select_related("task", "revision", "workflow_state")
        found += list(rows.order_by("started_at")[:50])
    return sorted(found, key=lambda state: state.started_at)


def people_at(stage: EditorialStage, page: Page) -> QuerySet[User]:
    """Who may act at a stage with a page: everybody of the role in the agency, but the author."""
    agency = agency_at(stage, page)
    held = in_force(clock.today(), "memberships__")
    people = User.objects.filter(
        held, memberships__role=stage.role, memberships__agency=agency, is_active=True
    )
    return people.exclude(pk=page.owner_id).distinct()


def stages_of(column: Column) -> list[tuple[str, str]]:
    """Role and desk of each stage of a column, its own or the nearest above. The last one always approves."""
    above = Column.objects.ancestor_of(column, inclusive=True).order_by("-depth").values_list("pk", flat=True)
    rows: dict[int, list[tuple[str, str]]] = {}
    for row in ColumnStage.objects.filter(column__in=list(above)).order_by("sort_order", "pk"):
        rows.setdefault(row.column_id, []).append((row.role, row.desk))
    own = next((rows[key] for key in above if key in rows), [])
    return _ending_in_approval(own) if own else list(DEFAULT_STAGES)


DEFAULT_STAGES = (
    (StageRole.EDITOR.value, StageDesk.SITE.value),
    (StageRole.APPROVER.value, StageDesk.SITE.value),
)


def _ending_in_approval(stages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    once = list(dict.fromkeys(stages))
    if once[-1][0] != StageRole.APPROVER:
        once.append((StageRole.APPROVER.value, StageDesk.SITE.value))
    return list(dict.fromkeys(once))
