from datetime import UTC, date, datetime
from itertools import count

from factories.directory import make_agency
from loa.documents.models import Document
from loa.plans.models import Assignment, Duty, DutyAssignment, Plan, PlanBody, Task

_serial = count(1)
MADE_AT = datetime(2019, 2, 1, 2, 0, tzinfo=UTC)


def make_plan(*, issuer=None, coordinator=None, accepting_office=None, year=2019, number="", state="issued"):
    """An issued plan whose issuer, coordinator and accepting office are three bodies."""
    serial = next(_serial)
    issuer = issuer or make_agency(f"UBND thành phố {serial}", kind="peoples_committee")
    number = number or f"{serial}/KH-UBND"
    document = Document.objects.create(
        direction="out",
        kind="KẾ HOẠCH",
        printed_number=number,
        issuer=issuer,
        subject=f"Kế hoạch tuyên truyền số {serial}",
        issued_on=date(year, 2, 1),
        created_at=MADE_AT,
    )
    return Plan.objects.create(
        state=state,
        document=document,
        number=number,
        title=document.subject,
        year=year,
        issued_on=document.issued_on,
        issuer=issuer,
        coordinator=coordinator or make_agency(f"Sở Thông tin {serial}"),
        accepting_office=accepting_office or make_agency(f"Văn phòng UBND {serial}", kind="office"),
        created_at=MADE_AT,
    )


def make_task(plan=None, *, content="Tổ chức hội nghị tuyên truyền", due_on=date(2019, 12, 31), **fields):
    plan = plan or make_plan()
    position = fields.pop("position", plan.tasks.count() + 1)
    return Task.objects.create(
        plan=plan,
        position=position,
        no=str(position),
        content=content,
        due_text="Cả năm 2019",
        due_on=due_on,
        **fields,
    )


def make_assignment(agency=None, *, task=None, plan=None, state="assigned", **fields):
    task = task or make_task(plan)
    agency = agency or make_agency()
    PlanBody.objects.get_or_create(plan=task.plan, agency=agency, role="lead")
    fields.setdefault("due_on", task.due_on)
    return Assignment.objects.create(
        task=task,
        plan=task.plan,
        agency=agency,
        state=state,
        original_due_on=fields["due_on"],
        assigned_on=task.plan.issued_on,
        **fields,
    )


def make_duty(plan, agency, *, text="Đăng tin bài thường xuyên"):
    """A standing duty of one body, with its assignment. Returns the assignment."""
    position = plan.duties.count() + 1
    duty = Duty.objects.create(
        plan=plan, position=position, printed_body=agency.name, agency=agency, text=text
    )
    PlanBody.objects.get_or_create(plan=plan, agency=agency, role="duty")
    return DutyAssignment.objects.create(duty=duty, plan=plan, agency=agency, assigned_on=plan.issued_on)
