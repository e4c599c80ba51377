"""Where the newsroom's own acts stand in Wagtail's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from loa.core import history
from loa.core.access import permits
from loa.portal.models import Contribution, Story, UrgentRelease
from loa.portal.queries.territory import agency_of_page, territory_of
from loa.portal.views.stage_words import tell_what_became


@hooks.register("before_unpublish_page")
def take_down_with_a_reason(_request: HttpRequest, page: Page) -> HttpResponse | None:
    """A story leaves the site by our own act, which asks why."""
    if issubclass(page.specific_class, Story):
        return redirect("portal:story_take_down", page.pk)
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: Any, request: HttpRequest) -> Any:
    """Links lead to pages of the own site; another agency's are not offered."""
    return pages.filter(territory_of(request.user).within())


@hooks.register("after_edit_page")
def remember_what_changed(request: HttpRequest, page: Page) -> None:
    """How a published text was changed: without another meaning, or with a correction."""
    if getattr(page, "meaning_kept", False):
        history.record(page, "story.keep_meaning", by=request.user, data={"version": page.latest_revision_id})
    elif getattr(page, "was_corrected", False):
        history.record(page, "story.correct", by=request.user, data={"version": page.latest_revision_id})


@hooks.register("after_edit_page")
def say_what_became(request: HttpRequest, page: Page) -> None:
    """Who acts at a stage is told what that did, not that a page was updated."""
    if isinstance(page, Story) and request.POST.get("action-workflow-action"):
        tell_what_became(request, page)


@hooks.register("register_page_header_buttons")
def own_acts(page: Page, user: Any, **_more: Any) -> Any:
    """In the menu of a page: history with reasons, urgent publication, what a contributor sent."""
    if not isinstance(page, Story):
        return
    yield Button(
        _("History with reasons"),
        reverse("portal:story_history", args=[page.pk]),
        icon_name="history",
        priority=80,
    )
    if permits(user, "portal.edit_for_agency", UrgentRelease(agency=agency_of_page(page))):
        yield Button(
            _("Publish urgently, without approval"),
            reverse("portal:story_release", args=[page.pk]),
            icon_name="warning",
            priority=85,
        )
    written = Contribution.objects.filter(story=page.pk).first()
    if written is not None:
        yield Button(
            _("What the contributor sent"), written.get_absolute_url(), icon_name="openquote", priority=75
        )


@hooks.register("insert_global_admin_css")
def own_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/editing.css"))


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Editorial calendar"), "/lich-bien-tap/", name="calendar", icon_name="date", order=110
    )


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    return MenuItem(gettext_lazy("My work"), "/viec-cua-toi/", name="desk", icon_name="arrow-left", order=1)


@hooks.register("construct_main_menu")
def without_what_nobody_may(_request: HttpRequest, items: list[MenuItem]) -> None:
    """The help that leads to other hosts stays out."""
    items[:] = [item for item in items if item.name != "help"]
