"""What an editor does beside Wagtail's pages: urgent publication, taking down, exceptions, days of review."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import permits, require
from loa.core.acting import act, refusal
from loa.core.doors import hidden_without
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.portal.actions import newsroom as actions
from loa.portal.actions.scripts import script_of_story
from loa.portal.filters.newsroom import ReviewFilter, UrgentFilter
from loa.portal.forms.assignments import StepNoteForm
from loa.portal.forms.newsroom import ReasonForm
from loa.portal.models import Story, UrgentRelease
from loa.portal.queries.newsroom import stories_to_review, urgent_visible_to
from loa.portal.queries.territory import agency_of_page, pages_of
from loa.portal.states import URGENT
from loa.portal.tables.newsroom import ReviewTable, UrgentTable
from loa.portal.views.back import Back, edit_of

ACT = "portal/newsroom/act.html"


def visible_story(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story, pk__in=pages_of(request.user).values("pk"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def story_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish without approval: an exception that is decided on afterwards."""
    story = visible_story(request, pk)
    require(request.user, "portal.edit_for_agency", UrgentRelease(agency=agency_of_page(story)))
    return act(
        request,
        template=ACT,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.release_urgently(story, reason=given["note"], by=request.user),
        heading=_("Publish urgently, without approval"),
        button=_("Publish now"),
        tone="danger",
        about=Back(story.title, edit_of(story)),
        back=edit_of(story),
        done=_("Readers see it now. An approver decides on it afterwards."),
        extra={"lead": _("It stands in the list of exceptions until an approver has decided on it.")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def story_take_down(request: HttpRequest, pk: int) -> HttpResponse:
    story = visible_story(request, pk)
    if not story.live:
        raise Http404
    if not story.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied(_("Your role here does not allow this."))
    return act(
        request,
        template=ACT,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.take_down(story, reason=given["note"], by=request.user),
        heading=_("Take off the site"),
        button=_("Take off the site"),
        tone="danger",
        about=Back(story.title, edit_of(story)),
        back=edit_of(story),
        done=_("Readers do not see it any more. What it counted for in the plan was taken back."),
    )


@login_required
@require_safe
def story_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What the newsroom did with a story, with reasons."""
    story = visible_story(request, pk)
    return page(
        request,
        "portal/newsroom/story_history.html",
        {
            "story": story,
            "entries": entries_of([story]),
            "corrections": story.corrections.order_by("-on", "-pk"),
            "edit": edit_of(story),
            "may_script": permits(request.user, "campaigns.write_scripts"),
        },
    )


@login_required
@require_POST
def story_script(request: HttpRequest, pk: int) -> HttpResponse:
    """A radio script from a story; asked again while the first is unfinished, it is the first."""
    story = visible_story(request, pk)
    try:
        script = script_of_story(story, by=request.user)
    except FlowError as refused:
        messages.error(request, str(refused))
        return redirect("portal:story_history", pk)
    return redirect(script)


@hidden_without("portal.see_desk")
@require_safe
def urgent_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/newsroom/urgent_list.html",
        rows=urgent_visible_to(request.user),
        table_class=UrgentTable,
        filter_class=UrgentFilter,
        export_name="dang-khan",
    )


def visible_release(request: HttpRequest, pk: int) -> UrgentRelease:
    return get_object_or_404(urgent_visible_to(request.user), pk=pk)


@login_required
@require_safe
def urgent_detail(request: HttpRequest, pk: int) -> HttpResponse:
    release = visible_release(request, pk)
    context = {
        "release": release,
        "steps": URGENT.open_to(request.user, release),
        "edit": edit_of(release.story) if release.story else "",
        "entries": entries_of([release, release.story] if release.story else [release]),
    }
    return page(request, "portal/newsroom/urgent_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def urgent_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    release = visible_release(request, pk)
    if refused := refusal(request, URGENT, release, step, template=ACT):
        return refused
    chosen = URGENT.by_name[step]
    return act(
        request,
        template=ACT,
        form=StepNoteForm(request.POST or None, needs_note=chosen.needs_note),
        run=lambda given: actions.decide_urgent(release, step=step, note=given["note"], by=request.user),
        heading=chosen.label,
        button=chosen.label,
        tone=chosen.tone,
        about=release,
        done=_("Decided."),
    )


@hidden_without("portal.see_desk")
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/newsroom/review_list.html",
        rows=stories_to_review(request.user),
        table_class=ReviewTable,
        filter_class=ReviewFilter,
        export_name="tin-can-ra-soat",
    )
