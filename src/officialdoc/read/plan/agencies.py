"""Names of agencies out of running text.

Reads: a cell, a label's value or a sentence. Writes: names as printed, one entry per agency
or group, and who leads and who coordinates where a sentence says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from officialdoc.read.plan.letters import CAPITALS, bare, fold, tidy
from officialdoc.read.plan.vocabulary import AGENCY_START, GROUP_NOUN, GROUP_START, HOLDER_START

_BULLET = re.compile(r"^\s*(?:[-–—+*•·]+\s*|\(?\d{1,2}[.)]\s+|[a-zđ]\)\s+)+")
_TAIL = re.compile(r"(?:[\s.,;:…/\-–]|v\.v)+$")
_JOINT = re.compile(r"\s*[,&]\s*(?:và\s+)?|\s+(?:và|cùng với|cùng|với)\s+|\s+[-–]\s+(?=[A-ZĐ])")
_OPEN_END = re.compile(
    r"(?:^|\s)(?:lãnh đạo|các|và|của|với|văn phòng|thường trực|ban|ủy ban|đảng ủy|công an|phòng|hội|"
    r"(?<!văn phòng )(?<!thanh tra )(?<!thuộc )(?:sở|bộ)|"
    r"trung tâm|chủ tịch|giám đốc|thủ trưởng|cơ quan|đơn vị|trực thuộc|thuộc|tại|đoàn|liên đoàn|hội đồng|"
    r"ubnd|ủy ban nhân dân|nhân dân|-)$"
)
_HEADS = re.compile(
    r"^(?:lãnh đạo|đồng chí|đ/c|giao cho|giao|đề nghị|yêu cầu|mời|đối với|trách nhiệm của|"
    r"do|cơ quan chủ trì|đơn vị chủ trì|chủ trì|và|cùng|với)\s*:?\s+",
    re.IGNORECASE,
)
# Two names of one rank run together, where a line break was lost between them.
_LOST_BREAK = re.compile(rf"(?<=\w)\s+(?=(?P<rank>Sở|Phòng) [{CAPITALS}])")
_PAIRED_HEAD = re.compile(r"(?:văn phòng|đảng ủy|thường trực|cổng thông tin điện tử)(?:\s|$)")


def split_agencies(text: str | None) -> list[str]:
    """The agencies and groups a text lists, as printed."""
    names: list[str] = []
    for piece in _pieces(text or ""):
        for name in (name for joined in _at_joints(piece) for name in _at_lost_breaks(joined)):
            clean = _clean(name)
            if clean and bare(clean) not in {"nt", "nhu tren"}:
                names.append(clean)
    return names


def _pieces(text: str) -> list[str]:
    """Cut at line breaks that begin a new name, at semicolons and at inner bullets."""
    pieces: list[str] = []
    for line in map(tidy, text.split("\n")):
        if not line:
            continue
        starts_new = bool(_BULLET.match(line)) or begins_agency(line) or (pieces and pieces[-1][-1:] in ";.,")
        if pieces and (not starts_new or (_OPEN_END.search(fold(pieces[-1])) and not _BULLET.match(line))):
            pieces[-1] = f"{pieces[-1]} {line}"
        else:
            pieces.append(line)
    return _by_bullets([part for piece in pieces for part in re.split(r"\s*;\s*", piece)])


def _by_bullets(pieces: list[str]) -> list[str]:
    """One line "- Sở A - Sở B" holds several names; "Sở A - B và C" holds one."""
    out: list[str] = []
    for piece in pieces:
        parts = re.split(r"\s[-–+•]\s+", piece)
        if len(parts) > 1 and all(begins_agency(p) for p in parts[1:]):
            out.extend(parts)
        else:
            out.append(piece)
    return out


def begins_agency(text: str) -> bool:
    """Whether a text opens with the name of an agency, an office holder or a group."""
    text = _BULLET.sub("", text).lstrip("( ")
    key = fold(text)
    if GROUP_START.match(key):
        return True
    found = AGENCY_START.match(key) or HOLDER_START.match(key)
    if not found:
        return False
    return text[:1].isupper() or bool(re.match(rf"\s+[{CAPITALS}]", text[found.end() :]))


def _at_joints(text: str) -> list[str]:
    names: list[str] = []
    start = 0
    for joint in _JOINT.finditer(text):
        if _is_boundary(text[start : joint.start()], joint.group(), text[joint.end() :]):
            names.append(text[start : joint.start()])
            start = joint.end()
    names.append(text[start:])
    return names


def _is_boundary(before: str, joint: str, after: str) -> bool:
    if before.count("(") > before.count(")") or (":" in before[-60:] and joint.strip() == ","):
        return begins_agency(after) and ":" not in before and before.count("(") <= before.count(")")
    head, rest = fold(_BULLET.sub("", before)).strip(), fold(after)
    if begins_agency(after):
        if "và" in joint and _PAIRED_HEAD.match(head) and re.match(r"(?:hđnd|ubnd|hội đồng)", rest):
            return False
        if "và" in joint and head == "báo" and rest.startswith("đài"):
            return False
        if head.endswith(("các", "một số")):
            return False
        # "UBND các xã, Phường": place words in capitals still continue their group
        is_place = re.match(r"(?:xã|phường|huyện|quận|thị|thành phố|tỉnh|đặc khu)(?: trực thuộc|,|$)", rest)
        return not is_place
    is_group = GROUP_START.match(head) or " các " in f" {head} "
    return "và" in joint and not is_group and bool(GROUP_NOUN.match(rest))


def _at_lost_breaks(name: str) -> Iterator[str]:
    start = 0
    for found in _LOST_BREAK.finditer(name):
        before = name[start : found.start()]
        if _BULLET.sub("", before).startswith(f"{found['rank']} ") and not _OPEN_END.search(fold(before)):
            yield before
            start = found.end()
    yield name[start:]


def _clean(name: str) -> str:
    name = _BULLET.sub("", tidy(name))
    while (shorter := _HEADS.sub("", name, count=1)) != name:
        name = shorter
    name = _TAIL.sub("", name)
    if name.count("(") < name.count(")"):
        name = name.rstrip(")")
    return name.strip()


@dataclass(slots=True)
class Parties:
    """Who does a task."""

    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    says_lead: bool = False  # the text itself says "chủ trì"


_LEADS = re.compile(
    r"(?:,\s*)?(?:\s+là)?(?:\s+(?:cơ quan|đơn vị|đầu mối))?\s*\(?\bchủ trì\)?(?:\s+thực hiện)?\s*[,;:]?\s*(?:và\s+)?"
)
_WITH = re.compile(
    r"[\s,;.(]*\b(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+(?:chặt chẽ|thực hiện))?\s*(?:(?:với|cùng|giữa)(?=\s)|:)?\s*"
)
_VERBS = re.compile(
    r"[,;.]?\s+(?:để\s+)?(?:có trách nhiệm|căn cứ|tham mưu|thực hiện|triển khai|đôn đốc|hướng dẫn|theo dõi|rà soát|"
    r"nghiên cứu|đề xuất|kiểm tra|tổng hợp|"
    r"tổ chức(?![,;.]|$| (?:cá nhân|chính|xã|quốc|đoàn|có|liên|hội|tôn|kinh|đảng|khác|thành))|"
    r"xây dựng|trình|báo cáo|lập|ban hành|chỉ đạo|chịu trách nhiệm|tăng cường|phổ biến|tuyên truyền|bố trí|"
    r"thường xuyên|chủ động|đẩy mạnh|tiếp tục|tiến hành|khẩn trương|theo (?:quy định|chức năng|hướng)|"
    r"bảo đảm|đảm bảo|cung cấp|tham gia|vận động|lồng ghép|biên soạn|cập nhật|thẩm định|hỗ trợ|giám sát|giúp|huy động|"
    r"duy trì|nâng cao|đổi mới|quán triệt|công bố|công khai|kịp thời|tích cực|quan tâm|bám sát|lựa chọn|kết nối|chuẩn bị|"
    r"tập trung|cân đối|phân bổ|phê duyệt|thông báo|mở|đăng tải|đăng|phát sóng|niêm yết|tổng kết|sơ kết)\b"
)
_NAMED_BY_ACTION = re.compile(r"(?:^|\s)(?:ban|tổ|hội đồng|trung tâm|quỹ|nhà|tiểu ban)$")


def parties_in(text: str) -> Parties:
    """Read "A chủ trì, phối hợp với B", "Chủ trì: A; phối hợp: B", or just names."""
    key = fold(text)
    together = _WITH.search(key)
    lead_mark = _LEADS.search(key)
    if lead_mark and together and together.start() == 0 < lead_mark.start():
        lead_mark = None
    if not lead_mark:
        if together:
            return Parties(_names(text[: together.start()]), _names(text[together.end() :]))
        return Parties(_names(text))
    between = text[lead_mark.end() : max(together.start(), lead_mark.end()) if together else len(text)]
    before = _names(text[: lead_mark.start()])
    if not before:
        return Parties(_names(between), _names(text[together.end() :]) if together else [], says_lead=True)
    # "A chủ trì; B phối hợp" names B before the word
    coordinating = (_names(text[together.end() :]) or _names(between)) if together else []
    return Parties(before, coordinating, says_lead=True)


def _names(text: str) -> list[str]:
    return split_agencies(without_action(text))


def without_action(text: str) -> str:
    """The text up to the verb that says what the named agencies do."""
    key = fold(text)
    for found in _VERBS.finditer(key):
        is_verb = text[found.start() :].strip(" ,;.")[:1].islower()
        if is_verb and not _NAMED_BY_ACTION.search(key[: found.start()]):
            return text[: found.start()]
    return text
