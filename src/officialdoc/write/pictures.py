"""A drawing as a bitmap, for files that cannot hold SVG."""

from __future__ import annotations

import typst

SHEET = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 160mm)
"""
PIXELS_PER_INCH = 200.0


def png(svg: str) -> bytes:
    """The drawing 160 mm wide, at a density fit for print."""
    drawn = typst.compile(SHEET.encode(), format="png", ppi=PIXELS_PER_INCH, sys_inputs={"svg": svg})
    assert isinstance(drawn, bytes)
    return drawn
