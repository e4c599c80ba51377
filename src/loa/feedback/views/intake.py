"""The intake's queue, and one case of it with what is decided on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import require
from loa.core.acting import TAKEN, attempt
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.filters import IntakeFilter
from loa.feedback.forms.intake import DecideForm
from loa.feedback.models import Case, Subject
from loa.feedback.states import CASE, INTAKE_STATES
from loa.feedback.tables import IntakeTable


@login_required
@require_safe
def intake_queue(request: HttpRequest) -> HttpResponse:
    require(request.user, "feedback.work_intake")
    return list_page(
        request,
        "feedback/intake_queue.html",
        rows=queries.waiting_for(request.user).select_related("commune", "about", "subject"),
        table_class=IntakeTable,
        filter_class=IntakeFilter,
        export_name="cho-phan-loai",
        context={
            "next": queries.next_waiting(request.user),
            "letter_count": queries.waiting_letter_count(request.user),
        },
    )


def waiting_case(request: HttpRequest, pk: int) -> Case:
    rows = queries.cases_visible_to(request.user)
    return get_object_or_404(
        rows.select_related("agency", "intake", "subject", "commune__parent__parent", "about", "procedure"),
        pk=pk,
    )


@login_required
@require_http_methods(["GET", "POST"])
def intake_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case on the left, the decisions on the right; the next case follows."""
    require(request.user, "feedback.work_intake")
    case = waiting_case(request, pk)
    if case.state not in INTAKE_STATES and request.method == "GET":
        return redirect(case)
    help_ = _Help(request, case)
    form = DecideForm(request.POST or None, offered=help_.agencies, initial=help_.initial)
    status = attempt(request, form, lambda given: actions.decide_case(case, **given, by=request.user))
    if status == TAKEN:
        messages.success(
            request, _("%(code)s was sent to %(agency)s.") % {"code": case.code, "agency": case.agency}
        )
        return go_on(request, case)
    return page(request, "feedback/intake_case.html", help_.context(form), part="agencies", status=status)


def go_on(request: HttpRequest, case: Case) -> HttpResponse:
    """To the next case that waits, or back to the empty queue."""
    following = queries.next_waiting(request.user, after=case)
    return redirect("feedback:intake_case", following.pk) if following else redirect("feedback:intake_queue")


class _Help:
    """What is shown beside a case: the rule's answer for the kind and subject looked at, then what past cases suggest."""

    def __init__(self, request: HttpRequest, case: Case) -> None:
        self.user, self.case = request.user, case
        today = clock.today()
        self.found = queries.suggested(case, on=today)
        looked_at = request.POST or request.GET
        self.kind = looked_at.get("kind", case.kind or case.kind_wished)
        self.subject = self._subject(looked_at.get("subject"))
        self.rule = queries.routed(
            intake=case.intake, kind=self.kind, subject=self.subject, commune=case.commune, on=today
        )
        suggested = [guess.what for guess in self.found.agencies]
        first = [self.rule.agency] if self.rule else []
        named = [case.about] if case.about else []
        self.agencies = list({agency.pk: agency for agency in [*first, *suggested, *named]}.values())[:9]

    def _subject(self, given: str | None) -> Subject | None:
        if given is not None:
            rows = queries.subjects_on(clock.today())
            return rows.filter(pk=int(given)).first() if given.isascii() and given.isdigit() else None
        if self.case.subject_id:
            return self.case.subject
        return self.found.subjects[0].what if self.found.subjects else None

    @property
    def initial(self) -> dict[str, Any]:
        """A rule of the city is chosen beforehand; what is only learned never is."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "chosen": str(self.rule.agency.pk) if self.rule else "",
        }

    def context(self, form: DecideForm) -> dict[str, Any]:
        guesses = {guess.what.pk: guess for guess in self.found.agencies}
        offers = [
            {
                "agency": agency,
                "guess": guesses.get(agency.pk),
                "rule": self.rule if self.rule and self.rule.agency.pk == agency.pk else None,
                "is_named": agency.pk == self.case.about_id,
            }
            for agency in self.agencies
        ]
        return {
            "case": self.case,
            "form": form,
            "offers": offers,
            "found": self.found,
            "duplicates": queries.likely_duplicates(self.case, self.user),
            "steps": CASE.open_to(self.user, self.case),
            "clocks": self.case.clocks.filter(stopped_on__isnull=True),
            "files": self.case.files.all(),
            "chosen": form["chosen"].value(),
        }
