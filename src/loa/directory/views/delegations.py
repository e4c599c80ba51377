from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.directory import actions, forms, queries
from loa.directory.filters import DelegationFilter
from loa.directory.tables import DelegationTable
from loa.directory.views.answering import answer, posted

SHOWN = 30  # of what happened; the rows themselves are all in the list


@login_required
@require_safe
def delegation_list(request: HttpRequest) -> HttpResponse:
    agency = request.user.hat.agency if request.user.hat else None
    rows = queries.delegations_visible_to(request.user)
    return list_page(
        request,
        "directory/delegation_list.html",
        rows=rows,
        table_class=DelegationTable,
        filter_class=DelegationFilter,
        export_name="uy-quyen",
        context={
            "may_delegate": permits(request.user, "directory.delegate", agency),
            "entries": entries_of(rows.order_by("-pk")[:SHOWN])[:SHOWN],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegation_create(request: HttpRequest) -> HttpResponse:
    agency = request.user.hat.agency if request.user.hat else None
    require(request.user, "directory.delegate", agency)
    form = forms.DelegationForm(
        posted(request),
        giver=request.user,
        initial={"starts_on": clock.today(), "ends_on": clock.today()},
    )
    lead = _("For these days the person decides and signs as head of %(agency)s.") % {"agency": agency}
    return answer(
        request,
        form,
        partial(actions.delegate, agency),
        done=_("Delegated."),
        back=reverse("directory:delegation_list"),
        context={"heading": _("Delegate"), "lead": lead, "submit": _("Delegate")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = get_object_or_404(queries.delegations_visible_to(request.user), pk=pk)
    require(request.user, "directory.withdraw_delegation", delegation)
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.withdraw_delegation, delegation),
        done=_("Withdrawn."),
        back=reverse("directory:delegation_list"),
        context={
            "heading": _("Withdraw the delegation?"),
            "lead": str(delegation),
            "submit": pgettext("delegation", "Withdraw"),
            "danger": True,
        },
    )
