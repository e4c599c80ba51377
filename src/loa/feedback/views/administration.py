"""What the intake keeps: desks, subjects, grounds. To others these pages answer 403."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import act
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.filters import GroundFilter, SubjectFilter
from loa.feedback.forms.administration import DeskForm, GroundForm, SubjectForm
from loa.feedback.models import IntakeDesk, RefusalGround, Subject
from loa.feedback.tables import GroundTable, SubjectTable

ACT = "feedback/keeping_act.html"


@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.keep_intake")
    context = {
        "desks": queries.desks_visible_to(request.user),
        "today": clock.today(),
        "may_add": permits(request.user, "feedback.keep_desk", IntakeDesk()),
    }
    return page(request, "feedback/desk_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def desk_add(request: HttpRequest) -> HttpResponse:
    desk = IntakeDesk()
    require(request.user, "feedback.keep_desk", desk)
    return _desk(request, desk, _("Set up an intake desk"))


@login_required
@require_http_methods(["GET", "POST"])
def desk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    desk = get_object_or_404(queries.desks_visible_to(request.user), pk=pk)
    require(request.user, "feedback.keep_desk", desk)
    return _desk(request, desk, _("Change the intake desk"))


def _desk(request: HttpRequest, desk: IntakeDesk, heading: str) -> HttpResponse:
    return keep_row(
        request,
        desk,
        DeskForm(request.POST or None, desk=desk),
        lambda given: actions.save_desk(desk, **given, by=request.user),
        heading=heading,
        back="feedback:desk_list",
    )


@login_required
@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.keep_intake")
    return list_page(
        request,
        "feedback/subject_list.html",
        rows=Subject.objects.select_related("agency"),
        table_class=SubjectTable,
        filter_class=SubjectFilter,
        export_name="linh-vuc",
    )


@login_required
@require_http_methods(["GET", "POST"])
def subject_add(request: HttpRequest) -> HttpResponse:
    return _subject(request, Subject(), _("Add a subject"))


@login_required
@require_http_methods(["GET", "POST"])
def subject_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _subject(request, get_object_or_404(Subject, pk=pk), _("Change the subject"))


def _subject(request: HttpRequest, subject: Subject, heading: str) -> HttpResponse:
    require(request.user, "feedback.keep_intake")
    return keep_row(
        request,
        subject,
        SubjectForm(request.POST or None, subject=subject),
        lambda given: actions.save_subject(subject, **given, by=request.user),
        heading=heading,
        back="feedback:subject_list",
    )


@login_required
@require_safe
def ground_list(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.keep_intake")
    return list_page(
        request,
        "feedback/ground_list.html",
        rows=RefusalGround.objects.all(),
        table_class=GroundTable,
        filter_class=GroundFilter,
        export_name="can-cu-tu-choi",
    )


@login_required
@require_http_methods(["GET", "POST"])
def ground_add(request: HttpRequest) -> HttpResponse:
    return _ground(request, RefusalGround(valid_from=clock.today()), _("Add a ground"))


@login_required
@require_http_methods(["GET", "POST"])
def ground_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _ground(request, get_object_or_404(RefusalGround, pk=pk), _("Change the ground"))


def _ground(request: HttpRequest, ground: RefusalGround, heading: str) -> HttpResponse:
    require(request.user, "feedback.keep_intake")
    return keep_row(
        request,
        ground,
        GroundForm(request.POST or None, ground=ground),
        lambda given: actions.save_ground(ground, **given, by=request.user),
        heading=heading,
        back="feedback:ground_list",
    )


def keep_row(request: HttpRequest, row: Any, form: Any, run: Any, *, heading: str, back: str) -> HttpResponse:
    return act(
        request,
        template=ACT,
        form=form,
        run=run,
        heading=heading,
        button=_("Save"),
        about=row,
        done=_("Saved."),
        back=reverse(back),
        extra={"entries": entries_of([row])[:30] if row.pk else None},
    )
