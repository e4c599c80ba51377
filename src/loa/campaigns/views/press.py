"""Press bodies and agreements."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.campaigns import actions, queries
from loa.campaigns.filters import AgreementFilter, PressBodyFilter
from loa.campaigns.forms.fields import StepForm
from loa.campaigns.forms.press import AgreementForm, PressBodyForm
from loa.campaigns.models import PressAgreement, PressBody
from loa.campaigns.states import AGREEMENT
from loa.campaigns.tables import AgreementTable, PressBodyTable
from loa.campaigns.views.acts import act, posted, refusal
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory.queries import agencies_visible_to

SHOWN = 20


@login_required
@require_safe
def press_body_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "campaigns/press_body_list.html",
        rows=queries.press_bodies_visible_to(request.user),
        table_class=PressBodyTable,
        filter_class=PressBodyFilter,
        export_name="co-quan-bao-chi",
        context={"may_add": permits(request.user, "campaigns.add_press_body")},
    )


@login_required
@require_safe
def press_body_detail(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(queries.press_bodies_visible_to(request.user), pk=pk)
    clippings = queries.clippings_visible_to(request.user).filter(press_body=body, state="recorded")
    context = {
        "body": body,
        "clippings": clippings[:SHOWN],
        "clipping_count": clippings.count(),
        "agreements": queries.agreements_visible_to(request.user).filter(press_body=body)[:SHOWN],
        "entries": entries_of([body])[:SHOWN],
        "may_change": permits(request.user, "campaigns.change_press_body", body),
    }
    return page(request, "campaigns/press_body_detail.html", context)


def _press_body(request: HttpRequest, body: PressBody, heading: str) -> HttpResponse:
    form = PressBodyForm(posted(request), body=body, agencies=agencies_visible_to(request.user))
    return act(
        request,
        form=form,
        run=lambda given: actions.save_press_body(body, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=body,
        done=_("Saved."),
        back=body.get_absolute_url() if body.pk else reverse("campaigns:press_body_list"),
        extra={"crumb": _("Press bodies")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def press_body_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "campaigns.add_press_body")
    return _press_body(request, PressBody(), _("Add a press body"))


@login_required
@require_http_methods(["GET", "POST"])
def press_body_edit(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(queries.press_bodies_visible_to(request.user), pk=pk)
    require(request.user, "campaigns.change_press_body", body)
    return _press_body(request, body, body.name)


@login_required
@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "campaigns/agreement_list.html",
        rows=queries.with_counts(queries.agreements_visible_to(request.user)),
        table_class=AgreementTable,
        filter_class=AgreementFilter,
        export_name="thoa-thuan-bao-chi",
        context={"may_add": permits(request.user, "campaigns.make_agreements")},
    )


def visible_agreement(request: HttpRequest, pk: int) -> PressAgreement:
    return get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)


@login_required
@require_safe
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = visible_agreement(request, pk)
    published = queries.published_under(agreement)
    context = {
        "agreement": agreement,
        "promises": queries.promises_kept(agreement),
        "published_count": published.count(),
        "clippings": published[:SHOWN],
        "entries": entries_of([agreement])[:SHOWN],
        "steps": AGREEMENT.open_to(request.user, agreement),
        "may_change": permits(request.user, "campaigns.change_agreement", agreement),
    }
    return page(request, "campaigns/agreement_detail.html", context)


def _agreement(request: HttpRequest, agreement: PressAgreement, run: Any, heading: str) -> HttpResponse:
    form = AgreementForm(
        posted(request),
        request.FILES or None,
        agreement=agreement,
        bodies=queries.press_bodies_visible_to(request.user),
        topics=queries.topics_to_choose(request.user),
    )
    return act(
        request,
        template="campaigns/agreement_form.html",
        form=form,
        run=run,
        heading=heading,
        button=_("Save"),
        about=agreement,
        done=_("Saved."),
        back=agreement.get_absolute_url() if agreement.pk else reverse("campaigns:agreement_list"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def agreement_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "campaigns.make_agreements")
    run = lambda given: actions.sign_agreement(**given, by=request.user)  # noqa: E731  read as one sentence
    return _agreement(request, PressAgreement(), run, _("Keep an agreement"))


@login_required
@require_http_methods(["GET", "POST"])
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = visible_agreement(request, pk)
    require(request.user, "campaigns.change_agreement", agreement)
    run = lambda given: actions.change_agreement(agreement, **given, by=request.user)  # noqa: E731
    return _agreement(request, agreement, run, agreement.subject)


@login_required
@require_http_methods(["GET", "POST"])
def agreement_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    agreement = visible_agreement(request, pk)
    if refused := refusal(request, AGREEMENT, agreement, step):
        return refused
    require(request.user, "campaigns.change_agreement", agreement)
    taken = AGREEMENT.by_name[step]
    return act(
        request,
        form=StepForm(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_agreement_step(agreement, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=agreement,
        done=_("Done."),
        extra={"crumb": agreement.subject},
    )


@login_required
@require_safe
def agreement_file(request: HttpRequest, pk: int) -> FileResponse:
    return as_download(visible_agreement(request, pk))


def as_download(row: Any) -> FileResponse:
    """The file of a row: always to keep, never opened inside the page."""
    if not row.file:
        raise Http404
    kind = row.file_type or "application/octet-stream"
    response = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.file_name, content_type=kind
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
