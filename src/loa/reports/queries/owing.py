from loa.core import clock
from loa.directory.models import Agency
from loa.plans.models import Assignment, DutyAssignment, Plan, PlanBody


def owing_agency_ids(plan: Plan) -> set[int]:
    """Bodies with work of their own in the plan, groups expanded, and the coordinator; not those that ended."""
    named = agency_ids_with_work(plan)
    return named - set(
        Agency.objects.filter(pk__in=named, valid_to__lt=clock.today()).values_list("pk", flat=True)
    )


def agency_ids_with_work(plan: Plan) -> set[int]:
    """Every body that has or had work in the plan, and the coordinator."""
    named = PlanBody.objects.filter(plan=plan, role__in=(PlanBody.Role.LEAD, PlanBody.Role.DUTY))
    leads = Assignment.objects.filter(plan=plan)
    duties = DutyAssignment.objects.filter(plan=plan)
    owing = {plan.coordinator_id}
    for rows in (named, leads, duties):
        owing.update(rows.values_list("agency", flat=True))
    return owing
