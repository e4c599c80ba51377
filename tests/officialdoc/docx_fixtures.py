"""Makers of .docx files part by part, down to the XML that python-docx does not write."""

import io
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs, properties=""):
    """A paragraph of runs; plain strings become runs."""
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text, num_id=1, level=0):
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return para(text, properties=numbering) if text else para(properties=numbering)


def cell(*content, span=1, merge=None):
    """A cell of paragraphs; `merge` is "restart" or "continue"."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    inner = "".join(item if item.startswith("<") else para(item) for item in content) or para()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells, properties=""):
    inner = "".join(item if item.startswith("<w:tc>") else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(number, format_="decimal", text=None, *, start=1, extra=""):
    text = f"%{number + 1}." if text is None else text
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, nums=None):
    """One list definition; `nums` are more `w:num` elements than the plain number 1."""
    plain = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums or plain}'


def package(parts, *, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return buffer.getvalue()


def docx_parts(body, *, styles="", numbers=""):
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{part}.document.main+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("numbering", "numbering.xml")
        ),
        "word/document.xml": f"<w:document {W} {EXTRA}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {W}>{numbers}</w:numbering>",
    }


def _relationships(*targets):
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def docx(*body, styles="", numbers=""):
    inner = "".join(item if item.startswith("<") else para(item) for item in body)
    return package(docx_parts(inner, styles=styles, numbers=numbers))


def texts(source):
    """The paragraphs outside tables."""
    return [block.text for block in source.blocks if not hasattr(block, "cells")]


def tables(source):
    return [block for block in source.blocks if hasattr(block, "cells")]


def grid(table_):
    """Cells by place: {(row, column): text}."""
    return {(cell_.row, cell_.column): cell_.text for cell_ in table_.cells}


def spans(table_):
    return {
        (cell_.row, cell_.column): (cell_.row_span, cell_.column_span)
        for cell_ in table_.cells
        if (cell_.row_span, cell_.column_span) != (1, 1)
    }


def paragraphs(source):
    """Every paragraph, those in cells too."""
    for block in source.blocks:
        if hasattr(block, "cells"):
            for cell_ in block.cells:
                yield from cell_.paragraphs
        else:
            yield block


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
