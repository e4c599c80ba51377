"""Press briefing packs."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import acting, clock
from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import file_response, page
from loa.core.views.sheets import posted
from loa.desk import actions
from loa.desk.filters.briefing import BriefingFilter
from loa.desk.forms.briefing import BriefingForm, BriefingStepForm, NewBriefingForm, PlainYesForm
from loa.desk.models import BriefingPack
from loa.desk.papers import briefing_paper
from loa.desk.queries import briefing as queries
from loa.desk.states import BRIEFING
from loa.desk.tables.briefing import BriefingTable
from officialdoc.write.word import write_docx

act = partial(acting.act, template="desk/briefing_act.html")


@login_required
@require_safe
def briefing_list(request: HttpRequest) -> HttpResponse:
    may_make = permits(request.user, "desk.make_briefings")
    return list_page(
        request,
        "desk/briefing_list.html",
        rows=queries.packs_visible_to(request.user),
        table_class=BriefingTable,
        filter_class=BriefingFilter,
        export_name="hop-bao",
        context={"may_make": may_make and queries.plans_to_brief_on(request.user).exists()},
    )


@login_required
@require_http_methods(["GET", "POST"])
def briefing_new(request: HttpRequest) -> HttpResponse:
    require(request.user, "desk.make_briefings")
    made: list[BriefingPack] = []
    plans = queries.plans_to_brief_on(request.user)
    first = {"start": date(clock.today().year, 1, 1), "end": clock.today()}
    form = NewBriefingForm(posted(request), plans=plans, initial=first)
    status = attempt(
        request, form, lambda given: made.append(actions.make_briefing(**given, by=request.user))
    )
    if status == TAKEN:
        return redirect(made[0])
    return page(request, "desk/briefing_new.html", {"form": form, "has_plans": plans.exists()}, status=status)


def visible_pack(request: HttpRequest, pk: int) -> BriefingPack:
    rows = queries.packs_visible_to(request.user).select_related("agency__parent", "plan__issuer")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def briefing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pack = visible_pack(request, pk)
    is_draft = pack.state == "draft"
    context = {
        "pack": pack,
        "shown": queries.numbered(pack),
        "steps": BRIEFING.open_to(request.user, pack),
        "entries": entries_of([pack]),
        "may_write": is_draft and permits(request.user, "desk.write_briefing", pack),
    }
    return page(request, "desk/briefing_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def briefing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    pack = visible_pack(request, pk)
    require(request.user, "desk.write_briefing", pack)
    return act(
        request,
        form=BriefingForm(posted(request), pack=pack),
        run=lambda given: actions.write_briefing(pack, **given, by=request.user),
        heading=_("Questions, answers, contact"),
        button=_("Save"),
        about=pack,
        done=_("Saved."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def briefing_gather(request: HttpRequest, pk: int) -> HttpResponse:
    pack = visible_pack(request, pk)
    require(request.user, "desk.write_briefing", pack)
    done: list[bool] = []
    form = PlainYesForm(posted(request))
    status = attempt(request, form, lambda _given: done.append(actions.gather_anew(pack, by=request.user)))
    if status == TAKEN:
        words = _("The figures are new.") if done[0] else _("Nothing has changed since.")
        messages.success(request, words)
        return redirect(pack)
    heading = _("Gather the figures anew")
    context = {"form": form, "heading": heading, "button": heading, "tone": "main", "about": pack}
    return page(
        request, "desk/briefing_act.html", {**context, "back": pack.get_absolute_url()}, status=status
    )


@login_required
@require_http_methods(["GET", "POST"])
def briefing_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    pack = visible_pack(request, pk)
    if refused := acting.refusal(request, BRIEFING, pack, step, template="desk/briefing_act.html"):
        return refused
    taken = BRIEFING.by_name[step]
    require(request.user, taken.permission, pack)
    return act(
        request,
        form=BriefingStepForm(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_briefing_step(pack, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=pack,
        done=_("Done."),
    )


@login_required
@require_safe
def briefing_download(request: HttpRequest, pk: int) -> HttpResponse:
    pack = visible_pack(request, pk)
    return file_response(write_docx(briefing_paper(pack)), "docx", f"hop-bao-{pack.end:%Y%m%d}")
