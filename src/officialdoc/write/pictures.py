"""A drawing as a bitmap, for files that cannot hold SVG."""

from __future__ import annotations

import typst

WIDTH = 150.0  # mm: how wide a drawing stands on the page
SHEET = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)
"""
PIXELS_PER_INCH = 200.0


def png(svg: str) -> bytes:
    """The drawing at a density fit for print."""
    inputs = {"svg": svg, "width": str(WIDTH)}
    drawn = typst.compile(SHEET.encode(), format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs)
    assert isinstance(drawn, bytes)
    return drawn
