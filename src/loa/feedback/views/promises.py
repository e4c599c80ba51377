"""What was promised aloud: the list, one promise, its acts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import refusal
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.filters import PromiseFilter
from loa.feedback.forms import PromiseForm, PromiseTaskForm, PromiseWorkForm, ReasonForm
from loa.feedback.models import Promise
from loa.feedback.states import PROMISE
from loa.feedback.tables import PromiseTable
from loa.feedback.views.moderation import ACT, act, visible_dialogue
from loa.plans.queries import assignments_visible_to, tasks_to_give_under

RUN = {
    "keep": actions.keep_promise,
    "withdraw": actions.withdraw_promise,
    "reopen": actions.reopen_promise,
}


def visible_promise(request: HttpRequest, pk: int) -> Promise:
    return get_object_or_404(queries.promises_visible_to(request.user).select_related("by"), pk=pk)


@login_required
@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "feedback/promise_list.html",
        rows=queries.promises_visible_to(request.user),
        table_class=PromiseTable,
        filter_class=PromiseFilter,
        export_name="loi-hua",
    )


@login_required
@require_safe
def promise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    promise = visible_promise(request, pk)
    steps = PROMISE.open_to(request.user, promise)
    context = {
        "promise": promise,
        "steps": [step for step in steps if step.name != "keep" or not promise.runs_as_work],
        "may_link": promise.may_be_given and permits(request.user, "feedback.withdraw_promise", promise),
        "may_give": promise.may_be_given and tasks_to_give_under(request.user).exists(),
        "entries": entries_of([promise])[:40],
    }
    return page(request, "feedback/promise_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def promise_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_dialogue(request, pk)
    require(request.user, "feedback.run_hall", event)
    return act(
        request,
        form=PromiseForm(request.POST if request.method == "POST" else None, event=event),
        run=lambda given: actions.make_promise(event, by=request.user, **given),
        heading=_("Record a promise"),
        button=_("Record it"),
        about=event,
        done=_("The promise is recorded; the body is told and will be reminded."),
        back=f"/phan-anh/doi-thoai/{event.pk}/",
    )


@login_required
@require_http_methods(["GET", "POST"])
def promise_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    promise = visible_promise(request, pk)
    if step not in RUN:
        raise Http404
    refused = refusal(request, PROMISE, promise, step, template=ACT)
    if refused:
        return refused
    label = PROMISE.by_name[step].label
    return act(
        request,
        form=ReasonForm(request.POST if request.method == "POST" else None),
        run=lambda given: RUN[step](promise, by=request.user, **given),
        heading=label,
        button=label,
        about=promise,
        done=_("Done."),
        tone=PROMISE.by_name[step].tone,
        extra={"said": promise.words},
    )


@login_required
@require_http_methods(["GET", "POST"])
def promise_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise that became work of the plan."""
    promise = visible_promise(request, pk)
    require(request.user, "feedback.withdraw_promise", promise)
    rows = assignments_visible_to(request.user).filter(agency=promise.agency, plan__state="issued")
    return act(
        request,
        form=PromiseWorkForm(
            request.POST if request.method == "POST" else None, rows=rows.select_related("task")
        ),
        run=lambda given: actions.link_promise(promise, given["assignment"], by=request.user),
        heading=_("Which work of the plan carries it out?"),
        button=_("Link them"),
        about=promise,
        done=_("Linked."),
        extra={"said": promise.words},
    )


@login_required
@require_http_methods(["GET", "POST"])
def promise_make_work(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's coordinator gives what was promised as work under a task."""
    promise = visible_promise(request, pk)
    rows = tasks_to_give_under(request.user)
    if not rows.exists():
        raise PermissionDenied
    form = PromiseTaskForm(
        request.POST if request.method == "POST" else None,
        rows=rows,
        initial={"words": promise.words, "due_on": max(promise.due_on, clock.today())},
    )
    return act(
        request,
        form=form,
        run=lambda given: actions.make_promise_work(promise, by=request.user, **given),
        heading=_("Make it work of the plan"),
        button=_("Give the work"),
        about=promise,
        done=_("The body that promised has the work now; the promise is kept when the result is accepted."),
        extra={"said": promise.words},
    )
