"""Capitals -> the casing Vietnamese documents use in running text.

Reads: a line set in capitals and the whole text. Writes: the same words as the running text
prints them, else by rule.
"""

from __future__ import annotations

import re

from officialdoc.read.plan.letters import fold, is_upper, tidy

_ABBREVIATIONS = {"ubnd", "hđnd", "mttq", "ubmttq", "bhxh", "tp", "tnhh", "tw", "vptu"}
_AGENCY_HEADS = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "ủy ban mặt trận tổ quốc",
    "đoàn đại biểu quốc hội",
    "văn phòng",
    "sở",
    "ban",
    "bộ",
    "cục",
    "công an",
    "phòng",
    "trung tâm",
    "chi cục",
    "tổng cục",
    "hội đồng",
    "hội",
    "liên đoàn",
    "viện",
    "trường",
    "thanh tra",
    "kho bạc",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
)
_PRINTED = {
    "ủy ban mặt trận tổ quốc": "Ủy ban Mặt trận Tổ quốc",
    "đoàn đại biểu quốc hội": "Đoàn đại biểu Quốc hội",
}
_PLACE = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|tp\.?)\s+(?!ủy\b)(.+)$")


def recase(text: str, running: str) -> str:
    """The words of a line in capitals as the running text prints them."""
    text = tidy(text)
    if not is_upper(text):
        return text
    words = re.escape(fold(text)).replace(r"\ ", r"\s+")
    for found in re.finditer(rf"(?<!\w){words}(?!\w)", fold(running)):
        printed = tidy(running[found.start() : found.end()])
        if not is_upper(printed):
            return printed[:1].upper() + printed[1:]
    return text


def agency_case(text: str, running: str) -> str:
    """An agency's name in capitals as it is written in a sentence."""
    printed = recase(text, running)
    if not is_upper(printed):
        return printed
    return _by_rule(fold(printed))


def sentence_case(text: str, running: str) -> str:
    """A title in capitals: as printed elsewhere, else piece by piece, else its first letter."""
    printed = recase(text, running)
    if not is_upper(printed):
        return printed
    words = printed.split(" ")
    folded = fold(running)
    out: list[str] = []
    at = 0
    while at < len(words):
        run = _longest_run(words, at, running, folded)
        if not run:
            run = [words[at] if re.search(r"[\d/]", words[at]) else words[at].lower()]
        out.extend(run)
        at += len(run)
    title = " ".join(out)
    return title[:1].upper() + title[1:]


def _longest_run(words: list[str], at: int, running: str, folded: str) -> list[str]:
    """The most words from `at` on that the running text prints together in small letters."""
    best: list[str] = []
    for size in range(1, min(12, len(words) - at) + 1):
        printed = _printed(fold(" ".join(words[at : at + size])), running, folded)
        if printed is None:
            break
        if size > 1:
            best = printed.split(" ")
    return best


def _printed(wanted: str, running: str, folded: str) -> str | None:
    """The first printing of these words that is not itself in capitals."""
    at = folded.find(wanted)
    while at >= 0:
        printed = running[at : at + len(wanted)]
        if not is_upper(printed) and printed[:1].isalnum() == wanted[:1].isalnum():
            return printed
        at = folded.find(wanted, at + len(wanted))
    return None


def _by_rule(folded: str) -> str:
    place = _PLACE.search(folded)
    name = folded[: place.start()].strip() if place else folded
    parts = [_capitalised_head(name)]
    if place:
        unit = place.group(1)
        parts.append(f"{unit} {place.group(2).title()}")
    return " ".join(part for part in parts if part)


def _capitalised_head(name: str) -> str:
    words = name.split(" ")
    if words[0] in _ABBREVIATIONS:
        return " ".join([words[0].upper(), *words[1:]])
    for head in sorted(_AGENCY_HEADS, key=len, reverse=True):
        if name.startswith(head):
            rest = name[len(head) :].strip()
            shown = _PRINTED.get(head, head[:1].upper() + head[1:])
            return f"{shown} {rest[:1].upper()}{rest[1:]}".strip()
    return name[:1].upper() + name[1:]
