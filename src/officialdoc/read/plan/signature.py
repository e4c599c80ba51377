"""Signer and recipients.

Reads: the lines from "Nơi nhận" to the signer's name, in whatever order two columns were
read. Writes: `Signer` and the recipients.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from officialdoc.model import Place, Signer
from officialdoc.read.plan.letters import CAPITALS, SMALLS, bare, fold, is_upper, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.vocabulary import FAMILY_NAMES, OFFICES, RANKS, one_of

# "Y" alone opens a name of the Central Highlands ("Y Hân").
_UP = rf"(?!Y\s[{CAPITALS}][{SMALLS}])[{CAPITALS}]+(?![{SMALLS}\d])|[-–,&]"
_PREFIX = r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L)\.?)"
_RUN = re.compile(
    rf"{_PREFIX}\s*(?:(?:{_PREFIX}|{_UP})\s*)+|(?<![\w.])(?:{one_of(OFFICES)})(?!\w)(?:\s+(?:{_PREFIX}|{_UP}))*"
)
_PART = re.compile(rf"{_PREFIX}\s*(?:{one_of(OFFICES)})?|(?:{one_of(OFFICES)})(?!\w)")
_OFFICE = re.compile(rf"^(?:Q\s*\.\s*)?(?:{one_of(OFFICES)})(?!\w)")
_NAME_WORDS = rf"(?:\s+[{CAPITALS}][{SMALLS}]+|\s+[A-ZĐ]\.){{1,4}}"
_NAME = re.compile(rf"(?:(?:{'|'.join(n.capitalize() for n in FAMILY_NAMES)})(?!\w)){_NAME_WORDS}$")
_UPPER_NAME = re.compile(rf"^(?:{'|'.join(FAMILY_NAMES)})(?:\s+\w+){{1,4}}$")
_NAME_IN_RUN = re.compile(
    rf"(?:{one_of(tuple(map(fold, OFFICES)))}) ((?:{'|'.join(FAMILY_NAMES)})(?: (?!phòng|ban|sở|tỉnh|phố|nhân)\w+){{2,4}})$"
)
_ANY_NAME = re.compile(rf"^[{CAPITALS}][{SMALLS}]+(?:\s+[{CAPITALS}][{SMALLS}]*\.?){{1,4}}$")
_DIGITAL = re.compile(
    r"^(?:nguoi ky|email|co quan|thoi gian ky|ngay ky|ky boi|da ky|duoc ky|chu ky|digitally|signed|date|reason|location|"
    r"signature)\b\s*(?:by)?\s*:|^\(?(?:da ky|ky ten|da ky va dong dau)\b.*\)?$|^\d{2}[.:/-]\d{2}"
)
_SIGNED = re.compile(r"\s*\((?:Đã ký|đã ký|ĐÃ KÝ)\)")
_RECIPIENTS = re.compile(r"^n[ơo]i nh[ậa]n\s*:?\s*", re.IGNORECASE)
_BULLET = re.compile(r"^[-–—+*•.]\s*")
_INLINE = re.compile(rf";\s*(?=[-–+•])|(?<=[;.])\s+(?=[-–]\s*[{CAPITALS}])|(?<=,)\s+(?=[-–]\s+[{CAPITALS}])")
_LAST = re.compile(r"^luu\b")


@dataclass(slots=True)
class Signature:
    signer: Signer = field(default_factory=Signer)
    recipients: list[str] = field(default_factory=list)
    signer_place: Place | None = None
    recipients_place: Place | None = None


def signature_of(lines: list[Line]) -> Signature:
    lines = [replace(line, text=_SIGNED.sub("", line.text)) for line in lines]
    lines = [line for line in lines if not _DIGITAL.match(bare(line.text))]
    runs: list[tuple[str, Line]] = []
    rest: list[tuple[str, Line]] = []
    name: tuple[str, Line] | None = None
    for line in lines:
        remaining = _take_runs(line, runs)
        if runs and name is None:
            found, remaining = _take_name(remaining)
            if found:
                name = (found, line)
        if remaining:
            rest.append((remaining, line))
    signature = Signature()
    _set_signer(signature, runs, name)
    _set_recipients(signature, rest)
    return signature


def _take_runs(line: Line, runs: list[tuple[str, Line]]) -> str:
    """Move the words of authority and office out of a line; return what is left."""
    text = line.text
    if (
        _RECIPIENTS.match(text) is None
        and _BULLET.match(text) is None
        and is_upper(text)
        and runs
        and not _RUN.search(text)
        and not _upper_name(text)
    ):
        last, at = runs[-1]
        if not _OFFICE.match(last):
            runs[-1] = (f"{last} {tidy(text)}", at)
        return ""
    left: list[str] = []
    done = 0
    for found in _RUN.finditer(text):
        left.append(text[done : found.start()])
        run = _without_name(found.group())
        runs.extend((part, line) for part in _parts_of_run(run))
        done = found.start() + len(run)
    left.append(text[done:])
    return tidy(" ".join(left))


def _without_name(run: str) -> str:
    """The run without the signer's name in capitals behind the office."""
    found = _NAME_IN_RUN.search(fold(run))
    return run[: found.start(1)].rstrip() if found else run


def _parts_of_run(run: str) -> list[str]:
    """Cut "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into its three lines."""
    starts = sorted({0, *(m.start() for m in _PART.finditer(run))})
    pieces = [tidy(run[a:b]).strip(" ,-–") for a, b in zip(starts, [*starts[1:], len(run)], strict=True)]
    return [piece for piece in pieces if piece]


def _upper_name(text: str) -> bool:
    return bool(_UPPER_NAME.match(fold(text))) and 2 <= len(text.split()) <= 5


def _take_name(text: str) -> tuple[str | None, str]:
    """The signer's name at the end of a line, and what stands before it."""
    plain = _unranked(text)
    if not _BULLET.match(text) and (_ANY_NAME.match(plain) or _upper_name(plain)) and len(plain) < 40:
        return plain, ""
    found = _NAME.search(text)
    if found and re.search(r"[;.,]\s*$", text[: found.start()].rstrip() or "x"):
        return found.group(), text[: found.start()].strip()
    if found:
        before = _unranked(text[: found.start()].strip() + " ")
        if not before.strip():
            return found.group(), ""
    return None, text


def _unranked(text: str) -> str:
    while found := RANKS.match(fold(text)):
        if not found.group():
            break
        text = text[found.end() :].strip()
    return text


def _set_signer(signature: Signature, runs: list[tuple[str, Line]], name: tuple[str, Line] | None) -> None:
    texts = list(dict.fromkeys(text for text, _ in runs))
    offices = [text for text in texts if _OFFICE.match(text)]
    title = offices[-1] if offices else None
    above = texts[: texts.index(title)] if title else texts
    signature.signer = Signer(name[0] if name else None, title, " / ".join(above) or None)
    places = [line for _, line in runs] + ([name[1]] if name else [])
    if places:
        signature.signer_place = Place(
            min(p.start for p in places), max(p.end for p in places), places[0].page
        )


def _set_recipients(signature: Signature, rest: list[tuple[str, Line]]) -> None:
    start = next((at for at, (text, _) in enumerate(rest) if _RECIPIENTS.match(text)), None)
    if start is None:
        return
    items: list[str] = []
    last = rest[start][1]
    for at in range(start, len(rest)):
        text, line = rest[at]
        text = _RECIPIENTS.sub("", text) if at == start else text
        if items and _LAST.match(bare(items[-1])) and (_is_ended(items[-1]) or not _goes_on(items[-1], text)):
            break
        for part in _INLINE.split(text):
            _add(items, part)
        last = line
    signature.recipients = [clean for item in items if (clean := item.strip(" ;.,/"))]
    signature.recipients_place = Place(rest[start][1].start, last.end, last.page)


def _is_ended(item: str) -> bool:
    return item.rstrip().endswith((".", "./"))


def _goes_on(last: str, text: str) -> bool:
    """Whether a line behind "Lưu: VT, …" still belongs to it."""
    return (
        len(text) < 25
        and (last.rstrip().endswith((",", ":")) or text[:1] in "(,")
        and not _BULLET.match(text)
    )


def _add(items: list[str], part: str) -> None:
    part = part.strip()
    if not part:
        return
    bulleted = _BULLET.match(part)
    clean = _BULLET.sub("", part)
    if (
        not bulleted
        and items
        and not items[-1].rstrip().endswith((";", ".", ":"))
        and not _LAST.match(bare(clean))
    ):
        items[-1] = f"{items[-1]} {clean}"
    elif clean:
        items.append(clean)
