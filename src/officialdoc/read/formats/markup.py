"""Scraps of HTML inside text: tags in a cell, entities in a line.

Reads: a text that is not HTML as a whole. Writes: it without tags, breaks kept.
"""

from __future__ import annotations

import html
import re

_TAG_NAME = "(?:a|abbr|b|br|blockquote|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)"
_TAG = re.compile(rf"</?({_TAG_NAME})(?:\s[^<>]{{0,500}})?\s*/?>", re.IGNORECASE)
_BREAKING = frozenset(("br", "p", "div", "li", "ul", "ol", "tr", "hr", "blockquote", "center"))
_LIST = re.compile(
    r"<(ul|ol)\b[^<>]{0,500}>([^\t]{0,20000}?)(?:</\1\s*>|(?=\t|$))", re.IGNORECASE | re.DOTALL
)
_LISTED_DASH = re.compile(r"(?<=[.;:]) (?=[-+] \S)")
_LONGEST = 60_000
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)


def without_tags(text: str) -> str:
    if "<" in text and _TAG.search(text):
        if len(text) > _LONGEST:
            return _TAG.sub(" ", text)
        text = _LIST.sub(lambda match: _LISTED_DASH.sub("\n", match[0]), text)
        text = _TAG.sub(lambda match: "\n" if match[1].lower() in _BREAKING else "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text
