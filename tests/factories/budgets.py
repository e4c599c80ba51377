from datetime import UTC, date, datetime
from itertools import count

from factories.directory import make_agency, make_user
from factories.plans import make_plan
from loa.budgets.arithmetic import line_amount
from loa.budgets.models import Approval, ApprovedLine, Estimate, EstimateLine, PlanBudget
from loa.documents.models import Document
from loa.plans.models import PlanBody

_serial = count(1)
MADE_AT = datetime(2019, 2, 11, 2, 0, tzinfo=UTC)


def make_budget(plan=None, *, year=2019, **bodies):
    """A budget whose coordinator and approver are the plan's, with two appraising bodies of its own."""
    plan = plan or make_plan()
    bodies.setdefault("coordinator", plan.coordinator)
    bodies.setdefault("approver", plan.issuer)
    bodies.setdefault("office", plan.accepting_office)
    for role, name in (("content_appraiser", "Sở Nội vụ"), ("money_appraiser", "Sở Tài chính")):
        bodies[role] = bodies.get(role) or make_agency(f"{name} {next(_serial)}")
    return PlanBudget.objects.create(
        plan=plan,
        year=year,
        fund_name="Kinh phí CCHC của thành phố",
        legal_basis="Mục IV Kế hoạch",
        created_at=MADE_AT,
        **bodies,
    )


def make_estimate(budget=None, agency=None, *, state="draft", **fields):
    budget = budget or make_budget()
    agency = agency or make_agency()
    PlanBody.objects.get_or_create(plan=budget.plan, agency=agency, role="lead")
    if state not in ("draft", "with_head", "returned"):
        fields.setdefault("submitted_on", date(2019, 3, 1))
    if state in ("appraised", "with_committee", "approved", "spending", "settled", "closed"):
        fields.setdefault("appraised_on", date(2019, 3, 25))
    return Estimate.objects.create(
        state=state,
        budget=budget,
        plan=budget.plan,
        year=budget.year,
        agency=agency,
        created_at=MADE_AT,
        **fields,
    )


def make_line(estimate, *, content="In tờ gấp", quantity=10, times=1, unit_price=100_000, **fields):
    fields.setdefault("position", estimate.lines.count() + 1)
    return EstimateLine.objects.create(
        estimate=estimate,
        content=content,
        quantity=quantity,
        times=times,
        unit_price=unit_price,
        amount=line_amount(quantity, times, unit_price),
        **fields,
    )


def make_approval(budget, amounts, *, decided_on=date(2019, 4, 10), by=None):
    """`amounts`: line → đồng."""
    number = f"{next(_serial)}/QĐ-UBND"
    document = Document.objects.create(
        direction="out",
        kind="QUYẾT ĐỊNH",
        printed_number=number,
        issuer=budget.approver,
        subject="Phê duyệt dự toán",
        issued_on=decided_on,
        created_at=MADE_AT,
    )
    approval = Approval.objects.create(
        budget=budget,
        document=document,
        decided_on=decided_on,
        by=by or make_user(budget.approver, "leader"),
        at=MADE_AT,
    )
    for line, amount in amounts.items():
        ApprovedLine.objects.create(approval=approval, line=line, amount=amount)
    return approval
