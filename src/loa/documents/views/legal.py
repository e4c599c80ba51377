"""The desk's side of legal documents: the register, one document with its relations, entering, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import act, refusal
from loa.core.doors import closed_without
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.documents import actions, queries
from loa.documents.filters.legal import StaffLegalFilter
from loa.documents.forms.legal import ConfirmForm, EnterLegalForm, LegalForm, RelationForm, StepForm
from loa.documents.models import DocumentLink, LegalDocument
from loa.documents.states import LEGAL
from loa.documents.tables.legal import LegalSheet, LegalTable
from loa.documents.views.register import stored_file

ACT = "documents/legal_act.html"


def visible_legal(request: HttpRequest, pk: int) -> LegalDocument:
    return get_object_or_404(queries.legal_documents_visible_to(request.user), pk=pk)


def _kept(request: HttpRequest, pk: int) -> LegalDocument:
    """One that this person may change; else 403, or 404 where it may not even be seen."""
    legal = visible_legal(request, pk)
    require(request.user, "documents.keep_legal", legal)
    return legal


@login_required
@require_safe
def legal_list(request: HttpRequest) -> HttpResponse:
    rows = queries.legal_documents_visible_to(request.user)
    return list_page(
        request,
        "documents/legal_list.html",
        rows=rows.defer("text", "search_text"),
        table_class=LegalSheet if "export" in request.GET else LegalTable,
        filter_class=StaffLegalFilter,
        export_name="van-ban-phap-luat",
        context={
            "may_enter": permits(request.user, "documents.enter_legal"),
            "sees_citations": permits(request.user, "documents.see_citations"),
        },
    )


@login_required
@require_safe
def legal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    legal = visible_legal(request, pk)
    seen = queries.legal_documents_visible_to(request.user)
    incoming = queries.incoming_relations(legal, queries.public_legal_documents())
    context = {
        "legal": legal,
        "document": legal.document,
        "status": queries.status_on(legal, clock.today(), incoming),
        "incoming": incoming,
        "outgoing": queries.outgoing_relations(legal, seen),
        "steps": LEGAL.open_to(request.user, legal),
        "may_keep": permits(request.user, "documents.keep_legal", legal),
        "citation_count": legal.citations.count(),
        "entries": entries_of([legal, legal.document])[:30],
    }
    return page(request, "documents/legal_detail.html", context)


@closed_without("documents.enter_legal")
@require_http_methods(["GET", "POST"])
def legal_add(request: HttpRequest) -> HttpResponse:
    agency = request.user.hat.agency
    initial = {"issuer_name": agency.name, "kind": "QUYẾT ĐỊNH", "is_checked": True}
    entered: list[LegalDocument] = []

    def run(given: dict[str, Any]) -> None:
        entered.append(actions.enter_legal_document(agency=agency, by=request.user, **given))

    response = act(
        request,
        template=ACT,
        form=EnterLegalForm(request.POST or None, request.FILES or None, initial=initial),
        run=run,
        heading=_("Enter a legal document"),
        button=_("Enter"),
        about=None,
        back=reverse("documents:legal_list"),
        done=_("Entered. Nobody outside sees it before it is published."),
    )
    return redirect(entered[0]) if entered else response


@login_required
@require_http_methods(["GET", "POST"])
def legal_change(request: HttpRequest, pk: int) -> HttpResponse:
    legal = _kept(request, pk)
    return act(
        request,
        template=ACT,
        form=LegalForm(request.POST or None, request.FILES or None, legal=legal),
        run=lambda given: actions.change_legal_document(legal, by=request.user, **given),
        heading=_("Correct: %(document)s") % {"document": legal},
        button=_("Save"),
        about=legal,
        done=_("The document is as you gave it."),
    )


@login_required
@require_safe
def legal_file(request: HttpRequest, pk: int) -> FileResponse:
    return stored_file(visible_legal(request, pk).document)


@login_required
@require_http_methods(["GET", "POST"])
def legal_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    legal = visible_legal(request, pk)
    closed = refusal(request, LEGAL, legal, step, template=ACT)
    if closed:
        return closed
    is_publishing = step == "publish"
    run = actions.publish_legal_document if is_publishing else actions.unpublish_legal_document
    return act(
        request,
        template=ACT,
        form=(ConfirmForm if is_publishing else StepForm)(request.POST if request.method == "POST" else None),
        run=lambda given: run(legal, by=request.user, **given),
        heading=_("%(step)s: %(document)s") % {"step": LEGAL.by_name[step].label, "document": legal},
        button=LEGAL.by_name[step].label,
        tone=LEGAL.by_name[step].tone,
        about=legal,
        done=_("Done."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def relation_add(request: HttpRequest, pk: int) -> HttpResponse:
    legal = _kept(request, pk)
    return act(
        request,
        template=ACT,
        form=RelationForm(request.POST or None),
        run=lambda given: actions.add_relation(legal, by=request.user, **given),
        heading=_("What %(document)s does to another document") % {"document": legal},
        button=_("Add"),
        about=legal,
        done=_("The relation is added."),
    )


def _link_of(request: HttpRequest, pk: int) -> DocumentLink:
    rows = DocumentLink.objects.select_related("document__legal__keeper", "document__legal__document")
    link = get_object_or_404(rows, pk=pk, document__legal__isnull=False)
    _kept(request, link.document.legal.pk)
    return link


@login_required
@require_http_methods(["GET", "POST"])
def relation_change(request: HttpRequest, pk: int) -> HttpResponse:
    link = _link_of(request, pk)
    initial = {name: getattr(link, name) for name in ("kind", "text", "acts_from", "note")}
    return act(
        request,
        template=ACT,
        form=RelationForm(request.POST or None, initial=initial),
        run=lambda given: actions.change_relation(link, by=request.user, **given),
        heading=_("Correct a relation"),
        button=_("Save"),
        about=link.document.legal,
        done=_("The relation is as you gave it."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def relation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    link = _link_of(request, pk)
    words = {"what": queries.relation_label(link.kind), "document": link.text}
    return act(
        request,
        template=ACT,
        form=StepForm(request.POST or None),
        run=lambda given: actions.remove_relation(link, by=request.user, **given),
        heading=_("Take away: %(what)s %(document)s") % words,
        button=_("Take away"),
        tone="danger",
        about=link.document.legal,
        done=_("The relation is taken away; it stays in the history."),
    )
