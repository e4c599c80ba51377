from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.campaigns.queries import FEEDERS

register = template.Library()

PAGES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("campaigns:clipping_list", _("Press log"), ()),
    ("campaigns:candidate_list", _("To be chosen"), FEEDERS),
    ("campaigns:agreement_list", _("Press agreements"), ()),
    ("campaigns:press_body_list", _("Press bodies"), ()),
    ("campaigns:feed_list", _("Feeds"), FEEDERS),
    ("campaigns:clipping_statistics", _("Press figures"), ()),
)


@register.inclusion_tag("campaigns/press_tabs.html", takes_context=True)
def press_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of the press work that this person may open."""
    request = context["request"]
    hat = getattr(request.user, "hat", None)
    tabs = [
        {"url": reverse(name), "label": label, "is_current": reverse(name) == request.path}
        for name, label, roles in PAGES
        if not roles or (hat and hat.holds(*roles))
    ]
    return {"tabs": tabs}
