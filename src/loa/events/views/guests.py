"""Invitations and names: the organiser's side and the invited body's."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import CONFLICT, INVALID
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError, Step
from loa.directory.models import Membership, User, in_force
from loa.directory.queries import agencies_visible_to, groups_visible_to, members_of, networks_visible_to
from loa.events import actions, queries, tickets
from loa.events.filters import InvitationFilter, PeopleFilter
from loa.events.forms.fields import StepForm
from loa.events.forms.guests import (
    InviteForm,
    MembersForm,
    NameFormSet,
    PersonForm,
    QuotaForm,
    ReplaceForm,
)
from loa.events.models import Attendance, Event, Invitation, Registration
from loa.events.states import INVITATION, OPEN_TO_GUESTS, REGISTRATION
from loa.events.tables import GuestTable, InvitationTable, PeopleTable
from loa.events.views.acts import act, posted, refusal
from loa.events.views.gatherings import SHOWN, tabs_of, visible_event

RELATED = ("event__agency", "agency", "network")


def visible_invitation(request: HttpRequest, pk: int) -> Invitation:
    rows = queries.invitations_visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def visible_registration(request: HttpRequest, pk: int) -> Registration:
    rows = queries.registrations_visible_to(request.user)
    related = ("event__agency", "invitation__agency", "invitation__network", "attendance", "stands_for")
    return get_object_or_404(rows.select_related(*related, "certificate"), pk=pk)


@login_required
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    rows = queries.with_name_counts(queries.invitations_visible_to(request.user)).select_related(*RELATED)
    return list_page(
        request,
        "events/invitation_list.html",
        rows=rows,
        table_class=InvitationTable,
        filter_class=InvitationFilter,
        export_name="giay-moi",
    )


@login_required
@require_safe
def event_guests(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitations of one event, for its organiser."""
    event = visible_event(request, pk)
    rows = queries.invitations_visible_to(request.user).filter(event=event, event__agency=event.agency)
    if event.agency_id != getattr(queries.event_agency(request.user), "pk", None):
        rows = rows.none()
    context = {
        "event": event,
        "tabs": tabs_of(request, event, "event_guests"),
        "counts": queries.guest_counts(event),
        "may_invite": permits(request.user, "events.change_event", event)
        and event.state not in ("ended", "concluded", "cancelled"),
    }
    return list_page(
        request,
        "events/event_guests.html",
        rows=queries.with_name_counts(rows).select_related(*RELATED),
        table_class=GuestTable,
        filter_class=InvitationFilter,
        export_name=f"giay-moi-{event.pk}",
        context=context,
    )


@login_required
@require_http_methods(["GET", "POST"])
def event_invite(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    form = InviteForm(
        posted(request),
        agencies=agencies_visible_to(request.user)
        .filter(in_force(clock.today()))
        .exclude(pk=event.agency_id),
        groups=groups_visible_to(request.user),
        networks=networks_visible_to(request.user).select_related("keeper"),
    )

    return act(
        request,
        form=form,
        run=lambda given: _invite(event, by=request.user, **given),
        heading=_("Invite"),
        button=_("Invite"),
        about=event,
        done=_("Invited."),
        back=reverse("events:event_guests", args=[event.pk]),
        extra={"crumb": event.title, "lead": _("Existing invitations stay as they are.")},
    )


def _invite(event: Event, *, agencies: Any, groups: Any, by: Any, **given: Any) -> None:
    """Bodies one by one and those of whole groups, each once."""
    members = members_of(groups, clock.today()).values()
    bodies = dict.fromkeys([*agencies, *chain.from_iterable(members)])
    others = [body for body in bodies if body.pk != event.agency_id]
    actions.invite(event, agencies=others, by=by, **given)


@login_required
@require_safe
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = visible_invitation(request, pk)
    may_answer = permits(request.user, "events.answer_invitation", invitation)
    people = invitation.registrations.select_related("stands_for", "attendance", "substitute")
    context = {
        "invitation": invitation,
        "event": invitation.event,
        "people": people.exclude(state="cancelled"),
        "steps": INVITATION.open_to(request.user, invitation),
        "entries": entries_of([invitation])[:SHOWN],
        "may_answer": may_answer
        and invitation.state in ("sent", "answered", "declined")
        and invitation.event.state in ("announced", "postponed"),
        "may_replace": may_answer and invitation.event.state in ("announced", "running"),
        "may_change": permits(request.user, "events.change_invitation", invitation),
    }
    return page(request, "events/invitation_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invitation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = visible_invitation(request, pk)
    require(request.user, "events.change_invitation", invitation)
    return act(
        request,
        form=QuotaForm(posted(request), initial={"quota": invitation.quota, "note": invitation.note}),
        run=lambda given: actions.change_quota(invitation, **given, by=request.user),
        heading=_("Places of %(body)s") % {"body": invitation},
        button=_("Save"),
        about=invitation,
        done=_("Saved."),
        extra={"crumb": invitation.event.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def invitation_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    invitation = visible_invitation(request, pk)
    if refused := refusal(request, INVITATION, invitation, step, known=INVITATION.buttons):
        return refused
    taken = INVITATION.by_name[step]
    require(request.user, taken.permission, invitation)
    back = "" if step == "decline" else reverse("events:event_guests", args=[invitation.event_id])
    return act(
        request,
        form=StepForm(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_invitation_step(invitation, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=invitation,
        done=_("Done."),
        back=back,
        extra={"crumb": invitation.event.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def invitation_names(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = visible_invitation(request, pk)
    require(request.user, "events.answer_invitation", invitation)
    form = _names_form(request, invitation)
    status, refused = 200, ""
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                actions.name_people(invitation, form.people(), by=request.user)
            except FlowError as error:
                status, refused = CONFLICT, str(error)
            else:
                messages.success(request, _("The names are given."))
                return redirect(invitation)
    context = {"invitation": invitation, "event": invitation.event, "form": form, "refused": refused}
    return page(request, "events/invitation_names.html", context, status=status)


def _names_form(request: HttpRequest, invitation: Invitation) -> Any:
    named = list(invitation.registrations.filter(state="going"))
    if invitation.network_id:
        initial = {"members": [row.member_id for row in named]}
        return MembersForm(posted(request), members=queries.members_to_name(invitation), initial=initial)
    fields = ("name", "title", "phone", "email")
    initial_rows = [
        {name: getattr(row, name) for name in fields} | {"account": row.account_id} for row in named
    ]
    initial_rows += [{}] * (invitation.quota - len(initial_rows))
    return NameFormSet(
        posted(request), initial=initial_rows, form_kwargs={"colleagues": _colleagues(invitation)}
    )


def _colleagues(invitation: Invitation) -> Any:
    people = Membership.objects.filter(in_force(clock.today()), agency=invitation.agency_id)
    return User.objects.filter(pk__in=people.values("user"), is_active=True).order_by("full_name")


# people ------------------------------------------------------------------------------------------


@login_required
@require_safe
def event_people(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    rows = queries.registrations_visible_to(request.user).filter(event=event)
    context = {
        "event": event,
        "tabs": tabs_of(request, event, "event_people"),
        "counts": queries.guest_counts(event),
        "places_left": queries.places_left(event),
        "may_add": permits(request.user, "events.change_event", event)
        and event.state in ("approved", "announced", "postponed"),
    }
    return list_page(
        request,
        "events/event_people.html",
        rows=rows.select_related("attendance", "certificate"),
        table_class=PeopleTable,
        filter_class=PeopleFilter,
        export_name=f"nguoi-du-{event.pk}",
        context=context,
    )


@login_required
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    require(request.user, "events.change_event", event)
    return act(
        request,
        form=PersonForm(posted(request)),
        run=lambda given: actions.add_own(event, **given, by=request.user),
        heading=_("Add a participant"),
        button=_("Add"),
        about=event,
        done=_("Added."),
        back=reverse("events:event_people", args=[event.pk]),
        extra={"crumb": event.title},
    )


@login_required
@require_safe
def registration_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person with the ticket: for the organiser, the body that gave the name, and the person."""
    row = visible_registration(request, pk)
    is_organiser = permits(request.user, "events.change_registration", row)
    context = {
        "registration": row,
        "event": row.event,
        "sessions": queries.sessions_of(row),
        "code": tickets.shown(row.code),
        "square": tickets.square(tickets.ticket_of(row.code)) if row.state == "going" else "",
        "may_see_contacts": is_organiser or permits(request.user, "events.replace_nominee", row),
        "steps": _open_steps(request, row),
        "may_replace": permits(request.user, "events.replace_nominee", row)
        and row.invitation_id
        and row.state == "going"
        and row.event.state in ("announced", "running"),
        "entries": entries_of([row])[:SHOWN],
    }
    return page(request, "events/registration_detail.html", context)


def _open_steps(request: HttpRequest, row: Registration) -> list[Step]:
    """Nothing of who was there, or of a gathering that is over, changes any more."""
    if row.presence == Attendance.Presence.PRESENT or row.event.state not in (*OPEN_TO_GUESTS, "postponed"):
        return []
    return [step for step in REGISTRATION.open_to(request.user, row) if step.name != "replace"]


@login_required
@require_http_methods(["GET", "POST"])
def registration_replace(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_registration(request, pk)
    if row.invitation is None:
        return redirect(row)
    require(request.user, "events.replace_nominee", row)
    form = ReplaceForm(
        posted(request),
        colleagues=_colleagues(row.invitation),
        members=queries.members_to_name(row.invitation),
    )
    return act(
        request,
        form=form,
        run=lambda given: actions.replace_nominee(row, form.person(), note=given["note"], by=request.user),
        heading=_("Send somebody else instead of %(name)s") % {"name": row.name},
        button=_("Send somebody else"),
        about=row.invitation,
        done=_("Done."),
        extra={"crumb": row.event.title},
    )


@login_required
@require_http_methods(["GET", "POST"])
def registration_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    row = visible_registration(request, pk)
    known = REGISTRATION.buttons - {"replace"}
    if refused := refusal(request, REGISTRATION, row, step, known=known):
        return refused
    taken = REGISTRATION.by_name[step]
    require(request.user, taken.permission, row)

    def run(given: dict[str, Any]) -> None:
        if step == "stay_away":
            actions.cancel_registration(row, note=given["note"], by=request.user)
        else:
            actions.give_place(row, by=request.user)

    return act(
        request,
        form=StepForm(posted(request)),
        run=run,
        heading=f"{taken.label}: {row.name}",
        button=taken.label,
        tone=taken.tone,
        about=row,
        done=_("Done."),
        extra={"crumb": row.event.title},
    )
