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
from loa.directory.filters import GroupFilter, ReorganisationFilter
from loa.directory.models import AgencyGroup, GroupMember
from loa.directory.tables import GroupTable, ReorganisationTable
from loa.directory.views.answering import answer, posted


@login_required
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/group_list.html",
        rows=queries.with_member_count(queries.groups_visible_to(request.user), clock.today()),
        table_class=GroupTable,
        filter_class=GroupFilter,
        export_name="nhom-co-quan",
        context={"may_manage": permits(request.user, "directory.manage_directory")},
    )


@login_required
@require_safe
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The members as of a day: ?on=2019-02-01."""
    group = _visible(request, pk)
    form = forms.DayForm(request.GET or None, initial={"on": clock.today()})
    context = {
        "group": group,
        "day_form": form,
        "on": form.day,
        "members": queries.member_rows(group, form.day),
        "others": queries.other_member_rows(group, form.day),
        "entries": history.entries_of([group])[:50],
        "may_manage": permits(request.user, "directory.manage_directory"),
    }
    return page(request, "directory/group_detail.html", context)


@for_administrators
@require_http_methods(["GET", "POST"])
def group_create(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        forms.GroupForm(posted(request)),
        actions.add_group,
        done=_("The group was added."),
        back=reverse("directory:group_list"),
        context={"heading": _("Add a group of bodies"), "submit": _("Add")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    return answer(
        request,
        forms.GroupForm(posted(request), instance=copy(group)),
        partial(actions.edit_group, group),
        done=_("Saved."),
        back=_url_of(group),
        context={"heading": _("Edit the group"), "lead": group.name, "submit": _("Save")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    return answer(
        request,
        forms.MemberForm(posted(request)),
        partial(actions.add_member, group),
        done=_("The body belongs to the group."),
        back=_url_of(group),
        context={"heading": _("Add a body to the group"), "lead": group.name, "submit": _("Add")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(GroupMember.objects.select_related("group", "agency"), pk=pk)
    initial = {"valid_from": member.valid_from, "valid_to": member.valid_to}
    return answer(
        request,
        forms.PeriodForm(posted(request), initial=initial),
        partial(actions.change_member, member),
        done=_("Saved."),
        back=_url_of(member.group),
        context={"heading": _("Since when, until when"), "lead": str(member), "submit": _("Save")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(GroupMember.objects.select_related("group", "agency"), pk=pk)
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.remove_member, member),
        done=_("The body was removed from the group."),
        back=_url_of(member.group),
        context={
            "heading": _("Remove from the group?"),
            "lead": _("%(member)s. For a body that left, give the last day instead.") % {"member": member},
            "submit": _("Remove"),
            "danger": True,
        },
    )


@login_required
@require_safe
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/reorganisation_list.html",
        rows=queries.reorganisations_visible_to(request.user),
        table_class=ReorganisationTable,
        filter_class=ReorganisationFilter,
        export_name="sap-xep",
        context={"may_manage": permits(request.user, "directory.manage_directory")},
    )


@login_required
@require_safe
def reorganisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reorganisation = get_object_or_404(queries.reorganisations_visible_to(request.user), pk=pk)
    entries = history.entries_of([reorganisation, *reorganisation.predecessors.all()])[:50]
    context = {"reorganisation": reorganisation, "entries": entries}
    return page(request, "directory/reorganisation_detail.html", context)


def _visible(request: HttpRequest, pk: int) -> AgencyGroup:
    return get_object_or_404(queries.groups_visible_to(request.user), pk=pk)


def _url_of(group: AgencyGroup) -> str:
    return reverse("directory:group_detail", args=[group.pk])
