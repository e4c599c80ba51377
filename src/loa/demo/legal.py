"""Legal documents of the sample year: the plan's own paper and local ones, one replaced while the plan cites it."""

from __future__ import annotations

from datetime import date
from typing import Any

from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, User
from loa.documents import actions
from loa.documents.models import LegalDocument
from loa.plans.models import Plan

FIELD = "Cải cách hành chính"
DIRECTIVE = {  # named in the plan
    "kind": "CHỈ THỊ",
    "printed_number": "21/CT-UBND",
    "subject": "Về tăng cường kỷ luật, kỷ cương trong các cơ quan hành chính nhà nước, đơn vị sự nghiệp công lập trên địa bàn thành phố",
    "issued_on": date(2016, 9, 26),
    "effective_from": date(2016, 9, 26),
    "note": "Số, ngày và trích yếu theo Kế hoạch 42/KH-UBND.",
    "is_checked": False,
}
NEW_DIRECTIVE = {
    "kind": "CHỈ THỊ",
    "printed_number": "98/CT-UBND",
    "subject": "Về kỷ luật, kỷ cương hành chính và văn hóa công vụ (văn bản mẫu của bản trình diễn)",
    "issued_on": date(2019, 6, 10),
    "effective_from": date(2019, 7, 1),
    "note": "Văn bản mẫu, không có thật.",
}
RULES_OF_COLUMN = {
    "kind": "QUYẾT ĐỊNH",
    "printed_number": "97/QĐ-STTTT",
    "subject": "Ban hành Quy chế phối hợp đăng tin, bài về cải cách hành chính (văn bản mẫu của bản trình diễn)",
    "issued_on": date(2019, 3, 18),
    "effective_from": date(2019, 3, 18),
    "note": "Văn bản mẫu, không có thật.",
}


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    """The office of the committee and the coordinator's clerk publish; the old directive ends on 1 July."""
    return [
        (date(2019, 2, 14), lambda: _publish_plan(plan, cast)),
        (date(2019, 2, 20), lambda: _publish(_office(plan, cast), plan.issuer, DIRECTIVE)),
        (date(2019, 3, 19), lambda: _publish_rules(plan, cast)),
        (date(2019, 6, 11), lambda: _replace(plan, cast)),
    ]


def _office(plan: Plan, cast: Cast) -> User:
    return cast.of(plan.accepting_office, "head")


def _publish_plan(plan: Plan, cast: Cast) -> None:
    """The plan's paper is in the register already: it gets its public side."""
    document = plan.document
    facts = {
        "kind": document.kind,
        "printed_number": document.printed_number,
        "subject": document.subject,
        "issued_on": document.issued_on,
        "effective_from": document.issued_on,
    }
    _publish(_office(plan, cast), plan.issuer, facts)


def _publish_rules(plan: Plan, cast: Cast) -> None:
    clerk = cast.of(plan.coordinator, "clerk")
    _publish(
        clerk,
        plan.coordinator,
        RULES_OF_COLUMN,
        relations={"guides": ["Kế hoạch 42/KH-UBND ngày 01/02/2019"]},
    )


def _replace(plan: Plan, cast: Cast) -> None:
    relations = {"replaces": ["Chỉ thị số 21/CT-UBND ngày 26/9/2016 của Ủy ban nhân dân thành phố Hải Phòng"]}
    _publish(_office(plan, cast), plan.issuer, NEW_DIRECTIVE, relations=relations)


def _publish(
    by: User, issuer: Agency, facts: dict[str, Any], *, relations: dict[str, list[str]] | None = None
) -> LegalDocument:
    assert by.hat is not None
    legal = actions.enter_legal_document(
        agency=by.hat.agency,
        issuer_name=issuer.name,
        field=FIELD,
        relations=relations,
        by=by,
        **facts,
    )
    actions.publish_legal_document(legal, by=by)
    return legal
