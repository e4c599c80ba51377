from __future__ import annotations

from copy import copy
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock, history
from loa.core.access import permits
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory import actions, forms, queries
from loa.directory.doors import closed_without, for_administrators
from loa.directory.filters import AgencyFilter, UnknownSuccessorFilter
from loa.directory.models import Agency, AgencyName
from loa.directory.tables import AgencyTable, UnknownSuccessorTable
from loa.directory.views.answering import answer, posted


@login_required
@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/agency_list.html",
        rows=queries.agencies_visible_to(request.user).select_related("parent"),
        table_class=AgencyTable,
        filter_class=AgencyFilter,
        export_name="co-quan",
        context={"may_manage": permits(request.user, "directory.manage_directory")},
    )


@login_required
@require_safe
def agency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A body as of a day: ?on=2025-07-01."""
    agency = get_object_or_404(queries.agencies_visible_to(request.user).select_related("parent"), pk=pk)
    form = forms.DayForm(request.GET or None, initial={"on": clock.today()})
    on = form.day
    context = {
        "agency": agency,
        "day_form": form,
        "on": on,
        "dated_names": queries.dated_names(agency),
        "other_names": queries.other_names(agency),
        "children": queries.children_of(agency, on),
        "earlier": queries.earlier_reorganisations(agency),
        "later": queries.later_reorganisations(agency),
        "groups": queries.groups_of(agency, on),
        "members": queries.members_on(agency, on, for_user=request.user),
        "entries": history.entries_of([agency])[:50],
        "may_manage": permits(request.user, "directory.manage_directory"),
    }
    return page(request, "directory/agency_detail.html", context)


@for_administrators
@require_http_methods(["GET", "POST"])
def agency_create(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        forms.NewAgencyForm(posted(request)),
        actions.add_agency,
        done=_("The body was added."),
        back=reverse("directory:agency_list"),
        context={"heading": _("Add a body"), "submit": _("Add")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def agency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    agency = _visible(request, pk)
    return answer(
        request,
        forms.AgencyForm(posted(request), instance=copy(agency)),
        partial(actions.edit_agency, agency),
        done=_("Saved."),
        back=_url_of(agency),
        context={"heading": _("Edit the body"), "lead": agency.name, "submit": _("Save")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def agency_rename(request: HttpRequest, pk: int) -> HttpResponse:
    agency = _visible(request, pk)
    return answer(
        request,
        forms.RenameForm(posted(request), initial={"name": agency.name}),
        partial(actions.rename_agency, agency),
        done=_("The body has its new name."),
        back=_url_of(agency),
        context={"heading": _("Rename the body"), "lead": agency.name, "submit": _("Rename")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    agency = _visible(request, pk)
    return answer(
        request,
        forms.AliasForm(posted(request)),
        partial(actions.add_alias, agency),
        done=_("The name was added."),
        back=_url_of(agency),
        context={"heading": _("Add another name"), "lead": agency.name, "submit": _("Add")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def name_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Aliases and remembered corrections only: an official name stays, and is not found here."""
    names = AgencyName.objects.exclude(kind=AgencyName.Kind.OFFICIAL).select_related("agency")
    name = get_object_or_404(names, pk=pk)
    lead = _("“%(name)s” will no longer mean %(agency)s.") % {"name": name.name, "agency": name.agency.name}
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.remove_name, name),
        done=_("The name was removed."),
        back=_url_of(name.agency),
        context={"heading": _("Remove this name?"), "lead": lead, "submit": _("Remove"), "danger": True},
    )


@for_administrators
@require_safe
def unknown_successors(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/unknown_successors.html",
        rows=queries.unknown_successors(),
        table_class=UnknownSuccessorTable,
        filter_class=UnknownSuccessorFilter,
        export_name="chua-ro-ke-thua",
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def successor_record(request: HttpRequest, pk: int) -> HttpResponse:
    agency = get_object_or_404(queries.unknown_successors(), pk=pk)
    initial = queries.supposed_successor(agency)
    return answer(
        request,
        forms.SuccessorForm(posted(request), initial=initial),
        partial(actions.record_successor, agency),
        done=_("Recorded what became of the body."),
        back=reverse("directory:unknown_successors"),
        context={
            "heading": _("Record what became of a body"),
            "lead": f"{agency.name} · {agency.note}" if agency.note else agency.name,
            "submit": _("Record"),
        },
    )


def _visible(request: HttpRequest, pk: int) -> Agency:
    return get_object_or_404(queries.agencies_visible_to(request.user).select_related("parent"), pk=pk)


def _url_of(agency: Agency) -> str:
    return reverse("directory:agency_detail", args=[agency.pk])
