from __future__ import annotations

from copy import copy
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock, history
from loa.core.access import permits
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory import actions, forms, queries
from loa.directory.accounts import send_password_link
from loa.directory.doors import closed_without, for_administrators
from loa.directory.filters import UserFilter
from loa.directory.middleware import SESSION_KEY
from loa.directory.models import Membership, User
from loa.directory.tables import UserTable
from loa.directory.views.answering import answer, posted


@login_required
@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/user_list.html",
        rows=queries.with_memberships(queries.users_visible_to(request.user), clock.today()),
        table_class=UserTable,
        filter_class=UserFilter,
        export_name="nguoi-dung",
        context={"may_manage": permits(request.user, "directory.manage_directory")},
    )


@login_required
@require_safe
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = _visible(request, pk)
    may_manage = permits(request.user, "directory.manage_directory")
    context = {
        "person": person,
        "today": clock.today(),
        "memberships": queries.memberships_visible_to(request.user)
        .filter(user=person)
        .order_by("-valid_from", "pk"),
        "delegations": queries.delegations_visible_to(request.user).filter(receiver=person),
        "entries": history.entries_of([person])[:50] if may_manage else [],
        "may_manage": may_manage,
    }
    return page(request, "directory/user_detail.html", context)


@for_administrators
@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """The account is made, its owner is mailed a link to set the password, then comes the first role."""
    form = forms.UserForm(posted(request))
    if request.method == "POST" and form.is_valid():
        person = actions.create_user(**form.cleaned_data, by=request.user)
        _tell_link(request, person)
        return redirect("directory:role_add", person.pk)
    lead = _("A link to set the password is mailed to the person. Roles are given on the next page.")
    context = {"heading": _("Create an account"), "lead": lead, "submit": _("Create and send the link")}
    return page(
        request, "directory/form.html", {"form": form, "back": reverse("directory:user_list"), **context}
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = _visible(request, pk)
    return answer(
        request,
        forms.UserForm(posted(request), instance=copy(person)),
        partial(actions.edit_user, person),
        done=_("Saved."),
        back=_url_of(person),
        context={"heading": _("Edit the account"), "lead": str(person), "submit": _("Save")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _visible(request, pk)
    lead = _("%(person)s can no longer log in; what was done under this account stays.") % {"person": person}
    return answer(
        request,
        forms.NoteForm(posted(request)),
        partial(actions.deactivate_user, person),
        done=_("The account is closed."),
        back=_url_of(person),
        context={
            "heading": _("Close the account?"),
            "lead": lead,
            "submit": _("Close the account"),
            "danger": True,
        },
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _visible(request, pk)
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.reactivate_user, person),
        done=_("The account is open again."),
        back=_url_of(person),
        context={
            "heading": _("Open the account again?"),
            "lead": str(person),
            "submit": _("Open the account"),
        },
    )


@closed_without("directory.manage_directory")
@require_POST
def user_send_link(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.users_visible_to(request.user), pk=pk, is_active=True)
    _tell_link(request, person)
    return redirect(_url_of(person))


def _tell_link(request: HttpRequest, person: User) -> None:
    words = {"email": person.email}
    if send_password_link(request, person):
        messages.success(request, _("A link to set the password was mailed to %(email)s.") % words)
    else:
        messages.error(request, _("The mail to %(email)s could not be sent. Try again later.") % words)


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    person = _visible(request, pk)
    return answer(
        request,
        forms.NewRoleForm(posted(request), initial={"valid_from": clock.today()}),
        partial(actions.add_membership, person),
        done=_("The role was given."),
        back=_url_of(person),
        context={"heading": _("Give a role"), "lead": str(person), "submit": _("Give the role")},
    )


@closed_without("directory.manage_directory")
@require_http_methods(["GET", "POST"])
def role_change(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.memberships_visible_to(request.user)
    membership = get_object_or_404(rows, pk=pk)
    initial = {key: getattr(membership, key) for key in ("title", "valid_from", "valid_to")}
    return answer(
        request,
        forms.RoleForm(posted(request), initial=initial),
        partial(actions.change_membership, Membership.objects.get(pk=membership.pk)),
        done=_("Saved."),
        back=_url_of(membership.user),
        context={"heading": _("Change or end a role"), "lead": str(membership), "submit": _("Save")},
    )


@login_required
@require_POST
def hat_wear(request: HttpRequest) -> HttpResponse:
    """Act for another agency from now on, until one logs out or chooses again."""
    chosen = request.POST.get("agency", "")
    if not chosen.isdecimal() or not request.user.wear(int(chosen)):
        raise Http404
    request.session[SESSION_KEY] = int(chosen)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("desk:mine")
    return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Own roles, and where notices go."""
    form = forms.NoticesForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.change_own_notices(request.user, email=given["email"], wants_mail=given["wants_mail"])
        messages.success(request, _("Saved."))
        return redirect("directory:profile")
    context = {
        "form": form,
        "memberships": queries.memberships_visible_to(request.user)
        .filter(user=request.user)
        .order_by("-valid_from", "pk"),
        "today": clock.today(),
    }
    return page(request, "directory/profile.html", context)


def _visible(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.users_visible_to(request.user), pk=pk)


def _url_of(person: User) -> str:
    return reverse("directory:user_detail", args=[person.pk])
