"""Rounds of sending out: their list, their board, receipts on paper, and what comes to one's own agency."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock, history
from loa.core.access import permits, require
from loa.core.lists import list_page
from loa.core.pages import file_response, page
from loa.directory.models import Agency, in_force
from loa.directory.queries import groups_visible_to, networks_visible_to
from loa.portal import actions, queries
from loa.portal.filters.publications import OwnParcelFilter, ParcelFilter
from loa.portal.forms.dispatches import DispatchForm, DispatchLineForm, PaperReceiptsForm, ReceiptForm
from loa.portal.forms.publications import StepForm
from loa.portal.models import Dispatch, DispatchLine, Parcel
from loa.portal.papers.publications import hand_over_sheet
from loa.portal.states import DISPATCH
from loa.portal.tables.publications import OwnParcelTable, ParcelTable, in_words
from loa.portal.views.acts import act, refusal
from loa.portal.views.publication_desk import visible_publication


def _dispatch(request: HttpRequest, pk: int) -> Dispatch:
    rows = queries.dispatches_visible_to(request.user)
    return get_object_or_404(rows.select_related("publication__agency"), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Dispatch:
    dispatch = _dispatch(request, pk)
    require(request.user, "portal.distribute", dispatch)
    return dispatch


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "POST"])
def dispatch_add(request: HttpRequest, pk: int) -> HttpResponse:
    publication = visible_publication(request, pk)
    require(request.user, "portal.edit_publication", publication)
    made: list[Dispatch] = []
    response = act(
        request,
        form=DispatchForm(_sent(request)),
        run=lambda given: made.append(actions.prepare_dispatch(publication, **given, by=request.user)),
        heading=_("Send copies out"),
        button=_("Begin the list"),
        about=publication,
        done=_("Now say who gets how many copies."),
    )
    if made:
        response["Location"] = made[0].get_absolute_url()
    return response


@login_required
@require_http_methods(["GET", "POST"])
def dispatch_edit(request: HttpRequest, pk: int) -> HttpResponse:
    dispatch = _kept(request, pk)
    return act(
        request,
        form=DispatchForm(_sent(request), instance=_dispatch(request, pk)),
        run=lambda given: actions.edit_dispatch(dispatch, **given, by=request.user),
        heading=_("Change the sending round"),
        button=_("Save"),
        about=dispatch,
        done=_("Saved."),
    )


@login_required
@require_safe
def dispatch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft shows its list as it would be sent; a round that left shows its board."""
    dispatch = _dispatch(request, pk)
    context = {
        "dispatch": dispatch,
        "publication": dispatch.publication,
        "steps": DISPATCH.open_to(request.user, dispatch),
        "may_distribute": permits(request.user, "portal.distribute", dispatch),
        "entries": history.entries_of([dispatch])[:30],
        "left": (dispatch.publication.print_run or 0) - queries.given_out(dispatch.publication),
    }
    if dispatch.state == "draft":
        lines = dispatch.lines.select_related("agency", "group", "network")
        context |= {"lines": lines, "expanded": queries.expand(dispatch)}
        return page(request, "portal/publications/dispatch_draft.html", context)
    return list_page(
        request,
        "portal/publications/dispatch_board.html",
        rows=dispatch.parcels.select_related("agency", "confirmed_by", "dispatch"),
        table_class=ParcelTable,
        filter_class=ParcelFilter,
        export_name="xac-nhan-an-pham",
        context={**context, "tally": queries.tally(dispatch)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    dispatch = _kept(request, pk)
    form = DispatchLineForm(
        _sent(request),
        agencies=Agency.objects.filter(in_force(clock.today())),
        groups=groups_visible_to(request.user),
        networks=networks_visible_to(request.user).filter(in_force(dispatch.as_of)),
    )
    return act(
        request,
        form=form,
        run=lambda given: actions.add_dispatch_line(dispatch, **given, by=request.user),
        heading=_("Who gets copies"),
        button=_("Put on the list"),
        about=dispatch,
        done=_("On the list."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.dispatch_lines_visible_to(request.user).select_related("dispatch__publication__agency")
    line: DispatchLine = get_object_or_404(rows, pk=pk)
    require(request.user, "portal.distribute", line.dispatch)
    return act(
        request,
        form=StepForm(_sent(request), needs_note=False),
        run=lambda _given: actions.remove_dispatch_line(line, by=request.user),
        heading=_("Take “%(who)s” off the list?") % {"who": line},
        button=_("Take off"),
        tone="danger",
        about=line.dispatch,
        done=_("Taken off the list."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def dispatch_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    dispatch = _dispatch(request, pk)
    if refused := refusal(request, DISPATCH, dispatch, step):
        return refused
    taken = DISPATCH.by_name[step]
    run = {
        "send": lambda _given: actions.send_dispatch(dispatch, by=request.user),
        "withdraw": lambda given: actions.call_off_dispatch(dispatch, note=given["note"], by=request.user),
    }[step]
    return act(
        request,
        form=StepForm(_sent(request), needs_note=taken.needs_note),
        run=run,
        heading=f"{taken.label}: {dispatch}",
        button=taken.label,
        tone=taken.tone,
        about=dispatch,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )


@login_required
@require_safe
def dispatch_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over sheet to be signed."""
    dispatch = _dispatch(request, pk)
    parcels = dispatch.parcels.select_related("agency", "confirmed_by")
    name = f"giao-nhan-an-pham-{dispatch.publication_id}-dot-{dispatch.number}"
    return file_response(hand_over_sheet(dispatch, parcels), "docx", name)


@login_required
@require_http_methods(["GET", "POST"])
def paper_receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed sheets that came back, entered together."""
    dispatch = _kept(request, pk)
    waiting = list(dispatch.parcels.filter(state="waiting").select_related("agency"))
    for parcel in waiting:
        parcel.dispatch = dispatch
    form = PaperReceiptsForm(_sent(request), parcels=waiting, initial={"received_on": clock.today()})

    def run(given: dict[str, Any]) -> None:
        rows = [
            actions.PaperReceipt(parcel, received, given["received_on"], remark)
            for parcel, received, remark in form.filled
        ]
        actions.type_in_receipts(dispatch, rows, by=request.user)

    return act(
        request,
        template="portal/publications/paper_receipts.html",
        form=form,
        run=run,
        heading=_("Receipts on paper"),
        button=_("Enter"),
        about=dispatch,
        done=_("The receipts are entered."),
    )


@login_required
@require_safe
def parcel_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/publications/parcel_list.html",
        rows=queries.own_parcels(request.user),
        table_class=OwnParcelTable,
        filter_class=OwnParcelFilter,
        export_name="an-pham-nhan-ve",
    )


@login_required
@require_http_methods(["GET", "POST"])
def parcel_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and what of it is confirmed: the receiver's form stands on the page."""
    parcel = _parcel(request, pk)
    if request.method == "POST":
        require(request.user, "portal.confirm_parcel", parcel)
    is_new, first = parcel.state == "waiting", {"received": parcel.quantity, "received_on": clock.today()}
    if not is_new:
        first = {name: getattr(parcel, name) for name in ("received", "received_on", "remark")}
    return act(
        request,
        template="portal/publications/parcel.html",
        form=ReceiptForm(_sent(request), initial=first),
        run=lambda given: actions.confirm_parcel(parcel, **given, by=request.user),
        heading=parcel.dispatch.publication.title,
        button=_("Confirm receipt") if is_new else _("Correct"),
        about=parcel,
        done=_("Thank you: the receipt is confirmed."),
        extra=_parcel_context(request, parcel),
    )


def _parcel(request: HttpRequest, pk: int) -> Parcel:
    rows = queries.parcels_visible_to(request.user).exclude(dispatch__state="draft")
    return get_object_or_404(
        rows.select_related("agency", "confirmed_by", "dispatch__publication__agency"), pk=pk
    )


def _parcel_context(request: HttpRequest, parcel: Parcel) -> dict[str, Any]:
    may_confirm = permits(request.user, "portal.confirm_parcel", parcel)
    return {
        "parcel": parcel,
        "publication": parcel.dispatch.publication,
        "may_confirm": may_confirm and parcel.dispatch.state == "sent",
        "parts": in_words(parcel.parts),
        "entries": history.entries_of([parcel])[:20],
    }
