"""One proposal: look at it, correct it, check, drop, merge, split, add one by hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import require
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.documents.models import Proposal, Reading
from loa.plans.actions import proposals as actions
from loa.plans.forms.proposals import ProposalForm, SplitForm, VersionForm, form_for
from loa.plans.queries.cards import cut_points, facts, label_of, text_of
from loa.plans.queries.imports import ReadingView
from loa.plans.queries.screen import card_url
from loa.plans.views.reading_page import CONFLICT, INVALID, changed, visible_proposal, visible_reading

MARKS = {
    "check": (actions.check_proposal, {"is_checked": True}),
    "uncheck": (actions.check_proposal, {"is_checked": False}),
    "drop": (actions.drop_proposal, {"is_dropped": True}),
    "restore": (actions.drop_proposal, {"is_dropped": False}),
}


@login_required
@require_safe
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of a proposal; without htmx the page with it open."""
    proposal = visible_proposal(request, pk)
    return changed(request, proposal.reading, proposals=[proposal])


@login_required
@require_http_methods(["GET", "POST"])
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    require(request.user, "documents.confirm_reading", proposal.reading)
    sent = request.POST if request.method == "POST" else None
    form = form_for(proposal.kind, sent, said=proposal.data, version=proposal.version)
    if sent is None:
        return _editor(request, proposal, form)
    if not form.is_valid():
        return _editor(request, proposal, form, status=INVALID)
    try:
        actions.correct_proposal(
            proposal, version=form.cleaned_data["version"], data=form.data_said, by=request.user
        )
    except FlowError as refusal:
        form.add_error(None, str(refusal))
        return _editor(request, proposal, form, status=CONFLICT)
    return changed(request, proposal.reading, proposals=[proposal], parts=["names", "fields", "dues"])


def _editor(
    request: HttpRequest, proposal: Proposal, form: ProposalForm, *, status: int = 200
) -> HttpResponse:
    """The form in place of the card. In a conflict, also what the other person has made of it."""
    theirs = Proposal.objects.get(pk=proposal.pk)
    is_conflict = status == CONFLICT and theirs.version != form.cleaned_data["version"]
    if is_conflict:  # saving again puts one's own words in place of theirs, knowingly
        form.data = {**form.data.dict(), "version": theirs.version}
    context = {
        "reading": proposal.reading,
        "proposal": proposal,
        "label": label_of(proposal),
        "form": form,
        "theirs": {"text": text_of(theirs), "facts": facts(theirs.data)} if is_conflict else None,
        "action": reverse("plans:proposal_edit", args=[proposal.pk]),
        "source": _source_of(proposal),
        "names": ReadingView(proposal.reading).name_answers,
    }
    return page(request, "plans/import_edit.html", context, part="editor", status=status)


def _source_of(proposal: Proposal) -> str:
    start, end = proposal.source.get("start"), proposal.source.get("end")
    is_known = isinstance(start, int) and isinstance(end, int)
    return proposal.reading.text[start:end].replace("\t", "\n") if is_known else ""


@login_required
@require_POST
def proposal_mark(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    form = VersionForm(request.POST)
    if request.POST.get("act") not in MARKS or not form.is_valid():
        raise Http404
    run, said = MARKS[request.POST["act"]]
    try:
        run(proposal, version=form.cleaned_data["version"], by=request.user, **said)
    except FlowError as refusal:
        return changed(request, proposal.reading, proposals=[proposal], status=CONFLICT, error=str(refusal))
    parts = ["names", "fields", "dues"] if "is_dropped" in said else []
    return changed(request, proposal.reading, proposals=[proposal], parts=parts)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_merge(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    require(request.user, "documents.confirm_reading", proposal.reading)
    second = actions.next_of(proposal)
    form = VersionForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid() and second:
        try:
            version = form.cleaned_data["version"]
            actions.merge_proposals(proposal, second, version=version, by=request.user)
        except FlowError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(proposal.reading.get_absolute_url() + card_url(proposal.pk))
    context = {
        "reading": proposal.reading,
        "proposal": proposal,
        "second": second,
        "form": form,
        "label": label_of(proposal),
        "second_label": label_of(second) if second else "",
        "united": actions.united(proposal, second) if second else {},
    }
    return page(request, "plans/import_merge.html", context, status=CONFLICT if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_split(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    require(request.user, "documents.confirm_reading", proposal.reading)
    form = SplitForm(request.POST or None, points=cut_points(proposal), initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.split_proposal(proposal, by=request.user, **form.cleaned_data)
        except FlowError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(proposal.reading.get_absolute_url() + card_url(new.pk))
    context = {"reading": proposal.reading, "proposal": proposal, "label": label_of(proposal), "form": form}
    return page(request, "plans/import_split.html", context, status=CONFLICT if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    reading = visible_reading(request, pk)
    require(request.user, "documents.confirm_reading", reading)
    if kind not in actions.ADDED_BY_HAND:
        raise Http404
    form = form_for(kind, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                new = actions.add_proposal(reading, kind=kind, data=form.data_said, by=request.user)
            except FlowError as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                return redirect(reading.get_absolute_url() + card_url(new.pk))
    return _adder(request, reading, kind, form, status)


def _adder(
    request: HttpRequest, reading: Reading, kind: str, form: ProposalForm, status: int
) -> HttpResponse:
    context = {
        "reading": reading,
        "label": _("Add by hand: %(kind)s") % {"kind": Proposal.Kind(kind).label},
        "form": form,
        "action": reverse("plans:proposal_add", args=[reading.pk, kind]),
        "names": ReadingView(reading).name_answers,
    }
    return page(request, "plans/import_edit.html", context, status=status)
