"""Cases on the desk: the lists and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loa.core.access import permits
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.sealing import SealError, open_sealed
from loa.feedback import queries
from loa.feedback.filters import CaseFilter
from loa.feedback.models import Case
from loa.feedback.tables import CaseTable, ChoosableCaseTable

_RELATED = (
    "agency", "intake", "subject", "officer", "commune", "about", "procedure", "drafted_by", "merged_into",
    "entered_for",
)  # fmt: skip
TABS = {  # name of the tab -> label, its rows
    "waiting": (_("Waiting for me"), queries.cases_waiting_for),
    "agency": (_("My agency"), queries.cases_of_agency),
    "intake": (pgettext_lazy("cases", "Intake"), queries.cases_of_intake),
    "all": (_("All"), queries.cases_visible_to),
}
INLINE = ("application/pdf", "image/", "audio/", "video/mp4")  # what a browser shows without running anything
# Where the acts that other parts of the house do stand; one whose page is missing has no button.
PAGES = {
    "write": "feedback:case_draft",
    "officer": "feedback:case_officer",
    "share": "feedback:share_ask",
    "status": "feedback:case_status",
    "ask": "feedback:case_ask",
    "resume": "feedback:case_resume",
    "extend": "feedback:case_extend",
    "merge": "feedback:case_merge",
    "classify": "feedback:intake_case",
    "assign": "feedback:intake_case",
    "refuse": "feedback:intake_refuse",
    "guide": "feedback:intake_case",
    "isolate": "feedback:intake_isolate",
    "publish": "feedback:case_publish",
}


def visible_case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(queries.cases_visible_to(request.user).select_related(*_RELATED), pk=pk)


@login_required
@require_safe
def case_list(request: HttpRequest, tab: str = "waiting") -> HttpResponse:
    _label, rows = TABS[tab]
    may_many = permits(request.user, "feedback.act_on_many")
    is_intake = permits(request.user, "feedback.work_intake")
    return list_page(
        request,
        "feedback/case_list.html",
        rows=rows(request.user).select_related("agency", "subject", "officer"),
        table_class=ChoosableCaseTable if may_many else CaseTable,
        filter_class=CaseFilter,
        export_name="phan-anh",
        context={
            "tabs": _tabs(tab, is_intake=is_intake),
            "may_many": may_many,
            "may_merge": is_intake,
            "may_see_load": permits(request.user, "feedback.see_load"),
        },
    )


def _tabs(current: str, *, is_intake: bool) -> list[dict[str, Any]]:
    names = {
        "waiting": "case_list",
        "agency": "case_list_agency",
        "intake": "case_list_intake",
        "all": "case_list_all",
    }
    return [
        {"label": TABS[tab][0], "url": reverse(f"feedback:{name}"), "is_current": tab == current}
        for tab, name in names.items()
        if is_intake or tab != "intake"
    ]


@login_required
@require_safe
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    sheet = queries.case_sheet(case, request.user)
    context = {"case": case, "sheet": sheet, "buttons": _buttons(case, sheet.acts)}
    return page(request, "feedback/case_detail.html", context)


def _buttons(case: Case, acts: list[queries.Act]) -> list[dict[str, Any]]:
    found = []
    for each in acts:
        try:
            name = PAGES.get(each.name)
            url = (
                reverse(name, args=[case.pk])
                if name
                else reverse("feedback:case_step", args=[case.pk, each.name])
            )
        except NoReverseMatch:
            continue
        found.append({"act": each, "url": url})
    return found


@login_required
@never_cache
@require_safe
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a case, opened for whoever sees the case; what a browser could run is only ever downloaded."""
    row = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    try:
        content = open_sealed(row.path)
    except (FileNotFoundError, SealError) as error:
        raise Http404 from error
    is_shown = row.type.startswith(INLINE)
    response = HttpResponse(content, content_type=row.type if is_shown else "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(not is_shown, row.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
