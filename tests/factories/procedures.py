from datetime import UTC, date, datetime
from itertools import count

from factories.directory import make_agency
from loa.procedures.actions import field_called, put_in_force
from loa.procedures.models import Procedure, ProcedureVersion

_serial = count(1)
MADE_AT = datetime(2019, 3, 1, 2, 0, tzinfo=UTC)
CONTENT = {
    "audience": "Công dân Việt Nam",
    "steps": "Nộp hồ sơ.\n\nCơ quan kiểm tra.\n\nNhận kết quả.",
    "ways": [{"way": "in_person", "time": "5 ngày làm việc", "fee": "Không thu"}],
    "papers": [{"name": "Tờ khai", "form": "Mẫu 01", "originals": 1}],
    "result": "Giấy chứng nhận",
    "legal_bases": ["Luật Hộ tịch năm 2014"],
}


def make_procedure(agency=None, *, name="Đăng ký khai sinh", code="", field="Hộ tịch", levels="commune"):
    """In the register, with nothing published yet."""
    code = code or f"1.{next(_serial):06d}"
    return Procedure.objects.create(
        code=code,
        name=name,
        field=field_called(field),
        levels=levels,
        agency=agency or make_agency(),
        created_at=MADE_AT,
    )


def make_version(procedure=None, *, state="draft", number=None, **fields):
    """A version in any state; a published one is what the register shows."""
    procedure = procedure or make_procedure()
    facts = {
        "name": procedure.name,
        "change": "new",
        "decision": "Quyết định số 412/QĐ-UBND",
        "decided_on": date(2019, 2, 20),
        **CONTENT,
        **fields,
    }
    if state in ("published", "superseded"):
        facts.setdefault("published_on", date(2019, 2, 25))
        facts.setdefault("published_at", MADE_AT)
    number = number or procedure.versions.count() + 1
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=number, state=state, created_at=MADE_AT, **facts
    )
    if state == "published":
        put_in_force(procedure, version)
    return version


def make_published(agency=None, **fields):
    """A procedure anybody can read."""
    names = {key: fields.pop(key) for key in ("name", "code", "field", "levels") if key in fields}
    procedure = make_procedure(agency, **names)
    make_version(procedure, state="published", **fields)
    return procedure
