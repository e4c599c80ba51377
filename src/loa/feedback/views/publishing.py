"""What the intake publishes: the list of what waits, the screen of one case, what is public, what is kept private."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import CONFLICT, INVALID, TAKEN, attempt
from loa.core.doors import hidden_without
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.filters import PublishedFilter, WaitingFilter
from loa.feedback.forms import KeepPrivateForm, NoteForm, PublishForm
from loa.feedback.models import Case, Publication
from loa.feedback.tables import PublishedTable, WaitingTable
from loa.feedback.views.acts import act, posted
from loa.feedback.views.cases import visible_case


@hidden_without("feedback.work_intake")
@require_safe
def publish_list(request: HttpRequest) -> HttpResponse:
    """Answered cases that are owed to the public, the most urgent first."""
    rows = queries.unpublished_cases(queries.cases_of_intake(request.user))
    return list_page(
        request,
        "feedback/publish_list.html",
        rows=rows.select_related("agency", "subject"),
        table_class=WaitingTable,
        filter_class=WaitingFilter,
        export_name="cho-cong-khai",
        context={"tab": "waiting"},
    )


@hidden_without("feedback.work_intake")
@require_safe
def published_list(request: HttpRequest) -> HttpResponse:
    own = queries.cases_of_intake(request.user).order_by()
    rows = Publication.objects.filter(case__in=own).select_related("case__subject", "agency", "by")
    return list_page(
        request,
        "feedback/publish_list.html",
        rows=rows,
        table_class=PublishedTable,
        filter_class=PublishedFilter,
        export_name="da-cong-khai",
        context={"tab": "published"},
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def case_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Question and answer side by side with what looks personal; replace, edit, preview, publish."""
    case = _own_case(request, pk)
    public = _live(case)
    texts = _texts_of(request, case, public)
    seen, ticked = request.POST.getlist("seen"), request.POST.getlist("mask")
    marked = queries.marked_texts(case, texts, seen=seen, ticked=ticked)
    then = request.POST.get("then", "")
    if then == "mask" or (then == "publish" and _is_ticked(marked, ticked)):
        texts = queries.with_ticked_replaced(marked, ticked)
        marked = queries.marked_texts(case, texts, seen=seen, ticked=ticked)
        return _screen(request, case, public, _form(request, case, public, texts), marked, then=then)
    form = _form(request, case, public, None if request.method == "POST" else texts)
    status = _publish(request, case, public, form) if then == "publish" else 0
    if status == TAKEN:
        messages.success(request, _("The answer is public."))
        return redirect("feedback:publish_list")
    return _screen(request, case, public, form, marked, then=then, status=status)


def _publish(request: HttpRequest, case: Case, public: Publication | None, form: PublishForm) -> int:
    def run(_given: dict[str, Any]) -> None:
        if public:
            note = form.cleaned_data.get("note", "")
            actions.edit_publication(public, **form.chosen, note=note, by=request.user)
        else:
            actions.publish_case(case, **form.chosen, by=request.user)

    return attempt(request, form, run)


def _is_ticked(marked: dict[str, Any], ticked: list[str]) -> bool:
    return any(piece.key in ticked for each in marked.values() for piece in each.proposals)


def _own_case(request: HttpRequest, pk: int) -> Case:
    case = visible_case(request, pk)
    require(request.user, "feedback.publish", case)
    return case


def _live(case: Case) -> Publication | None:
    """What is public of this case and still holds; after a new answer it is published anew."""
    row = Publication.objects.select_related("case").filter(case=case, withdrawn_at__isnull=True).first()
    return row if row and not queries.is_answered_anew(row) else None


def _texts_of(request: HttpRequest, case: Case, public: Publication | None) -> dict[str, str]:
    names = ("title", "question", "answer")
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in names}
    return {name: getattr(public, name) for name in names} if public else queries.original_texts(case)


def _form(
    request: HttpRequest, case: Case, public: Publication | None, texts: dict[str, str] | None
) -> PublishForm:
    """Bound to what was sent; with `texts`, open to be edited, the ticks kept."""
    may_show_name = case.consents.filter(purpose="name", withdrawn_at__isnull=True).exists()
    given: dict[str, Any] = {"case": case, "may_show_name": may_show_name, "is_change": public is not None}
    if texts is None:
        return PublishForm(request.POST, **given)
    kept: dict[str, Any] = {"files": request.POST.getlist("files")}
    kept |= {"shows_name": "shows_name" in request.POST, "note": request.POST.get("note", "")}
    if request.method == "GET" and public:
        shown = case.files.filter(is_public=True).values_list("pk", flat=True)
        kept = {"files": list(shown), "shows_name": bool(public.asker_name)}
    return PublishForm(initial={**texts, **kept}, **given)


def _screen(
    request: HttpRequest,
    case: Case,
    public: Publication | None,
    form: PublishForm,
    marked: dict[str, Any],
    *,
    then: str,
    status: int = 0,
) -> HttpResponse:
    is_shown = then == "preview" and form.is_valid()
    context = {
        "case": case,
        "public": public,
        "form": form,
        "marked": marked,
        "has_proposals": any(each.proposals for each in marked.values()),
        "preview": form.chosen if is_shown else None,
        "was_replaced": then == "publish" and not status,
    }
    shown = status if status in (CONFLICT, INVALID) else 200
    return page(request, "feedback/publish.html", context, status=shown)


@login_required
@require_http_methods(["GET", "POST"])
def case_keep_private(request: HttpRequest, pk: int) -> HttpResponse:
    case = _own_case(request, pk)
    return act(
        request,
        form=KeepPrivateForm(posted(request)),
        run=lambda given: actions.keep_private(case, **given, by=request.user),
        heading=_("Do not publish"),
        button=_("Keep it private"),
        about=case,
        done=_("The case is not published; its publication is no longer required."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    case = _own_case(request, pk)
    row = get_object_or_404(Publication.objects.select_related("case"), case=case, withdrawn_at__isnull=True)
    return act(
        request,
        form=NoteForm(posted(request), needs_note=True),
        run=lambda given: actions.withdraw_publication(row, **given, by=request.user),
        heading=_("Take down from the public register"),
        button=_("Take down"),
        tone="danger",
        about=case,
        done=_("The answer is no longer public."),
        extra={"case": case},
    )


@login_required
@require_safe
def case_publicity(request: HttpRequest, pk: int) -> HttpResponse:
    """On the page of a case: whether the public reads it."""
    case = visible_case(request, pk)
    context = {
        "case": case,
        "publication": Publication.objects.filter(case=case).select_related("case", "by").first(),
        "private": getattr(case, "kept_private", None),
        "may_publish": permits(request.user, "feedback.publish", case),
    }
    return page(request, "feedback/publicity.html", context, part="fragment")
