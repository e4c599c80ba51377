"""By what readers narrow plans and tasks. All of it works by plain links and a form."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.lists import FoldedSearch
from loa.directory.models import Agency
from loa.plans.models import Assignment, CommunicationForm, Plan, Task, Topic
from loa.plans.queries import Standing, with_task_standing
from loa.plans.states import PLAN_STATES
from loa.portal.queries.transparency import public_plans
from loa.portal.states.transparency import PLAN_PUBLICATION_STATES, PUBLIC_STATES, staff_states

ALL = _("All")
STANDINGS = [(standing.name.lower(), standing.label) for standing in reversed(Standing)]


def _years() -> list[tuple[str, str]]:
    years = public_plans().order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


class PublicPlanFilter(django_filters.FilterSet):
    q = FoldedSearch(field_name="document__search_text", label=_("Search"))
    year = django_filters.ChoiceFilter(label=_("Year"), empty_label=ALL, choices=_years)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=ALL,
        choices=[(key, label) for key, label in PLAN_STATES.items() if key != "draft"],
    )

    class Meta:
        model = Plan
        fields = ()


class PublicTaskFilter(django_filters.FilterSet):
    """A task is found by its leads' parts: lead and state must meet in one of them."""

    q = FoldedSearch(field_name="search_text", label=_("Search"))
    topic = django_filters.ModelChoiceFilter(
        field_name="topics", label=_("Topic"), empty_label=ALL, queryset=Topic.objects.none()
    )
    form = django_filters.ModelChoiceFilter(
        field_name="forms", label=_("Form"), empty_label=ALL, queryset=CommunicationForm.objects.none()
    )
    lead = django_filters.ModelChoiceFilter(
        label=_("Lead agency"), empty_label=ALL, queryset=Agency.objects.none(), method="led_by"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=ALL, choices=list(PUBLIC_STATES.items()), method="is_in"
    )
    standing = django_filters.ChoiceFilter(
        label=_("In time"), empty_label=ALL, choices=STANDINGS, method="stands"
    )

    class Meta:
        model = Task
        fields = ()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = Assignment.objects.filter(plan=plan).exclude(state="passed_on")
        self.filters["topic"].queryset = plan.topics.all()
        self.filters["form"].queryset = plan.forms.all()
        self.filters["lead"].queryset = Agency.objects.filter(pk__in=led.order_by().values("agency"))

    def led_by(self, rows: QuerySet, _name: str, value: Agency) -> QuerySet:
        return rows if self._state() else rows.filter(Exists(self._parts().filter(agency=value)))

    def is_in(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        parts = self._parts().filter(state__in=staff_states(value))
        lead = self.form.cleaned_data.get("lead")
        return rows.filter(Exists(parts.filter(agency=lead) if lead else parts))

    def stands(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        standing = Standing[value.upper()]
        meant = with_task_standing(Task.objects.order_by(), clock.today()).filter(standing=standing)
        return rows.filter(pk__in=meant.filter(plan__in=rows.order_by().values("plan")).values("pk"))

    def _parts(self) -> QuerySet[Assignment]:
        return Assignment.objects.filter(task=OuterRef("pk"))

    def _state(self) -> str:
        return self.form.cleaned_data.get("state") or ""


class PublicationFilter(django_filters.FilterSet):
    """The staff's list of plans and who may read them."""

    q = FoldedSearch(field_name="document__search_text", label=_("Search"))
    public = django_filters.ChoiceFilter(
        label=_("For everybody"),
        empty_label=ALL,
        choices=list(PLAN_PUBLICATION_STATES.items()),
        method="is_public",
    )

    class Meta:
        model = Plan
        fields = ()

    def is_public(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        meant = Q(publication__state=value)
        return rows.filter(meant | Q(publication__isnull=True) if value == "hidden" else meant)
