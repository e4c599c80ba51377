"""Where papers are handed in: the one-stop units."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import require
from loa.core.pages import page
from loa.directory.models import Agency
from loa.procedures import actions, queries
from loa.procedures.forms import DeskForm
from loa.procedures.models import ServiceDesk
from loa.procedures.views.acts import act


@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "procedures.see_register")
    context = {"agencies": queries.agencies_with_desks(request.user)}
    return page(request, "procedures/desk_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def desk_edit(request: HttpRequest, agency: str) -> HttpResponse:
    body = get_object_or_404(
        Agency, pk__in=queries.agencies_with_desks(request.user).values("pk"), code=agency
    )
    require(request.user, "procedures.keep_desk", body)
    known = ServiceDesk.objects.filter(agency=body).first()
    return act(
        request,
        form=DeskForm(request.POST or None, instance=known),
        run=lambda given: actions.save_desk(body, by=request.user, **given),
        heading=_("Where papers are handed in"),
        button=_("Save"),
        about=body,
        done=_("Saved."),
        back=reverse("procedures:desk_list"),
    )
