"""A reading that waits for confirmation, without a file being read: what the reader would have found."""

from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

from django.core.files.base import ContentFile

from factories.directory import make_agency, make_group, make_user
from loa.documents.models import Proposal, Reading

_serial = count(1)
REPORT_TO_PRESS = {
    "who": "Các sở",
    "to": "Sở Báo chí",  # so it coordinates
    "when": "trước ngày 02/11",
    "recurrence": "yearly",
    "month_day": "11-02",
    "before": True,
}
MADE_AT = datetime(2019, 2, 1, 2, 0, tzinfo=UTC)
KINDS = {
    "tasks": "task",
    "duties": "duty",
    "reporting": "rule",
    "topics": "topic",
    "forms": "form",
    "legal_bases": "basis",
}


def make_town():
    """A committee with its office, three departments, one group of two of them, and who works there."""
    committee = make_agency(
        "Ủy ban nhân dân thành phố Biển", code="bien", kind="peoples_committee", symbol="UBND"
    )
    office = make_agency(
        "Văn phòng Ủy ban nhân dân thành phố Biển", code="vp", kind="office", parent=committee
    )
    press, culture, justice = (
        make_agency(name, code=code, parent=committee)
        for name, code in (
            ("Sở Báo chí", "so-bao-chi"),
            ("Sở Văn nghệ", "so-van-nghe"),
            ("Sở Pháp luật", "so-phap-luat"),
        )
    )
    group = make_group("các sở liên quan", culture, justice, code="cac-so")
    return SimpleNamespace(
        committee=committee,
        office=office,
        press=press,
        culture=culture,
        justice=justice,
        group=group,
        importer=make_user(press, "focal_point"),
        colleague=make_user(press, "head"),
        stranger=make_user(culture, "head"),
    )


def task_data(content="Tổ chức hội thi", *, lead=("Sở Báo chí",), coordinating=(), **fields):
    return {
        "no": "1",
        "path": "1",
        "content": content,
        "lead": list(lead),
        "coordinating": list(coordinating),
        "performing": [],
        "monitoring": [],
        "details": [],
        "targets": [],
        "occurrences": [],
        "due_text": "Cả năm 2019",
        "starts_on": "2019-01-01",
        "due_on": "2019-12-31",
        "before": False,
        **fields,
    }


def header_data(**fields):
    return {
        "kind": "KẾ HOẠCH",
        "number": "7/KH-UBND",
        "title": "Tuyên truyền năm 2019",
        "issuer": "Ủy ban nhân dân thành phố Biển",
        "place": "Biển",
        "issued_on": "2019-02-01",
        "signer": {"name": None, "title": "CHỦ TỊCH", "authority": "TM. ỦY BAN NHÂN DÂN"},
        "recipients": ["Như trên"],
        "references": [],
        "sections": [],
        **fields,
    }


def make_reading(town, *, header=None, text="", warnings=(), **lists):
    """`lists` by the keys of plan-json; without any, one task and one duty; reports go to the press department."""
    lists = lists or {
        "tasks": [task_data(coordinating=["các sở liên quan"])],
        "duties": [{"agency": "các sở liên quan", "text": "Đăng tin bài"}],
    }
    lists.setdefault("reporting", [REPORT_TO_PRESS])
    number = next(_serial)
    reading = Reading(
        state="read",
        agency=town.press,
        sha256=f"{number:064x}",
        file_name=f"ke-hoach-{number}.docx",
        text=text,
        warnings=list(warnings),
        started_by=town.importer,
        created_at=MADE_AT,
    )
    reading.file.save("x", ContentFile(b"the original"), save=False)
    reading.save()
    header = header_data(**(header or {}))
    rows = [Proposal(reading=reading, kind="header", position=0, found=header, data=header)]
    for key, items in lists.items():
        for position, item in enumerate(items):
            found = {name: value for name, value in item.items() if name not in ("source", "confidence")}
            rows.append(
                Proposal(
                    reading=reading,
                    kind=KINDS[key],
                    position=position,
                    found=found,
                    data=found,
                    source=item.get("source", {}),
                    confidence=item.get("confidence", 1.0),
                )
            )
    Proposal.objects.bulk_create(rows)
    return reading
