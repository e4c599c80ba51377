"""A version: looked at, written, compared, handed on, published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import CONFLICT, INVALID
from loa.core.acting import refusal as core_refusal
from loa.core.history import entries_of
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.documents.queries import documents_visible_to
from loa.procedures import actions, queries
from loa.procedures.forms import FormFileForm, PaperRows, StepForm, VersionForm, WayRows
from loa.procedures.models import ProcedureVersion
from loa.procedures.states import VERSION, WRITABLE_STATES
from loa.procedures.views.acts import act
from loa.procedures.views.public import file_of


def visible_version(request: HttpRequest, pk: int) -> ProcedureVersion:
    rows = queries.versions_visible_to(request.user).select_related("document", "written_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    version = visible_version(request, pk)
    may_write = permits(request.user, "procedures.write_version", version)
    context = {
        "version": version,
        "procedure": version.procedure,
        "papers": queries.papers_by_case(version),
        "files": version.files.all(),
        "steps": VERSION.open_to(request.user, version),
        "why_not_approve": _why_not_approve(request, version),
        "is_writable": may_write and version.state in WRITABLE_STATES,
        "is_open": version.due_on and not version.published_on and version.state != "dropped",
        "before": queries.version_before(version),
        "may_propose": version.state == "published" and may_write,
        "proposals": queries.proposals_visible_to(request.user).filter(version=version),
        "rule": queries.publication_rule(version),
        "entries": entries_of([version])[:40],
    }
    return page(request, "procedures/version_detail.html", context)


def _why_not_approve(request: HttpRequest, version: ProcedureVersion) -> str:
    """The head who wrote it reads why another must approve."""
    is_own = version.written_by_id == request.user.pk
    if (
        version.state == "with_head"
        and is_own
        and permits(request.user, "procedures.decide_version", version)
    ):
        return _("You wrote this version: somebody else who heads the body approves it.")
    return ""


@login_required
@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = visible_version(request, pk)
    require(request.user, "procedures.write_version", version)
    if version.state not in WRITABLE_STATES:
        messages.error(request, _("This version is no longer a draft."))
        return redirect(version.staff_url)
    parts = _parts(request, version)
    status = 200
    if request.method == "POST":
        status = INVALID
        checked = [part.is_valid() for part in parts]  # each says what is wrong with it
        if all(checked):
            status = _save(request, version, *parts)
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect(version.staff_url)
    context = {"version": version, "form": parts[0], "ways": parts[1], "papers": parts[2]}
    return page(request, "procedures/version_edit.html", context, status=status)


def _parts(request: HttpRequest, version: ProcedureVersion) -> tuple[VersionForm, Any, Any]:
    given = request.POST if request.method == "POST" else None
    documents = documents_visible_to(request.user)
    fresh = ProcedureVersion.objects.select_related("procedure").get(pk=version.pk)  # the form fills it in
    return (
        VersionForm(given, instance=fresh, documents=documents),
        WayRows(given, initial=version.ways, prefix="ways"),
        PaperRows(given, initial=version.papers, prefix="papers"),
    )


def _save(request: HttpRequest, version: ProcedureVersion, form: VersionForm, ways: Any, papers: Any) -> int:
    fields = form.content() | {"ways": ways.said(), "papers": papers.said()}
    try:
        actions.edit_version(version, edition=form.cleaned_data["edition"], by=request.user, **fields)
    except FlowError as refused:
        form.add_error(None, str(refused))
        return CONFLICT
    return 302


@login_required
@require_safe
def version_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """A version beside the one before it, drafts too."""
    version = visible_version(request, pk)
    before = queries.version_before(version)
    context = {
        "version": version,
        "procedure": version.procedure,
        "before": before,
        "after": version,
        "fields": queries.compare(before, version) if before else [],
    }
    return page(request, "procedures/version_compare.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def version_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    version = visible_version(request, pk)
    refused = core_refusal(
        request, VERSION, version, step, template="procedures/act.html", known=VERSION.buttons,
        about=version.procedure,
    )  # fmt: skip
    if refused:
        return refused
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, step=step),
        run=lambda given: _take(version, step, given["note"], request),
        heading=VERSION.by_name[step].label,
        button=VERSION.by_name[step].label,
        about=version.procedure,
        done=_("Done."),
        tone=VERSION.by_name[step].tone,
        back=version.staff_url,
        extra={"said": version.name},
    )


def _take(version: ProcedureVersion, step: str, note: str, request: HttpRequest) -> None:
    if step == "publish":
        actions.publish_version(version, by=request.user)
    else:
        actions.take_version_step(version, step, note=note, by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    version = visible_version(request, pk)
    require(request.user, "procedures.write_version", version)
    return act(
        request,
        form=FormFileForm(request.POST or None, request.FILES or None),
        run=lambda given: actions.add_file(
            version, title=given["title"], upload=given["file"], by=request.user
        ),
        heading=_("Add a form to download"),
        button=_("Add"),
        about=version.procedure,
        done=_("Added."),
        back=version.staff_url,
    )


@login_required
@require_safe
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    return file_of(get_object_or_404(queries.files_visible_to(request.user), pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.files_visible_to(request.user).select_related("version__procedure__agency")
    paper = get_object_or_404(rows, pk=pk)
    require(request.user, "procedures.write_version", paper.version)
    return act(
        request,
        form=forms.Form(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.remove_file(paper, by=request.user),
        heading=_("Remove a form to download"),
        button=_("Remove"),
        about=paper.version.procedure,
        done=_("Removed."),
        tone="danger",
        back=paper.version.staff_url,
        extra={"said": paper.title},
    )
