"""Feeds of press bodies and what they brought."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from loa.campaigns import actions, queries
from loa.campaigns.filters import CandidateFilter, FeedFilter
from loa.campaigns.forms.clippings import ClippingForm
from loa.campaigns.forms.fields import StepForm
from loa.campaigns.forms.press import FeedForm
from loa.campaigns.models import Candidate, Feed
from loa.campaigns.states import CANDIDATE
from loa.campaigns.tables import CandidateTable, FeedTable
from loa.campaigns.views.acts import act, posted, refusal
from loa.campaigns.views.clippings import clipping_form
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page


def _reads_feeds(request: HttpRequest) -> None:
    """Feeds are for who keeps the log; to others there is nothing here."""
    hat = request.user.hat
    if hat is None or not hat.holds(*queries.FEEDERS):
        raise Http404


@login_required
@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    _reads_feeds(request)
    return list_page(
        request,
        "campaigns/feed_list.html",
        rows=queries.feeds_visible_to(request.user),
        table_class=FeedTable,
        filter_class=FeedFilter,
        export_name="nguon-tin",
        context={"may_add": permits(request.user, "campaigns.make_feeds")},
    )


def _feed(request: HttpRequest, feed: Feed, heading: str) -> HttpResponse:
    bodies = queries.press_bodies_visible_to(request.user)
    return act(
        request,
        form=FeedForm(posted(request), feed=feed, bodies=bodies),
        run=lambda given: actions.save_feed(feed, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=feed,
        done=_("Saved."),
        back=reverse("campaigns:feed_list"),
        extra={"crumb": _("Feeds")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def feed_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "campaigns.make_feeds")
    return _feed(request, Feed(), _("Watch a feed"))


def visible_feed(request: HttpRequest, pk: int) -> Feed:
    return get_object_or_404(queries.feeds_visible_to(request.user), pk=pk)


@login_required
@require_safe
def feed_detail(request: HttpRequest, pk: int) -> HttpResponse:
    feed = visible_feed(request, pk)
    waiting = feed.candidates.filter(state="waiting")
    context = {
        "feed": feed,
        "waiting_count": waiting.count(),
        "entries": entries_of([feed])[:20],
        "may_change": permits(request.user, "campaigns.change_feed", feed),
        "may_fetch": feed.is_active and permits(request.user, "campaigns.decide_candidate", feed),
    }
    return page(request, "campaigns/feed_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def feed_edit(request: HttpRequest, pk: int) -> HttpResponse:
    feed = visible_feed(request, pk)
    require(request.user, "campaigns.change_feed", feed)
    return _feed(request, feed, feed.press_body.name)


@login_required
@require_http_methods(["GET", "POST"])
def feed_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    feed = visible_feed(request, pk)
    require(request.user, "campaigns.decide_candidate", feed)
    return act(
        request,
        form=StepForm.without_note(posted(request)),
        run=lambda _given: actions.fetch_now(feed, by=request.user),
        heading=_("Fetch now"),
        button=_("Fetch now"),
        about=feed,
        done=_("The feed is being fetched; what is new waits to be chosen."),
        back=reverse("campaigns:feed_detail", args=[feed.pk]),
        extra={"crumb": feed.press_body.name, "lead": feed.address},
    )


@login_required
@require_safe
def candidate_list(request: HttpRequest) -> HttpResponse:
    _reads_feeds(request)
    rows = queries.candidates_visible_to(request.user)
    others = rows.filter(state="waiting", is_suggested=False).count()
    may_decide = permits(request.user, "campaigns.keep_clippings")
    return list_page(
        request,
        "campaigns/candidate_list.html",
        rows=rows if "state" in request.GET else rows.filter(state="waiting"),
        table_class=CandidateTable,
        filter_class=CandidateFilter,
        export_name="tin-cho-chon",
        context={"other_count": others if may_decide else 0},
    )


def visible_candidate(request: HttpRequest, pk: int) -> Candidate:
    return get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def candidate_take(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = visible_candidate(request, pk)
    if refused := refusal(request, CANDIDATE, candidate, "take", about=candidate.feed):
        return refused
    require(request.user, "campaigns.decide_candidate", candidate)
    return act(
        request,
        form=clipping_form(request, ClippingForm.of_candidate(candidate)),
        run=lambda given: actions.take_candidate(candidate, **given, by=request.user),
        heading=_("Take into the log"),
        button=_("Take"),
        about=candidate,
        done=_("It is in the log."),
        back=reverse("campaigns:candidate_list"),
        extra={"crumb": _("To be chosen"), "lead": candidate.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def candidate_drop(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = visible_candidate(request, pk)
    if refused := refusal(request, CANDIDATE, candidate, "drop", about=candidate.feed):
        return refused
    require(request.user, "campaigns.decide_candidate", candidate)
    return act(
        request,
        form=StepForm.without_note(posted(request)),
        run=lambda _given: actions.drop_candidate(candidate, by=request.user),
        heading=_("Drop"),
        button=_("Drop"),
        about=candidate,
        done=_("Dropped."),
        back=reverse("campaigns:candidate_list"),
        extra={"crumb": _("To be chosen"), "lead": candidate.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def candidates_drop(request: HttpRequest) -> HttpResponse:
    """Everything that waits and has none of the feed's words."""
    require(request.user, "campaigns.keep_clippings")
    rows = queries.candidates_visible_to(request.user).filter(state="waiting", is_suggested=False)
    count = rows.count()
    words = ngettext("%(n)d item is dropped.", "%(n)d items are dropped.", count) % {"n": count}
    return act(
        request,
        form=StepForm.without_note(posted(request)),
        run=lambda _given: actions.drop_candidates(rows, by=request.user),
        heading=_("Drop what is not suggested"),
        button=_("Drop"),
        about=None,
        done=words,
        back=reverse("campaigns:candidate_list"),
        extra={"crumb": _("To be chosen"), "lead": words},
    )
