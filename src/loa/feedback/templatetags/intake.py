"""The pages of the intake in one row, as far as this person may open them."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.access import permits
from loa.feedback.queries import reads_denunciations

register = template.Library()
PAGES = (
    ("feedback:intake_queue", _("Waiting"), "feedback.work_intake"),
    ("feedback:case_enter", _("Enter a case"), "feedback.enter_case"),
    ("feedback:publish_list", _("To publish"), "feedback.work_intake"),
    ("feedback:data_request_list", _("Personal data requests"), "feedback.work_intake"),
    ("feedback:suggestion_quality", _("Suggestions"), "feedback.work_intake"),
    ("feedback:routing_list", _("Routing rules"), "feedback.keep_intake"),
    ("feedback:subject_list", _("Subjects"), "feedback.keep_intake"),
    ("feedback:ground_list", _("Grounds for refusal"), "feedback.keep_intake"),
    ("feedback:desk_list", _("Intake desks"), "feedback.keep_intake"),
)


@register.inclusion_tag("feedback/intake_tabs.html", takes_context=True)
def intake_tabs(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    allowed = {name: permits(request.user, name) for name in dict.fromkeys(page[2] for page in PAGES)}
    tabs = [
        {"url": reverse(name), "label": label} for name, label, permission in PAGES if allowed[permission]
    ]
    if reads_denunciations(request.user):
        tabs.append({"url": reverse("feedback:denunciation_list"), "label": _("Sealed letters")})
    current = max((tab["url"] for tab in tabs if request.path.startswith(tab["url"])), key=len, default="")
    return {"tabs": [{**tab, "is_current": tab["url"] == current} for tab in tabs]}


@register.simple_tag(takes_context=True)
def intake_link(context: dict[str, Any]) -> SafeString | str:
    """The way from the list of cases to the intake, for who works there."""
    if not permits(context["request"].user, "feedback.work_intake"):
        return ""
    return format_html(
        '<a class="button button--main" href="{}">{}</a>',
        reverse("feedback:intake_queue"),
        _("Cases to classify"),
    )
