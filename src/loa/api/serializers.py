from rest_framework import serializers

from loa.plans.models import Assignment, Plan, Target, Task, TaskBody


class AgencyField(serializers.Serializer):
    code = serializers.CharField(help_text="Stable code of the agency.")
    name = serializers.CharField()


class PlanSerializer(serializers.ModelSerializer):
    issuer = AgencyField(read_only=True)
    coordinator = AgencyField(read_only=True)
    task_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Plan
        fields = [
            "id",
            "number",
            "title",
            "year",
            "issued_on",
            "state",
            "issuer",
            "coordinator",
            "task_count",
        ]


class TaskBodySerializer(serializers.ModelSerializer):
    agency = AgencyField(read_only=True, allow_null=True)

    class Meta:
        model = TaskBody
        fields = ["role", "printed", "agency"]


class TargetSerializer(serializers.ModelSerializer):
    class Meta:
        model = Target
        fields = ["measure", "quantity", "unit"]


class AssignmentSerializer(serializers.ModelSerializer):
    agency = AgencyField(read_only=True)

    class Meta:
        model = Assignment
        fields = ["agency", "state", "due_on"]


class TaskSerializer(serializers.ModelSerializer):
    """A task of a plan. Dates are ISO; `due_on` is exclusive where `is_due_before` is true."""

    bodies = TaskBodySerializer(many=True, read_only=True)
    targets = TargetSerializer(many=True, read_only=True)
    assignments = AssignmentSerializer(many=True, read_only=True)

    class Meta:
        model = Task
        fields = [
            "id", "plan", "no", "path", "group", "content", "product", "due_text", "starts_on", "due_on",
            "is_due_before", "note", "carried_over_from", "bodies", "targets", "assignments",
        ]  # fmt: skip
