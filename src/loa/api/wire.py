"""How Open311 speaks: the same data as JSON or XML, and errors in both.

Reads/writes: plain dicts and lists; a list's elements are named in `_ITEMS`, as the specification names them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpResponse
from lxml import etree

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
    "updates": "update",
}
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold


class Open311Error(Exception):
    """Why a call cannot be fulfilled. `description` is meant for people."""

    def __init__(self, status: int, description: str, *, wait: int = 0) -> None:
        self.status, self.description, self.wait = status, description, wait
        super().__init__(description)


def written(name: str, data: Any, form: str, *, status: int = 200) -> HttpResponse:
    """`name` is the root element; JSON has none."""
    content = to_xml(name, data) if form == "xml" else json.dumps(data, ensure_ascii=False).encode()
    return HttpResponse(content, content_type=TYPES[form], status=status)


def refused(error: Open311Error, form: str) -> HttpResponse:
    told = [{"code": error.status, "description": error.description}]
    response = written("errors", told, form, status=error.status)
    if error.wait:
        response["Retry-After"] = str(error.wait)
    return response


def to_xml(name: str, data: Any) -> bytes:
    return _DECLARATION + etree.tostring(_element(name, data), encoding="utf-8", xml_declaration=False)


def plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return _UNFIT.sub("", text)


def _element(name: str, data: Any) -> etree._Element:
    element = etree.Element(name)
    if isinstance(data, dict):
        element.extend(_element(key, value) for key, value in data.items())
    elif isinstance(data, list):
        element.extend(_element(_ITEMS[name], value) for value in data)
    elif isinstance(data, bool):
        element.text = "true" if data else "false"
    elif data is not None:
        element.text = plain(str(data))
    return element
