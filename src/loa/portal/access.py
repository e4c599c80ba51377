"""Wagtail asks these objects who may do what with pages, pictures and files; no grant of its own is ever read.

`install` puts them in the places of the stock ones: the policies are objects that Wagtail's views have bound to
their names already, so it is their class that changes. docs/adr/newsroom-rights.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import wagtail.admin.api.views as api_views
import wagtail.models.pages as page_models
from django.contrib.auth import get_permission_codename
from django.db.models import Q, QuerySet
from wagtail.documents.permissions import permission_policy as file_policy
from wagtail.images import permissions as picture_permissions
from wagtail.models import Collection, Page, PagePermissionTester
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from loa.core import clock
from loa.directory.models import Agency, User, in_force
from loa.portal.models import AgencySite, CityHome, Column
from loa.portal.queries.territory import ACTIONS, Territory, agency_of_page, territory_of
from loa.portal.rules.newsroom import WRITERS

SITES = (CityHome, AgencySite)
STRUCTURE = (*SITES, Column)  # no stories: an approver puts them on the site without a workflow
KEEPERS = (*WRITERS, "clerk")


class AgencyPageTester(PagePermissionTester):
    """What a person may do with one page. Publishing a story is the workflow's alone."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        territory = territory_of(user)
        self.permissions = set(territory.actions) if territory.covers(page.path) else set()

    @property
    def is_structure(self) -> bool:
        kind = self.page.specific_class
        return kind is not None and issubclass(kind, STRUCTURE)

    @property
    def is_site(self) -> bool:
        kind = self.page.specific_class
        return kind is not None and issubclass(kind, SITES)

    def can_edit(self) -> bool:
        if self.is_structure and "publish" not in self.permissions:
            return False
        return super().can_edit()

    def can_publish(self) -> bool:
        return self.is_structure and super().can_publish()

    def can_publish_subpage(self) -> bool:
        return False  # a new page begins as a draft

    def can_submit_for_moderation(self) -> bool:
        return bool(not self.is_structure and self.can_edit() and super().can_submit_for_moderation())

    def can_unpublish(self) -> bool:
        return bool(not self.is_site and super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What readers have seen is taken down first, with a reason; a site is never thrown away here.

        Who may only write throws away an own draft: never published, not in review, not waiting for its hour.
        """
        if self.is_site or self.page.live or (self.is_structure and "publish" not in self.permissions):
            return False
        if "change" not in self.permissions and self._was_handed_on:
            return False
        return super().can_delete(ignore_bulk)

    @property
    def _was_handed_on(self) -> bool:
        page = self.page
        return bool(page.first_published_at or page.workflow_in_progress or page.approved_schedule)

    def can_move(self) -> bool:
        if self.is_site or not self.user.is_active:
            return False
        needed = "publish" if self.page.live or self.is_structure else "change"
        return needed in self.permissions

    def can_set_view_restrictions(self) -> bool:
        return False  # the portal is public

    def can_unschedule(self) -> bool:
        return bool("publish" in self.permissions and not self.page_is_root)


class AgencyPagePolicy(PagePermissionPolicy):
    """Rights on pages by the hat's agency."""

    def _base_user_has_permission(self, user: Any) -> bool | None:
        return None if user.is_active and user.is_authenticated else False

    def _base_queryset_for_user(self, user: Any) -> QuerySet | None:
        return None if user.is_active and user.is_authenticated else self.model._default_manager.none()  # noqa: SLF001

    def get_cached_permissions_for_user(self, user: Any) -> list[SimpleNamespace]:
        return self.get_all_permissions_for_user(user)

    def get_all_permissions_for_user(self, user: Any) -> list[SimpleNamespace]:
        """The rights in the shape of grants, which a few views of Wagtail loop over."""
        territory = territory_of(user)
        return [
            SimpleNamespace(
                page=part,
                page_id=part.pk,
                permission=SimpleNamespace(codename=get_permission_codename(action, Page._meta)),  # noqa: SLF001
            )
            for part in territory.parts
            for action in sorted(territory.actions)
        ]

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        territory = territory_of(user)
        return territory.home is not None and bool(_with_own(actions) & territory.actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Page) -> bool:
        territory = territory_of(user)
        if not territory.covers(instance.path):
            return False
        held = set(territory.actions)
        if "add" in held and instance.owner_id == user.pk:
            held.add("change")
        return bool(set(actions) & held)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Page]:
        territory, wanted = territory_of(user), set(actions)
        rows = self.model._default_manager.filter(territory.within())  # noqa: SLF001
        if wanted & territory.actions:
            return rows
        if "change" in wanted and "add" in territory.actions:
            return rows.filter(owner=user)
        return rows.none()

    def users_with_any_permission(
        self,
        actions: Iterable[str],
        include_superusers: bool = True,  # noqa: ARG002  nobody is one
    ) -> QuerySet[User]:
        return _people(_roles_for(actions))

    def users_with_any_permission_for_instance(
        self,
        actions: Iterable[str],
        instance: Page,
        include_superusers: bool = True,  # noqa: ARG002  nobody is one
    ) -> QuerySet[User]:
        return _people(_roles_for(actions), agency_of_page(instance))

    def instances_with_direct_explore_permission(self, user: Any) -> list[Page]:
        home = territory_of(user).home
        return [home] if home else []

    def explorable_root_instance(self, user: Any) -> Page | None:
        return territory_of(user).home

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        return self.model._default_manager.filter(territory_of(user).within())  # noqa: SLF001


class AgencyMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Pictures and files: those of one's agency, and to choose from besides those of the city."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "choose", "change", "delete"} and bool(
            user.is_active and territory_of(user).roles & set(KEEPERS)
        )

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        known = {action for action in actions if self.user_has_permission(user, action)}
        territory = territory_of(user)
        if known & {"change", "delete"} and _is_own(territory, instance, user):
            return True
        return "choose" in known and (
            _is_own(territory, instance, user) or _is_shared(territory, instance.agency_id)
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        known = {action for action in actions if self.user_has_permission(user, action)}
        rows = self.model._default_manager  # noqa: SLF001
        territory = territory_of(user)
        if not known:
            return rows.none()
        wanted = Q(agency=territory.agency)
        if "choose" in known:
            wanted |= Q(agency__isnull=True) | Q(agency=territory.city)
        return rows.filter(wanted)

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Collection]:
        return (
            Collection.objects.all()
            if self.user_has_any_permission(user, actions)
            else Collection.objects.none()
        )

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:  # noqa: ARG002
        return _people(KEEPERS)

    def users_with_any_permission_for_instance(
        self,
        actions: Iterable[str],  # noqa: ARG002  keepers may all the same
        instance: Any,
    ) -> QuerySet[User]:
        return _people(KEEPERS, instance.agency)


def may_see_media(user: Any, instance: Any) -> bool:
    territory = territory_of(user)
    return _is_own(territory, instance, user) or _is_shared(territory, instance.agency_id)


def may_see_page(user: Any, page: Page) -> bool:
    """In the own territory, or waiting at a stage at which this person acts."""
    if territory_of(user).covers(page.path):
        return True
    task = page.current_workflow_task
    return bool(task and task.user_can_access_editor(page, user))


def _is_own(territory: Territory, instance: Any, user: Any) -> bool:
    if territory.agency is None:
        return False
    if instance.agency_id is None:
        return territory.is_citys or instance.uploaded_by_user_id == user.pk
    return instance.agency_id == territory.agency.pk


def _is_shared(territory: Territory, agency_id: int | None) -> bool:
    return territory.agency is not None and (
        agency_id is None or (territory.city is not None and agency_id == territory.city.pk)
    )


def _with_own(actions: Iterable[str]) -> set[str]:
    """Who may add may change what is their own."""
    wanted = set(actions)
    return wanted | {"add"} if "change" in wanted else wanted


def _roles_for(actions: Iterable[str]) -> list[str]:
    return [role for role, held in ACTIONS.items() if held & _with_own(actions)]


def _people(roles: Iterable[str], agency: Agency | None = None) -> QuerySet[User]:
    wanted = in_force(clock.today(), "memberships__") & Q(memberships__role__in=list(roles))
    if agency is not None:
        wanted &= Q(memberships__agency=agency)
    return User.objects.filter(wanted, is_active=True).distinct()


def install() -> None:
    """Take the places of Wagtail's own policies; called once, when the models are loaded."""
    page_permission_policy.__class__ = AgencyPagePolicy
    api_views.PagePermissionPolicy = AgencyPagePolicy
    page_models.PagePermissionTester = AgencyPageTester
    picture_permissions.permission_policy.__class__ = AgencyMediaPolicy
    file_policy.__class__ = AgencyMediaPolicy
