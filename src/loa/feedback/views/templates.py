"""Texts that an agency keeps for answers it gives often."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import require
from loa.core.lists import list_page
from loa.feedback import actions, queries
from loa.feedback.filters import TemplateFilter
from loa.feedback.forms import TemplateForm
from loa.feedback.models import AnswerTemplate
from loa.feedback.tables import TemplateTable
from loa.feedback.views.acts import act, posted


@login_required
@require_safe
def answer_template_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "feedback/template_list.html",
        rows=queries.templates_visible_to(request.user).select_related("subject", "by"),
        table_class=TemplateTable,
        filter_class=TemplateFilter,
        export_name="mau-tra-loi",
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer_template_add(request: HttpRequest) -> HttpResponse:
    hat = request.user.hat  # type: ignore[union-attr]
    template = AnswerTemplate(agency=hat.agency if hat else None)
    require(request.user, "feedback.keep_templates", template)
    return _save(request, template, _("Add an answer template"))


@login_required
@require_http_methods(["GET", "POST"])
def answer_template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(queries.templates_visible_to(request.user), pk=pk)
    require(request.user, "feedback.keep_templates", template)
    return _save(request, template, _("Change an answer template"))


def _save(request: HttpRequest, template: AnswerTemplate, heading: str) -> HttpResponse:
    return act(
        request,
        form=TemplateForm(posted(request), template=template),
        run=lambda given: actions.save_template(template, **given, by=request.user),
        heading=heading,
        button=_("Save"),
        about=template,
        back=reverse("feedback:answer_template_list"),
        done=_("The template is saved."),
        extra={"template": template if template.pk else None},
    )


@login_required
@require_POST
def answer_template_remove(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(queries.templates_visible_to(request.user), pk=pk)
    actions.remove_template(template, by=request.user)
    messages.success(request, _("The template is removed."))
    return redirect("feedback:answer_template_list")
