"""Which of the decree's fonts this machine can print with.

Reads: the fonts installed here. `loa doctor` and the preview warn when the first one is missing.
"""

from __future__ import annotations

from functools import cache

import typst

from .form import Form, form_for


def fonts_available(form: Form | None = None) -> list[str]:
    """Of the form's font and its substitutes, best first, those found. A .pdf takes the first;
    the last one is built in.
    """
    form = form or form_for(None)
    found = installed_families()
    return [name for name in form.font.names if name in found]


@cache
def installed_families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())
