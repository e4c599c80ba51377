"""The component sites, for the administrator: which there are, open one, change its facts and host."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import validate_host
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock, history
from loa.core.acting import act
from loa.core.doors import closed_without, hidden_without
from loa.core.pages import page
from loa.portal.actions import sites as actions
from loa.portal.forms.sites import OpenSiteForm, SiteForm
from loa.portal.models import SiteHome
from loa.portal.queries import sites as queries

MANAGE = "portal.manage_sites"


@hidden_without(MANAGE)
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    context = {"rows": queries.site_rows(), "city": queries.city_home()}
    return page(request, "portal/sites/site_list.html", context)


@hidden_without(MANAGE)
@require_safe
def site_detail(request: HttpRequest, pk: int) -> HttpResponse:
    home = get_object_or_404(queries.site_homes(), pk=pk)
    context = {
        "home": home,
        "host": queries.host_of(home),
        "checks": queries.checks_of(home, serves=answers_at),
        "columns": queries.menu_of(home),
        "entries": history.entries_of([home.specific]),
    }
    return page(request, "portal/sites/site_detail.html", context)


def answers_at(host: str) -> bool:
    return validate_host(host, settings.ALLOWED_HOSTS)


@closed_without(MANAGE)
@require_http_methods(["GET", "POST"])
def site_open(request: HttpRequest) -> HttpResponse:
    is_city = queries.city_home() is None
    agencies = queries.agencies_without_site(clock.today())
    form = OpenSiteForm(request.POST or None, agencies=agencies, is_city=is_city)
    open_site = actions.open_city_site if is_city else actions.open_agency_site
    return act(
        request,
        template="portal/sites/site_form.html",
        form=form,
        run=lambda given: open_site(**given, by=request.user),
        heading=_("Open the city's site") if is_city else _("Open a component site"),
        button=_("Open the site"),
        about=None,
        back=reverse("portal:site_list"),
        done=_("The site is open."),
    )


@closed_without(MANAGE)
@require_http_methods(["GET", "POST"])
def site_change(request: HttpRequest, pk: int) -> HttpResponse:
    home = get_object_or_404(queries.site_homes(), pk=pk).specific
    form = SiteForm(request.POST or None, instance=home, host=queries.host_of(home))
    unchanged: Any = get_object_or_404(SiteHome, pk=pk)
    return act(
        request,
        template="portal/sites/site_form.html",
        form=form,
        run=lambda given: actions.change_site(unchanged, **given, by=request.user),
        heading=_("Change the site: %(site)s") % {"site": unchanged.title},
        button=_("Save"),
        about=None,
        back=reverse("portal:site_detail", args=[pk]),
        done=_("The site is changed."),
    )
