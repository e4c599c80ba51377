"""The staff pages of a gathering: the list, one of them, its parts and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import Step
from loa.directory.models import in_force
from loa.directory.queries import agencies_visible_to
from loa.events import actions, queries
from loa.events.calendars import calendar_of
from loa.events.filters import EventFilter
from loa.events.forms.fields import NewTimeForm, StepForm
from loa.events.forms.gatherings import EventForm, LaterForm
from loa.events.models import Event
from loa.events.states import BEFORE_IT, EVENT, WRITABLE
from loa.events.tables import EventTable
from loa.events.views.acts import TAKEN, act, attempt, posted, refusal
from loa.plans.queries import calendar_token, tasks_visible_to, user_of_calendar_token

SHOWN = 20
RELATED = (
    "agency__parent",
    "chair",
    "series",
    "topic__plan",
    "occurrence",
    "assignment__task",
    "assignment__plan",
    "duty_assignment__duty",
    "duty_assignment__plan",
    "created_by",
)


def visible_event(request: HttpRequest, pk: int) -> Event:
    return get_object_or_404(queries.events_visible_to(request.user).select_related(*RELATED), pk=pk)


def tabs_of(request: HttpRequest, event: Event, current: str) -> list[dict[str, Any]]:
    """The pages of a gathering; lists of people are the organiser's."""
    may_change = permits(request.user, "events.change_event", event)
    own = event.agency_id == getattr(queries.event_agency(request.user), "pk", None)
    names = [("event_detail", _("About it"))]
    if own:
        names += [("event_guests", _("Invitations")), ("event_people", _("Participants"))]
    if may_change:
        names += [("event_attendance", _("Attendance"))]
    names += [("event_papers", _("Files and papers"))]
    return [
        {"url": reverse(f"events:{name}", args=[event.pk]), "label": label, "is_current": name == current}
        for name, label in names
    ]


@login_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    rows = queries.with_guest_counts(queries.events_visible_to(request.user)).select_related("agency")
    feed = reverse("events:calendar_feed", args=[calendar_token(request.user)])
    return list_page(
        request,
        "events/event_list.html",
        rows=rows,
        table_class=EventTable,
        filter_class=EventFilter,
        export_name="su-kien",
        context={"may_add": permits(request.user, "events.add_event"), "feed_url": feed},
    )


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program, which cannot log in: the address is the key. What was called off says so."""
    user = user_of_calendar_token(token)
    if user is None:
        raise Http404
    rows = queries.events_visible_to(user).filter(announced_at__isnull=False).order_by("starts_at")
    text = calendar_of(rows, name=_("Events"), address=Event.get_absolute_url)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    agency = queries.event_agency(request.user)
    invitations = queries.invitations_visible_to(request.user).filter(event=event, agency=agency)
    context = {
        "event": event,
        "tabs": tabs_of(request, event, "event_detail"),
        "sessions": event.sessions.all(),
        "panel": event.panel.select_related("agency"),
        "length": queries.set_length(event),
        "own_place": event.panel.filter(agency=agency, confirmed_at__isnull=True).first(),
        "own_invitations": invitations.exclude(event__agency=agency).select_related("agency", "network"),
        "own_registrations": event.registrations.filter(account=request.user, state="going"),
        "counts": queries.guest_counts(event),
        "steps": _steps(request, event),
        "entries": entries_of([event])[:SHOWN],
        "may_change": permits(request.user, "events.change_event", event)
        and event.state in (*BEFORE_IT, "running")
        and event.state != "with_head",
    }
    return page(request, "events/event_detail.html", context)


def _steps(request: HttpRequest, event: Event) -> list[Step]:
    """Before its day nobody is offered to begin or to end it."""
    has_come = clock.day_of(event.starts_at) <= clock.today()
    return [
        step for step in EVENT.open_to(request.user, event) if has_come or step.name not in ("open", "end")
    ]


def _choices(request: HttpRequest) -> dict[str, Any]:
    agency = queries.event_agency(request.user)
    return {
        "topics": queries.topics_to_choose(request.user),
        "series": queries.series_visible_to(request.user).filter(agency=agency, is_running=True),
        "assignments": queries.assignments_to_choose(request.user),
        "duties": queries.duties_to_choose(request.user),
        "occurrences": queries.occurrences_to_choose(agency),
        "agencies": agencies_visible_to(request.user).filter(in_force(clock.today())),
    }


@login_required
@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    require(request.user, "events.add_event")
    form = EventForm(posted(request), initial=_from_address(request), **_choices(request))
    made: list[Event] = []
    status = attempt(request, form, lambda given: made.append(actions.draft_event(**given, by=request.user)))
    if status == TAKEN:
        return redirect(made[0])
    context = {"form": form, "heading": _("New event"), "back": reverse("events:event_list")}
    return page(request, "events/event_form.html", context, status=status)


def _from_address(request: HttpRequest) -> dict[str, str]:
    """A link from a task or a series brings what it is about."""
    return {
        name: request.GET[name]
        for name in ("assignment", "series", "kind", "occurrence")
        if request.GET.get(name)
    }


@login_required
@require_http_methods(["GET", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    if event.state in WRITABLE:
        choices = _choices(request)
        _keep_chosen(event, choices)
        form: Any = EventForm(posted(request), instance=event, **choices)
    else:
        form = LaterForm(posted(request), instance=event)
    status = attempt(request, form, lambda given: _edit(event, given, request))
    if status == TAKEN:
        return redirect(event)
    context = {"form": form, "heading": event.title, "event": event, "back": event.get_absolute_url()}
    return page(request, "events/event_form.html", context, status=status)


def _edit(event: Event, given: dict[str, Any], request: HttpRequest) -> None:
    row = actions.edit_event(event, **given, by=request.user)
    actions.widen(row, by=request.user)  # more places than before: who waits gets them


def _keep_chosen(event: Event, choices: dict[str, Any]) -> None:
    """What the event has already may stay, though it could not be chosen anew."""
    chosen = {"assignments": event.assignment_id, "duties": event.duty_assignment_id}
    chosen |= {"occurrences": event.occurrence_id, "topics": event.topic_id, "series": event.series_id}
    for name, key in chosen.items():
        rows = choices[name]
        if key and not rows.filter(pk=key).exists():
            choices[name] = rows.model.objects.filter(pk__in=[*rows.values_list("pk", flat=True), key])


@login_required
@require_http_methods(["GET", "POST"])
def event_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    event = visible_event(request, pk)
    if refused := refusal(request, EVENT, event, step):
        return refused
    require(request.user, EVENT.by_name[step].permission, event)
    taken = EVENT.by_name[step]
    form_class = NewTimeForm if step == "set_anew" else StepForm
    return act(
        request,
        form=form_class(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_event_step(event, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=event,
        done=_("Done."),
        extra={"crumb": event.title, "lead": _advice(event, step)},
    )


def _advice(event: Event, step: str) -> str:
    """What the step does beyond its word."""
    if step == "announce":
        counts = queries.guest_counts(event)
        words = {"n": counts.invited}
        told = _("Invitations go out to %(n)d bodies.") % words
        return told + (" " + _("The portal shows it at once.") if event.is_public else "")
    if step in ("postpone", "cancel") and event.announced_at:
        return _("Everybody who was invited or named is told, with the reason.")
    if step == "conclude" and event.work:
        return _("It then counts for its work of the plan.")
    return ""


@login_required
@require_safe
def task_events(request: HttpRequest, pk: int) -> HttpResponse:
    """What was and will be held for a task: a fragment of the task's page."""
    task = get_object_or_404(tasks_visible_to(request.user).select_related("plan"), pk=pk)
    own = queries.assignments_to_choose(request.user).filter(task=task).first()
    context = {
        "task": task,
        "events": queries.with_guest_counts(queries.events_of_task(task, request.user)),
        "own": own if permits(request.user, "events.add_event") else None,
    }
    return page(request, "events/task_events.html", context, part="fragment")
