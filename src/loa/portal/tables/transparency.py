from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import state_badge
from loa.plans.models import Plan
from loa.portal.models import PlanPublication


class PublicationTable(tables.Table):
    number = tables.Column(verbose_name=_("Number"))
    title = tables.Column(verbose_name=_("Plan"))
    year = tables.Column(verbose_name=_("Year"), attrs={"td": {"class": "number"}})
    coordinator = tables.Column(verbose_name=_("Coordinator"), order_by="coordinator__sort_name")
    public = tables.Column(verbose_name=_("For everybody"), empty_values=(), order_by="publication__state")
    published_on = DayColumn(verbose_name=_("Public since"), accessor="publication__published_on")

    class Meta:
        model = Plan
        fields = ("number", "title", "year", "coordinator", "public", "published_on")
        empty_text = _("No issued plan names your agency.")

    def render_title(self, record: Plan) -> SafeString:
        url = reverse("portal:plan_opening_detail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.title)

    def value_title(self, record: Plan) -> str:
        return record.title

    def render_public(self, record: Plan) -> SafeString:
        return state_badge(_publication(record))

    def value_public(self, record: Plan) -> str:
        return str(_publication(record).get_state_display())


def _publication(plan: Any) -> PlanPublication:
    return getattr(plan, "publication", None) or PlanPublication(plan=plan)
