"""Communication woven into other meetings: the quick form, the list, one talk, a sheet of many."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import permits, require
from loa.core.acting import attempt
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans import actions, queries
from loa.plans.actions.talk_sheet import SHAPE, SheetOfTalks
from loa.plans.filters import TalkFilter
from loa.plans.forms import StepForm
from loa.plans.forms.year import NewTalkForm, TalkForm, TalkSheetForm, woven_in
from loa.plans.models import CommunicationForm, DutyAssignment, Talk, Topic
from loa.plans.states import TALK
from loa.plans.tables import TalkTable
from loa.plans.views.acts import TAKEN, act, refusal
from loa.plans.views.evidence import as_download


def visible_talk(request: HttpRequest, pk: int) -> Talk:
    rows = queries.talks_visible_to(request.user)
    related = (
        "plan",
        "agency",
        "form",
        "by",
        "duty_assignment__duty",
        "duty_assignment__plan",
        "deliverable",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)


@login_required
@require_safe
def talk_list(request: HttpRequest) -> HttpResponse:
    rows = queries.talks_visible_to(request.user)
    return list_page(
        request,
        "plans/talk_list.html",
        rows=rows.select_related("agency", "duty_assignment__duty").prefetch_related("topics"),
        table_class=TalkTable,
        filter_class=TalkFilter,
        export_name="long-ghep",
        context={
            "figures": queries.talk_figures(rows),
            "may_record": _may_record(request),
        },
    )


def _may_record(request: HttpRequest) -> bool:
    duty = queries.duties_to_talk_for(request.user).first()
    return duty is not None and permits(request.user, "plans.work_on_duty", duty)


def _chosen_duty(request: HttpRequest, duties: Any) -> DutyAssignment:
    """What was chosen, else what this person recorded for last, else the first."""
    asked = request.POST.get("duty_assignment") or request.GET.get("duty") or ""
    last = queries.last_talk_of(request.user)
    wanted = int(asked) if asked.isdecimal() else last.duty_assignment_id if last else None
    found = duties.filter(pk=wanted).first() or duties.first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def talk_new(request: HttpRequest) -> HttpResponse:
    duties = queries.duties_to_talk_for(request.user)
    chosen = _chosen_duty(request, duties)
    require(request.user, "plans.work_on_duty", chosen)
    topics = Topic.objects.filter(plan=chosen.plan)
    ways = CommunicationForm.objects.filter(plan=chosen.plan)
    form = NewTalkForm(
        request.POST or None,
        request.FILES or None,
        duties=duties,
        topics=topics,
        forms_of_plan=ways,
        initial={"duty_assignment": chosen, "form": woven_in(ways)},
    )
    status = attempt(request, form, lambda given: actions.record_talk(**given, by=request.user))
    if status == TAKEN:
        messages.success(request, _("Recorded. It counts for the duty."))
        return redirect("plans:talk_list")
    context = {"form": form, "meetings": queries.meetings_of(request.user)}
    return page(request, "plans/talk_new.html", context, status=status)


@login_required
@require_safe
def talk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    talk = visible_talk(request, pk)
    context = {
        "talk": talk,
        "topics": talk.topics.all(),
        "entries": entries_of([talk]),
        "may_change": talk.state == "recorded"
        and queries.plan_refusal(talk.plan) is None
        and permits(request.user, "plans.change_talk", talk),
    }
    return page(request, "plans/talk_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def talk_change(request: HttpRequest, pk: int) -> HttpResponse:
    talk = visible_talk(request, pk)
    require(request.user, "plans.change_talk", talk)
    return act(
        request,
        form=TalkForm(
            request.POST or None,
            request.FILES or None,
            topics=Topic.objects.filter(plan=talk.plan),
            forms_of_plan=CommunicationForm.objects.filter(plan=talk.plan),
            initial=TalkForm.from_talk(talk),
        ),
        run=lambda given: actions.change_talk(talk, **given, by=request.user),
        heading=_("Correct the talk"),
        button=_("Save"),
        about=talk,
        done=_("Saved."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def talk_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    talk = visible_talk(request, pk)
    if refused := refusal(request, TALK, talk, "withdraw", before=queries.plan_refusal(talk.plan)):
        return refused
    require(request.user, "plans.change_talk", talk)
    return act(
        request,
        form=StepForm(request.POST or None, needs_note=True),
        run=lambda given: actions.withdraw_talk(talk, note=given["note"], by=request.user),
        heading=_("Take back: %(title)s") % {"title": talk.meeting},
        button=_("Take back"),
        tone="danger",
        about=talk,
        done=_("It is taken back and no longer counts."),
    )


@login_required
@require_safe
def talk_file(request: HttpRequest, pk: int) -> HttpResponse:
    return as_download(visible_talk(request, pk))


@login_required
@require_http_methods(["GET", "POST"])
def talk_import(request: HttpRequest) -> HttpResponse:
    """Many at once: where one row is wrong, every wrong row is listed and nothing is recorded."""
    duties = queries.duties_to_talk_for(request.user)
    require(request.user, "plans.work_on_duty", duties.first())
    form = TalkSheetForm(request.POST or None, request.FILES or None, duties=duties)
    read: list[SheetOfTalks] = []
    status = attempt(request, form, lambda given: read.append(_take_in(given, request.user)))
    if status == TAKEN and not read[0].errors:
        count = read[0].new_count
        words = ngettext("%(n)d talk is recorded.", "%(n)d talks are recorded.", count)
        messages.success(request, words % {"n": count})
        return redirect(reverse("plans:talk_list"))
    context = {"form": form, "errors": read[0].errors if read else [], "columns": SHAPE.columns}
    return page(request, "plans/talk_import.html", context, status=422 if status == TAKEN else status)


def _take_in(given: dict[str, Any], user: Any) -> SheetOfTalks:
    file = given["file"]
    return actions.import_talks(given["duty_assignment"], content=file.read(), name=file.name, by=user)
