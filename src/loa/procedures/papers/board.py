"""The list that hangs at the office: procedures of a body, each with a code to scan."""

from __future__ import annotations

import io
from collections.abc import Iterable

import segno
from django.utils.translation import gettext as _

from loa.core.text import format_date
from loa.procedures.models import Procedure, ServiceDesk
from officialdoc.write.notice_board import NoticeBoard, NoticeRow, write_notice_board


def qr_svg(url: str) -> str:
    """A code as SVG without style, one module to a unit: it stands in a page and in a paper."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=2,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return out.getvalue().decode()


def qr_png(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def board_pdf(
    heading: str, procedures: Iterable[Procedure], *, base_url: str, desk: ServiceDesk | None, on: str
) -> bytes:
    """As .pdf, set by typst in the type of official documents."""
    rows = [
        NoticeRow(
            code=row.code,
            name=row.name,
            field=row.field.name,
            time=row.current.time_text if row.current else "",
            fee=row.current.fee_text if row.current else "",
            online=row.online_level.name_vi if row.online_level else "",
            qr=qr_svg(f"{base_url}{row.get_absolute_url()}"),
        )
        for row in procedures
    ]
    board = NoticeBoard(
        agency=heading,
        title=_("List of administrative procedures"),
        where=desk_lines(desk),
        columns=(
            _("No."),
            _("Code"),
            _("Procedure"),
            _("Time limit"),
            _("Fee"),
            _("Online service"),
            _("Scan to read"),
        ),
        note=_("As of %(day)s. Scan the code with a telephone to read the steps, papers and forms.")
        % {"day": on},
        rows=tuple(rows),
    )
    return write_notice_board(board)


def desk_lines(desk: ServiceDesk | None) -> tuple[str, ...]:
    if desk is None:
        return ()
    told = (
        (_("Where"), f"{desk.name}, {desk.address}"),
        (_("Telephone"), desk.phone),
        (_("Hours"), desk.hours),
    )
    return tuple(f"{label}: {words}" for label, words in told if words)


def day_in_words(day: object) -> str:
    return format_date(day)  # type: ignore[arg-type]
