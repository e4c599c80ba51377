"""Makers of .pdf files: typst for whole pages, raw objects for what it does not write."""

import typst

FONT = "Libertinus Serif"


def pdf(body, *, paper='paper: "a4"', margin="margin: (left: 3cm, rest: 2cm)", size="13pt", header="none"):
    """A typst document set like an office's paper."""
    source = (
        f"#set page({paper}, {margin}, header: {header})\n"
        f'#set text(font: "{FONT}", size: {size}, lang: "vi")\n'
        "#set par(justify: true, first-line-indent: (amount: 1cm, all: true))\n"
        f"{body}"
    )
    return typst.compile(source.encode())


HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def raw_pdf(content, *, page="", more=()):
    """One page with one content stream; `page` goes into its dictionary, `more` objects
    are numbered from 6.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << /F1 5 0 R >> >> {page} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        HELVETICA,
        *more,
    ]
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def text_page(lines, *, step=16):
    """A content stream that shows lines of Latin-1 text."""
    shown = b"".join(
        b"(%s) Tj 0 -%d Td "
        % (line.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"), step)
        for line in lines
    )
    return b"BT /F1 12 Tf 72 780 Td " + shown + b"ET"
