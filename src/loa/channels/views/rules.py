"""The ladder, which the administrator keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from loa.channels import actions, queries
from loa.channels.filters import RuleFilter
from loa.channels.forms import RuleForm
from loa.channels.models import ReminderRule
from loa.channels.tables import RuleTable
from loa.core import clock
from loa.core.access import permits
from loa.core.acting import act
from loa.core.history import entries_of
from loa.core.lists import list_page


def _only_for_administrators(request: HttpRequest) -> None:
    if not permits(request.user, "channels.manage_reminder_rules"):
        raise Http404


@login_required
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    _only_for_administrators(request)
    actions.load_reminder_rules()
    return list_page(
        request,
        "channels/rule_list.html",
        rows=queries.rules_visible_to(request.user),
        table_class=RuleTable,
        filter_class=RuleFilter,
        export_name="bac-nhac",
    )


@login_required
@require_http_methods(["GET", "POST"])
def rule_add(request: HttpRequest) -> HttpResponse:
    _only_for_administrators(request)
    new = ReminderRule(valid_from=clock.today(), offset=0)
    return _save(request, new, _("Add a step"))


@login_required
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.rules_visible_to(request.user), pk=pk)
    return _save(request, rule, _("Change a step"), {"entries": entries_of([rule])})


def _save(
    request: HttpRequest, rule: ReminderRule, heading: str, extra: dict[str, Any] | None = None
) -> HttpResponse:
    return act(
        request,
        template="channels/act.html",
        form=RuleForm(request.POST or None, rule=rule),
        run=lambda given: actions.save_reminder_rule(rule, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=rule,
        done=_("Saved."),
        back=reverse("channels:rule_list"),
        extra={"crumb": _("Reminder ladders"), **(extra or {})},
    )
