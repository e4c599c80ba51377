"""What the portal's templates say in the same way: pictures in sizes, structured data, titles."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from loa.portal.models import Attachment, Picture, Story
from loa.portal.queries import SHAPES, stories_of
from loa.portal.reader import title_for

register = template.Library()

FILMS = {"mp4", "webm"}
SAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def photo(picture: Picture | None, shape: str, eager: bool = False) -> SafeString:
    """A picture in a modern form and an old one, with its size told beforehand so that nothing jumps."""
    if picture is None:
        return SafeString("")
    wanted = SHAPES[shape]
    modern, plain = wanted.modern_specs, wanted.plain_spec
    made = picture.get_renditions(*modern, plain)
    candidates = format_html_join(", ", "{} {}w", ((made[spec].url, made[spec].width) for spec in modern))
    loading = "fetchpriority=high" if eager else "loading=lazy decoding=async"
    return format_html(
        '<picture><source type="image/webp" srcset="{}" sizes="{}">'
        '<img class="photo" src="{}" width="{}" height="{}" alt="{}" {}></picture>',
        candidates,
        wanted.sizes,
        made[plain].url,
        made[plain].width,
        made[plain].height,
        picture.default_alt_text,
        loading,
    )


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data for search engines; no text can end the element."""
    text = json.dumps(data, ensure_ascii=False).translate(SAFE_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


@register.simple_tag
def newest_of(value: Any) -> list[Story]:
    """The newest stories of the column an editor chose for a block."""
    column = value["column"]
    return list(stories_of(column)[: value["count"]]) if column and column.live else []


@register.filter
def title_for_reader(page: Any) -> str:
    """The title in the reader's language where the page has it."""
    return title_for(page)


@register.filter
def is_film(attachment: Attachment) -> bool:
    return attachment.file_extension.lower() in FILMS
