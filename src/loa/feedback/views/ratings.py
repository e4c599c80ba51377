"""What askers said of answers: the list, and what everybody may read of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.lists import list_page
from loa.feedback import actions, queries
from loa.feedback.filters import RatingFilter
from loa.feedback.forms import NoteForm, RatingWordsForm
from loa.feedback.states import RATING
from loa.feedback.tables import RatingTable
from loa.feedback.views.acts import act, posted, refusal


@login_required
@require_safe
def rating_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "feedback/rating_list.html",
        rows=queries.ratings_visible_to(request.user),
        table_class=RatingTable,
        filter_class=RatingFilter,
        export_name="danh-gia",
    )


@login_required
@require_http_methods(["GET", "POST"])
def rating_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Let the words through as they are edited here, or keep them back with a reason."""
    rating = get_object_or_404(queries.ratings_visible_to(request.user).exclude(words=""), pk=pk)
    run = {"show": actions.show_words, "hide": actions.hide_words}.get(step)
    if run is None:
        raise Http404
    if refused := refusal(request, RATING, rating, step, about=rating.case):
        return refused
    taken, proposed = RATING.by_name[step], {"public_words": queries.proposed_words(rating)}
    return act(
        request,
        form=RatingWordsForm(posted(request), initial=proposed)
        if step == "show"
        else NoteForm(posted(request), needs_note=True),
        run=lambda given: run(rating, by=request.user, **given),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=rating.case,
        done=_("Done."),
        extra={"case": rating.case},
    )
