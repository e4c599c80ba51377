from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import actions, clock, history, queries
from loa.core.acting import act
from loa.core.doors import hidden_without
from loa.core.filters import RuleFilter
from loa.core.forms import AddRuleForm, ApplySheetForm, CorrectRuleForm
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.sheets import SheetShape, write_workbook
from loa.core.tables import RuleSheet, RuleTable
from loa.core.views.sheets import SheetDoor, posted

for_keepers = hidden_without("core.manage_rules")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_keepers
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "core/rule_list.html",
        rows=queries.legal_rules(),
        table_class=RuleSheet if "export" in request.GET else RuleTable,
        filter_class=RuleFilter,
        export_name="quy-dinh-thoi-han",
        context={"unchecked_count": queries.legal_rules().filter(is_checked=False).count()},
    )


@for_keepers
@require_safe
def rule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.legal_rules(), pk=pk)
    versions = list(queries.versions_of(rule))
    context = {
        "rule": rule,
        "name": queries.rule_name(rule),
        "values": queries.told_values(rule.values),
        "versions": [(each, queries.told_values(each.values)) for each in versions],
        "entries": history.entries_of(versions),
        "today": clock.today(),
    }
    return page(request, "core/rule_detail.html", context)


@for_keepers
@require_http_methods(["GET", "POST"])
def rule_add(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.legal_rules(), pk=pk)
    return act(
        request,
        template="core/rule_form.html",
        form=AddRuleForm(posted(request), rule=rule),
        run=lambda given: actions.add_rule_version(rule, **given, by=request.user),
        heading=_("A new text: %(rule)s") % {"rule": queries.rule_name(rule)},
        button=_("Add the version"),
        about=rule,
        done=_("The new version is added; the one before ends the day before."),
    )


@for_keepers
@require_http_methods(["GET", "POST"])
def rule_correct(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.legal_rules(), pk=pk)
    return act(
        request,
        template="core/rule_form.html",
        form=CorrectRuleForm(posted(request), rule=rule),
        run=lambda given: actions.correct_rule(rule, **given, by=request.user),
        heading=_("Correct: %(rule)s") % {"rule": queries.rule_name(rule)},
        button=_("Save"),
        about=rule,
        done=_("The rule is as you gave it."),
    )


@for_keepers
@require_safe
def rule_export(request: HttpRequest) -> HttpResponse:
    """Every version of every rule, in the form that can be handed in again."""
    rows = queries.exported_rules(queries.legal_rules())
    data = write_workbook(_("Rules"), queries.RULE_COLUMNS, rows, days=("valid_from", "valid_to"))
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="quy-dinh-thoi-han-de-nhap.xlsx"'
    return response


DOOR = SheetDoor(
    salt="core.rules",
    shape=SheetShape(queries.RULE_COLUMNS, queries.RULE_REQUIRED),
    preview=queries.preview_rules,
    take=actions.import_rules,
    form=ApplySheetForm,
    template="core/rule_import.html",
    apply_url="core:rule_import_apply",
    back_url="core:rule_list",
)


@for_keepers
@require_http_methods(["GET", "POST"])
def rule_import(request: HttpRequest) -> HttpResponse:
    return DOOR.hand_in(request)


@for_keepers
@require_POST
def rule_import_apply(request: HttpRequest) -> HttpResponse:
    return DOOR.confirm(request)
