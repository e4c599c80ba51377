from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(value: Any) -> SafeString:
    """Data inside a script element: no word of it can end the element."""
    text = json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    return SafeString(text)
