"""The pages on which an agency makes its publications."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import history
from loa.core.access import permits, require
from loa.core.doors import closed_without
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.models import Topic
from loa.plans.queries import own_assignments, own_duty_assignments, plans_visible_to
from loa.portal import actions, queries
from loa.portal.filters.publications import PublicationFilter
from loa.portal.forms.publications import PrintFactsForm, PublicationFileForm, PublicationForm, StepForm
from loa.portal.models import Publication, PublicationFile
from loa.portal.states import PUBLICATION
from loa.portal.tables.publications import PublicationTable
from loa.portal.views.acts import act, refusal
from loa.portal.views.publications import as_file


def visible_publication(request: HttpRequest, pk: int) -> Publication:
    rows = queries.publications_visible_to(request.user)
    work = ("assignment__task", "assignment__plan", "duty_assignment__duty", "duty_assignment__plan")
    return get_object_or_404(rows.select_related("agency", *work), pk=pk)


@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    rows = queries.publications_overseen_by(request.user).select_related("agency")
    return list_page(
        request,
        "portal/publications/desk_list.html",
        rows=queries.with_figures(rows),
        table_class=PublicationTable,
        filter_class=PublicationFilter,
        export_name="an-pham",
        context={"may_add": permits(request.user, "portal.add_publication")},
    )


@login_required
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    publication = visible_publication(request, pk)
    oversees = queries.publications_overseen_by(request.user).filter(pk=pk).exists()
    dispatches = queries.with_tallies(queries.dispatches_visible_to(request.user).filter(publication=pk))
    context = {
        "publication": publication,
        "oversees": oversees,
        "files": publication.files.defer("pages"),
        "topics": publication.topics.all(),
        "work": publication.assignment or publication.duty_assignment,
        "counted": queries.counted_as(publication),
        "cost": queries.cost_of(publication) if oversees else None,
        "given_out": queries.given_out(publication),
        "dispatches": dispatches.order_by("number"),
        "downloads": queries.downloads_by_day(publication) if oversees else [],
        "steps": PUBLICATION.open_to(request.user, publication),
        "may_change": permits(request.user, "portal.change_publication", publication),
        "may_distribute": permits(request.user, "portal.edit_publication", publication),
        "is_own_work": request.user.pk in publication.writer_ids and publication.state == "with_editor",
        "entries": history.entries_of([publication])[:30] if oversees else [],
    }
    return page(request, "portal/publications/desk.html", context)


def _form(
    request: HttpRequest, publication: Publication | None = None, initial: dict[str, Any] | None = None
) -> PrintFactsForm:
    agency = publication.agency if publication else request.user.hat.agency
    sent = request.POST if request.method == "POST" else None
    lines = queries.cost_lines_for(agency).select_related("estimate__budget", "approved")
    if publication and publication.state == "approved":
        return PrintFactsForm(sent, instance=copy(publication), cost_lines=lines)
    plans = plans_visible_to(request.user).filter(state="issued")
    return PublicationForm(
        sent,
        instance=copy(publication) if publication else None,
        initial=initial,
        cost_lines=lines,
        topics=Topic.objects.filter(plan__in=plans).order_by("plan", "position"),
        assignments=own_assignments(request.user).filter(plan__state="issued").select_related("task", "plan"),
        duties=own_duty_assignments(request.user).filter(plan__state="issued"),
    )


@closed_without("portal.add_publication")
@require_http_methods(["GET", "POST"])
def desk_add(request: HttpRequest) -> HttpResponse:
    written: list[Publication] = []
    response = act(
        request,
        form=_form(request),
        run=lambda given: written.append(actions.write_publication(**given, by=request.user)),
        heading=_("Begin a publication"),
        button=_("Keep as a draft"),
        about=request.user.hat.agency,
        back=reverse("portal:publication_desk_list"),
        done=_("The draft is kept. Now add the file."),
    )
    if written:
        response["Location"] = written[0].get_absolute_url()
    return response


@login_required
@require_http_methods(["GET", "POST"])
def desk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    publication = visible_publication(request, pk)
    require(request.user, "portal.change_publication", publication)
    return act(
        request,
        form=_form(request, publication),
        run=lambda given: actions.edit_publication(publication, **given, by=request.user),
        heading=_("Facts of the printing")
        if publication.state == "approved"
        else _("Change the publication"),
        button=_("Save"),
        about=publication,
        done=_("Saved."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    publication = visible_publication(request, pk)
    require(request.user, "portal.change_publication", publication)
    is_sent = request.method == "POST"
    return act(
        request,
        form=PublicationFileForm(
            request.POST if is_sent else None, request.FILES if is_sent else None, initial=request.GET.dict()
        ),
        run=lambda given: actions.attach_publication_file(publication, **given, by=request.user),
        heading=_("Add a file"),
        button=_("Add"),
        about=publication,
        done=_("The file is kept. The cover and the text are made from a .pdf in a moment."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def file_drop(request: HttpRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    publication = file.publication
    require(request.user, "portal.change_publication", publication)
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=False),
        run=lambda _given: actions.drop_publication_file(file, by=request.user),
        heading=_("Take away “%(file)s”?") % {"file": file.file_name},
        button=_("Take away"),
        tone="danger",
        about=publication,
        done=_("The file is taken away."),
    )


@login_required
@require_safe
def file_fetch(request: HttpRequest, pk: int) -> FileResponse:
    """For staff; not counted."""
    response = as_file(request, _file(request, pk))
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def desk_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    publication = visible_publication(request, pk)
    if refused := refusal(request, PUBLICATION, publication, step):
        return refused
    taken = PUBLICATION.by_name[step]
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: actions.take_publication_step(
            publication, step, note=given["note"], by=request.user
        ),
        heading=f"{taken.label}: {publication}",
        button=taken.label,
        tone=taken.tone,
        about=publication,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )


def _file(request: HttpRequest, pk: int) -> PublicationFile:
    rows = queries.publication_files_visible_to(request.user)
    return get_object_or_404(rows.select_related("publication__agency"), pk=pk)
