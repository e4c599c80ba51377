"""One reading on its page, whole or in the fragments an act has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from loa.core.history import entries_of
from loa.core.pages import page
from loa.documents.models import Proposal, Reading
from loa.documents.queries import proposals_visible_to, readings_visible_to
from loa.plans.forms.imports import PlanFieldsForm
from loa.plans.queries.imports import ReadingView, parents_for
from loa.plans.queries.screen import Screen, card_url, choice_label

CONFLICT, INVALID = 409, 422


def visible_reading(request: HttpRequest, pk: int) -> Reading:
    """The reading with the people and the paper it belongs to, or 404."""
    readings = readings_visible_to(request.user).select_related("agency", "started_by", "document__plan")
    return get_object_or_404(readings, pk=pk)


def visible_proposal(request: HttpRequest, pk: int) -> Proposal:
    rows = proposals_visible_to(request.user).select_related("reading__agency", "reading__document__plan")
    return get_object_or_404(rows, pk=pk)


def screen_context(reading: Reading, **more: Any) -> dict[str, Any]:
    screen = Screen(ReadingView(reading))
    return {
        "reading": reading,
        "screen": screen,
        "fields_form": PlanFieldsForm(initial=_fields(screen), parents=parents_for(reading)),
        **more,
    }


def _fields(screen: Screen) -> dict[str, Any]:
    view = screen.view
    bodies = {key: getattr(view, key) for key in ("issuer", "coordinator", "accepting_office")}
    said = {key: choice_label(body.code, body.name) for key, body in bodies.items() if body}
    return {**said, "year": view.year, "parent": view.answers.get("parent")}


def reading_page(request: HttpRequest, reading: Reading, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; `opened` (a proposal's pk) stands open."""
    context = screen_context(reading, entries=entries_of([reading])[:30], **more)
    return page(request, "plans/import_detail.html", context, status=status)


def changed(
    request: HttpRequest,
    reading: Reading,
    *,
    proposals: Iterable[Proposal] = (),
    printed: str = "",
    parts: Iterable[str] = (),
    status: int = 200,
    error: str = "",
    **more: Any,
) -> HttpResponse:
    """What an act has changed: fragments for htmx, else back to the page, where the act was.

    `printed`: every proposal that prints this name has changed. `parts` of names, dues, fields.
    """
    rows = list(proposals)
    if request.headers.get("HX-Request"):
        return _fragments(
            request, reading, rows, printed, status=status, parts=set(parts), error=error, **more
        )
    if status != 200:
        return reading_page(request, reading, status=status, error=error, **more)
    return redirect(reading.get_absolute_url() + _where(rows, printed))


def _fragments(
    request: HttpRequest, reading: Reading, rows: list[Proposal], printed: str, *, status: int, **more: Any
) -> HttpResponse:
    reading.refresh_from_db()
    context = screen_context(reading, **more)
    screen = context["screen"]
    wanted = {row.pk for row in rows} | {card.proposal.pk for card in screen.cards_naming(printed)}
    context["cards"] = [card for card in screen.cards if card.proposal.pk in wanted]
    context["header_changed"] = screen.header is not None and screen.header.proposal.pk in wanted
    context["opened"] = rows[0].pk if len(rows) == 1 else None
    response = page(request, "plans/import_changed.html", context, status=status)
    response["HX-Reswap"] = "none"  # every fragment finds its own place
    return response


def _where(rows: list[Proposal], printed: str) -> str:
    if len(rows) == 1:
        return card_url(rows[0].pk)
    return "#names" if printed else "#looks"
