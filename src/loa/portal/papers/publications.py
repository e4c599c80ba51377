"""The sheet on which receivers of a round sign, as an official document. Official papers are in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from loa.core.templatetags.ui import quantity
from loa.core.text import format_date
from loa.portal.models import Dispatch, Parcel
from officialdoc.write.model import Column, OutgoingDocument, Signature, TableBlock, TableCell, Text
from officialdoc.write.word import write_docx

_COLUMNS = (
    Column(5, "center"),
    Column(36),
    Column(12, "right"),
    Column(12, "right"),
    Column(14, "center"),
    Column(21),
)
_HEADER = ("TT", "Cơ quan nhận", "Số lượng giao", "Thực nhận", "Ngày nhận", "Người nhận ký, ghi rõ họ tên")


def hand_over_sheet(dispatch: Dispatch, parcels: Iterable[Parcel]) -> bytes:
    """A .docx: what is confirmed already stands in it, the rest is left to be filled in by hand."""
    publication = dispatch.publication
    rows = list(parcels)
    with translation.override("vi"):
        kind = str(publication.get_kind_display()).lower()
    facts = [f"Ấn phẩm: {publication.title} ({kind})."]
    if publication.print_run:
        facts.append(f"Số lượng in: {quantity(publication.print_run)} bản.")
    if dispatch.sent_on:
        facts.append(f"Ngày gửi: {format_date(dispatch.sent_on)}.")
    facts.append(f"Xác nhận trước hết ngày {format_date(dispatch.confirm_by)}.")
    return write_docx(
        OutgoingDocument(
            kind="BIÊN BẢN",
            title=f"Giao nhận ấn phẩm, đợt {dispatch.number}",
            agency=publication.agency.name,
            symbol=f"BB-{publication.agency.symbol}" if publication.agency.symbol else "BB",
            place=publication.agency.place,
            on=None,
            signature=Signature(title="NGƯỜI GIAO"),
            body=(
                Text(" ".join(facts)),
                TableBlock(_COLUMNS, (tuple(TableCell(name, bold=True) for name in _HEADER),), _rows(rows)),
            ),
            recipients=("Các cơ quan nhận", "Lưu: VT"),
        )
    )


def _rows(parcels: list[Parcel]) -> tuple[tuple[TableCell, ...], ...]:
    rows = [
        (
            TableCell(str(number)),
            TableCell(parcel.agency.name),
            TableCell(quantity(parcel.quantity)),
            TableCell("" if parcel.received is None else quantity(parcel.received)),
            TableCell(format_date(parcel.received_on) if parcel.received_on else ""),
            TableCell(str(parcel.confirmed_by or "")),
        )
        for number, parcel in enumerate(parcels, start=1)
    ]
    total = sum(parcel.quantity for parcel in parcels)
    rows.append(
        (
            TableCell("", bold=True),
            TableCell("Tổng cộng", bold=True),
            TableCell(quantity(total), bold=True),
            TableCell(""),
            TableCell(""),
            TableCell(""),
        )
    )
    return tuple(rows)
