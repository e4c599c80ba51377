"""Files, the conclusion and the minutes of a gathering, and certificates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.pages import file_response, page
from loa.core.workflow import FlowError
from loa.events import actions, queries
from loa.events.forms.attendance import PaperForm
from loa.events.forms.fields import StepForm
from loa.events.models import EventPaper
from loa.events.states import HELD, PAPER
from loa.events.views.acts import TAKEN, act, attempt, posted, refusal
from loa.events.views.gatherings import SHOWN, tabs_of, visible_event


def visible_paper(request: HttpRequest, pk: int) -> EventPaper:
    rows = queries.papers_visible_to(request.user)
    related = ("event__agency__parent", "event__chair", "document", "writer", "event__created_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@login_required
@require_safe
def event_papers(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    may_change = permits(request.user, "events.change_event", event)
    papers = {
        row.kind: row
        for row in queries.papers_visible_to(request.user).filter(event=event).select_related("document")
    }
    certificates = queries.certificates_visible_to(request.user).filter(registration__event=event)
    context = {
        "event": event,
        "tabs": tabs_of(request, event, "event_papers"),
        "materials": event.materials.all(),
        "kinds": [(kind, label, papers.get(kind)) for kind, label in EventPaper.Kind.choices],
        "certificates": certificates.select_related("registration"),
        "without": queries.people_for_certificates(event).filter(certificate__isnull=True).count(),
        "is_held": event.state in HELD,
        "may_begin": may_change and event.state in ("running", *HELD),
        "may_change": may_change,
    }
    return page(request, "events/event_papers.html", context)


@login_required
@require_POST
def paper_begin(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    event = visible_event(request, pk)
    if kind not in EventPaper.Kind.values:
        raise Http404
    try:
        return redirect(actions.begin_paper(event, kind, by=request.user))
    except FlowError as refused:
        messages.error(request, str(refused))
        return redirect("events:event_papers", event.pk)


@login_required
@require_http_methods(["GET", "POST"])
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    paper = visible_paper(request, pk)
    may_write = permits(request.user, "events.write_paper", paper) and paper.state == "draft"
    form = PaperForm(posted(request), instance=paper)
    if request.method == "POST":
        require(request.user, "events.write_paper", paper)
    status = attempt(request, form, lambda given: actions.write_paper(paper, **given, by=request.user))
    if status == TAKEN:
        messages.success(request, _("Saved."))
        return redirect(paper)
    context = {
        "paper": paper,
        "event": paper.event,
        "form": form,
        "may_write": may_write,
        "steps": PAPER.open_to(request.user, paper),
        "entries": entries_of([paper])[:SHOWN],
    }
    return page(request, "events/paper_detail.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def paper_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    paper = visible_paper(request, pk)
    if refused := refusal(request, PAPER, paper, step):
        return refused
    taken = PAPER.by_name[step]
    require(request.user, taken.permission, paper)
    lead = _(
        "It receives its number in the register of documents and can be read by those who took part in "
        "the event."
    )
    return act(
        request,
        form=StepForm(posted(request), needs_note=taken.needs_note),
        run=lambda given: actions.take_paper_step(paper, step, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=paper,
        done=_("Done."),
        extra={"crumb": str(paper), "lead": lead if step == "issue" else ""},
    )


@login_required
@require_safe
def paper_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    paper = visible_paper(request, pk)
    if form not in actions.FORMS:
        raise Http404
    return file_response(actions.paper_file(paper, form), form, f"{paper.kind}-{paper.event_id}")


@login_required
@require_POST
def certificates_give(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_event(request, pk)
    try:
        count = actions.give_certificates(event, by=request.user)
        messages.success(
            request, ngettext("%(n)d certificate given.", "%(n)d certificates given.", count) % {"n": count}
        )
    except FlowError as refused:
        messages.error(request, str(refused))
    return redirect("events:event_papers", event.pk)


@login_required
@require_safe
def certificates_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All that this person may see of one event, a page for each."""
    event = visible_event(request, pk)
    rows = queries.certificates_visible_to(request.user).filter(registration__event=event)
    try:
        content = actions.certificates_file(event, list(rows.select_related("registration")))
    except FlowError as refused:
        messages.error(request, str(refused))
        return redirect("events:event_papers", event.pk)
    return file_response(content, "pdf", f"giay-chung-nhan-{event.pk}")


@login_required
@require_safe
def certificate_file(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.certificates_visible_to(request.user).select_related("registration__event__agency__parent")
    certificate = get_object_or_404(rows, pk=pk)
    content = actions.certificates_file(certificate.registration.event, [certificate])
    return file_response(content, "pdf", f"giay-chung-nhan-{certificate.number}")
