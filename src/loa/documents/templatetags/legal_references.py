"""References to legal documents as links, and facts for other programs.

`{% link_references %}…{% endlink_references %}` around any part of a page: one query, however many references
stand in it. `{{ text|with_references }}` for one plain text.
"""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from loa.documents import queries

register = template.Library()
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class ReferencesNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return queries.link_references_in_html([self.nodelist.render(context)])[0]


@register.tag(name="link_references")
def do_link_references(parser: template.base.Parser, _token: template.base.Token) -> ReferencesNode:
    nodelist = parser.parse(("endlink_references",))
    parser.delete_first_token()
    return ReferencesNode(nodelist)


@register.filter
def with_references(text: str) -> SafeString:
    return queries.link_references([text or ""])[0]


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Data for search engines; never run by a browser, and unable to end its own element."""
    words = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308  escaped
