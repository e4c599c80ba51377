from __future__ import annotations

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock, history
from loa.core.access import permits, require
from loa.core.acting import INVALID, LOOKED_AT, TAKEN, attempt
from loa.core.forms import ApplySheetForm, SheetForm
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.sheets import ReadSheet, seal, unseal
from loa.directory import actions, forms, queries
from loa.directory.doors import closed_without
from loa.directory.filters import MemberFilter, NetworkFilter
from loa.directory.models import Network, NetworkMember
from loa.directory.tables import KeptMemberTable, MaskedMemberTable, NetworkTable
from loa.directory.views.answering import answer, posted

SALT = "directory.network"


@login_required
@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    rows = queries.networks_visible_to(request.user).select_related("keeper")
    return list_page(
        request,
        "directory/network_list.html",
        rows=queries.with_people_count(rows, clock.today()),
        table_class=NetworkTable,
        filter_class=NetworkFilter,
        export_name="mang-luoi",
        context={"may_add": permits(request.user, "directory.add_network")},
    )


@login_required
@require_safe
def network_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows for who may read names, numbers for everybody who sees the network: ?on=2019-02-01."""
    network = _visible(request, pk)
    keeps = permits(request.user, "directory.keep_network", network)
    members = queries.network_members_visible_to(request.user).filter(network=network)
    day = forms.DayForm(request.GET or None).day
    context = {
        "network": network,
        "keeps": keeps,
        "on": day,
        "reads_names": keeps or members.exists(),
        "counts": queries.people_by_agency(network, day),
        "entries": history.entries_of([network])[:30] if keeps else [],
    }
    return list_page(
        request,
        "directory/network_detail.html",
        rows=members.select_related("agency", "account"),
        table_class=KeptMemberTable if keeps else MaskedMemberTable,
        filter_class=MemberFilter,
        export_name="thanh-vien-mang-luoi",
        context=context,
    )


@closed_without("directory.add_network")
@require_http_methods(["GET", "POST"])
def network_create(request: HttpRequest) -> HttpResponse:
    agency = request.user.hat.agency
    return answer(
        request,
        forms.NetworkForm(posted(request), initial={"level": agency.level}),
        actions.add_network,
        done=_("The network was added. Now add its people or import their list."),
        back=reverse("directory:network_list"),
        context={"heading": _("Add a network of people"), "lead": agency.name, "submit": _("Add")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def network_edit(request: HttpRequest, pk: int) -> HttpResponse:
    network = _kept(request, pk)
    return answer(
        request,
        forms.NetworkForm(posted(request), instance=copy(network)),
        partial(actions.edit_network, network),
        done=_("Saved."),
        back=network.get_absolute_url(),
        context={"heading": _("Edit the network"), "lead": network.name, "submit": _("Save")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def network_member_add(request: HttpRequest, pk: int) -> HttpResponse:
    network = _kept(request, pk)
    return answer(
        request,
        forms.NetworkMemberForm(posted(request)),
        partial(actions.add_network_member, network),
        done=_("The person belongs to the network."),
        back=network.get_absolute_url(),
        context={"heading": _("Add a person"), "lead": network.name, "submit": _("Add")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def network_member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return answer(
        request,
        forms.NetworkMemberForm(posted(request), instance=copy(member)),
        partial(actions.edit_network_member, member),
        done=_("Saved."),
        back=member.get_absolute_url(),
        context={
            "heading": member.name,
            "lead": member.network.name,
            "submit": _("Save"),
            "member": member,
        },
        template="directory/network_member.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
def network_member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.remove_network_member, member),
        done=_("The row was removed."),
        back=member.get_absolute_url(),
        context={
            "heading": _("Remove this row?"),
            "lead": _("%(member)s. For a person who left, give the last day instead.") % {"member": member},
            "submit": _("Remove"),
            "danger": True,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def network_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A file becomes a preview; nothing is changed before it is confirmed."""
    network = _kept(request, pk)
    form = SheetForm(posted(request), request.FILES or None, shape=queries.MEMBER_SHAPE)
    if request.method == "POST" and form.is_valid():
        return _preview(request, network, form.sheet, ApplySheetForm())
    context = {"network": network, "form": form, "columns": queries.MEMBER_COLUMNS}
    status = INVALID if form.is_bound else LOOKED_AT
    return page(request, "directory/network_import.html", context, status=status)


@login_required
@require_POST
def network_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the preview showed; when the list has changed meanwhile, show it anew."""
    network = _kept(request, pk)
    try:
        sheet, digest = unseal(request.POST.get("sheet", ""), by=request.user, salt=f"{SALT}.{pk}")
    except signing.BadSignature as error:
        raise Http404 from error
    form, done = ApplySheetForm(request.POST), []

    def run(_given: dict[str, Any]) -> None:
        done.append(actions.import_network_members(network, sheet.rows, digest=digest, by=request.user))

    status = attempt(request, form, run)
    if status != TAKEN:
        return _preview(request, network, sheet, form, status=status)
    words = {"new": len(done[0].added), "changed": len(done[0].changed)}
    messages.success(request, _("Imported: %(new)d new, %(changed)d changed.") % words)
    return redirect(network)


def _preview(
    request: HttpRequest, network: Network, sheet: ReadSheet, form: ApplySheetForm, *, status: int = LOOKED_AT
) -> HttpResponse:
    preview = queries.preview_members(network, sheet.rows)
    sealed = ""
    if preview.can_apply:
        sealed = seal(sheet, digest=preview.digest, by=request.user, salt=f"{SALT}.{network.pk}")
    context = {"network": network, "preview": preview, "form": form, "sealed": sealed}
    return page(request, "directory/network_preview.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Network:
    return get_object_or_404(queries.networks_visible_to(request.user).select_related("keeper"), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Network:
    network = _visible(request, pk)
    require(request.user, "directory.keep_network", network)
    return network


def _member(request: HttpRequest, pk: int) -> NetworkMember:
    rows = queries.network_members_visible_to(request.user)
    member = get_object_or_404(rows.select_related("network__keeper", "agency", "account"), pk=pk)
    require(request.user, "directory.keep_network", member.network)
    return member
