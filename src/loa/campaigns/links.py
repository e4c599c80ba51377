"""Addresses of what the press published: the same page has one key, however its link was copied."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from loa.core.text import fold

_TRACKING = ("utm_", "fbclid", "gclid", "zarsrc", "gidzl", "mibextid", "_ga", "ref_src", "igshid")


def normalised(link: str) -> str:
    """Without scheme, "www.", tracking words, fragment and closing slash: "baohaiphong.vn/cchc/bai-1.html"."""
    parts = urlsplit(link.strip())
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host_of(link)}{parts.path.rstrip('/')}{query}"


def host_of(link: str) -> str:
    """The host in small letters, without "www." or "m."; "" where the link has none."""
    try:
        host = (urlsplit(link.strip()).hostname or "").lower()
    except ValueError:
        return ""
    for prefix in ("www.", "m."):
        host = host.removeprefix(prefix)
    return host


def key_of(link: str, *, title: str, on: date, press_body: int | None) -> str:
    """What makes a clipping the same one: its address, else its title, day and press body."""
    told = normalised(link) if link else f"{fold(title)}|{on.isoformat()}|{press_body}"
    return hashlib.sha256(told.encode()).hexdigest()
