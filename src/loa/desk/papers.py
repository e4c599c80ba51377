"""The briefing pack as an official document, its sources as a numbered list at the end."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from loa.core.text import format_date
from loa.desk.models import BriefingPack
from loa.desk.queries.briefing import numbered
from loa.directory.queries.signing import head_signature
from officialdoc.write.model import Block, Bullet, Heading, OutgoingDocument, Signature, Text
from officialdoc.write.printed import roman

OPENING = (
    "Thực hiện Kế hoạch số {number}, {agency} cung cấp cho các cơ quan báo chí kết quả từ ngày {start} "
    "đến ngày {end} như sau. Số trong ngoặc vuông chỉ nguồn số liệu ở cuối văn bản."
)


def briefing_paper(pack: BriefingPack) -> OutgoingDocument:
    """A draft until the head has approved it."""
    agency, is_draft = pack.agency, pack.state == "draft"
    signed = pack.signature or head_signature(agency, pack.end)
    return OutgoingDocument(
        kind="THÔNG CÁO BÁO CHÍ",
        title=pack.title,
        agency=agency.name,
        parent_agency=agency.parent.name if agency.parent else None,
        symbol=f"TC-{agency.symbol}" if agency.symbol else "TC",
        place=agency.place or pack.plan.issuer.place,
        on=pack.approved_on,
        signature=Signature(signed["title"], tuple(signed["authority"]), signed["name"] or None),
        body=tuple(_body(pack)),
        recipients=("Các cơ quan báo chí", f"Lưu: VT, {agency.short_name or agency.name}"),
        draft=is_draft,
    )


def _body(pack: BriefingPack) -> Iterator[Block]:
    shown, place = numbered(pack), 0
    yield Text(
        OPENING.format(
            number=pack.plan.number,
            agency=pack.agency.name,
            start=format_date(pack.start),
            end=format_date(pack.end),
        )
    )
    for section in shown.sections:
        place += 1
        yield Heading(1, f"{roman(place)}.", section["title"].upper())
        for fact in section["facts"]:
            yield Bullet(f"{fact['label']}: {fact['value']} [{fact['number']}].")
    if pack.questions:
        place += 1
        yield Heading(1, f"{roman(place)}.", "CÂU HỎI DỰ KIẾN VÀ ĐỀ XUẤT TRẢ LỜI")
        for number, row in enumerate(pack.questions, start=1):
            yield Heading(2, f"{number}.", row["question"])
            yield Text(row["answer"] or "Sẽ trả lời sau.")
    if pack.contact:
        place += 1
        yield Heading(1, f"{roman(place)}.", "ĐẦU MỐI LIÊN HỆ")
        yield Text(pack.contact)
    yield Heading(1, f"{roman(place + 1)}.", "NGUỒN SỐ LIỆU")
    for each in shown.sources:
        yield Text(f"[{each['number']}] {each['source']}: {_absolute(each['url'])}")


def _absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.BASE_URL.rstrip('/')}{url}"
