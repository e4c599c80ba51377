"""Read-only plans and tasks, under the same visibility as every page."""

import django_filters
from django.db.models import Count, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.viewsets import ReadOnlyModelViewSet

from loa.api.serializers import PlanSerializer, TaskSerializer
from loa.core.lists import FoldedSearch
from loa.plans.models import Plan, Task
from loa.plans.queries import plans_visible_to, tasks_visible_to


class PlanFilter(django_filters.FilterSet):
    search = FoldedSearch(field_name="document__search_text", label="Words, accents optional")

    class Meta:
        model = Plan
        fields = ["number", "year", "state"]


class TaskFilter(django_filters.FilterSet):
    search = FoldedSearch(field_name="search_text", label="Words, accents optional")
    lead = django_filters.CharFilter(field_name="assignments__agency__code", label="Code of a lead agency")

    class Meta:
        model = Task
        fields = ["plan", "carried_over_from"]


class PlanViewSet(ReadOnlyModelViewSet):
    """Plans in which your agency is named."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = PlanFilter

    def get_queryset(self) -> QuerySet[Plan]:
        plans = plans_visible_to(self.request.user).select_related("issuer", "coordinator")
        return plans.annotate(task_count=Count("tasks", distinct=True)).order_by("-year", "-pk")


class TaskViewSet(ReadOnlyModelViewSet):
    """Tasks of those plans, with leads, targets, states and due dates."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = TaskFilter

    def get_queryset(self) -> QuerySet[Task]:
        tasks = tasks_visible_to(self.request.user).order_by("plan_id", "position")
        return tasks.prefetch_related("bodies__agency", "targets", "assignments__agency")
