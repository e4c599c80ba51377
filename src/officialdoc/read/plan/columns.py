"""The head of a task table.

Reads: `Grid`. Writes: `Head`: which column says what, where the rows begin, and the year a
header gives; None for tables of areas, indicators, schedules or signatures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from officialdoc.read.plan.grid import Grid
from officialdoc.read.plan.letters import bare, tidy

Role = Literal[
    "no", "content", "lead", "both", "coordinating", "performing", "monitoring",
    "due", "product", "note", "other", "group",
]  # fmt: skip

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("no", re.compile(r"^(?:s\s*\.?\s*)?t\s*\.?\s*t\.?$|^so (?:tt|thu tu)$|^thu tu$|^#$|^no\.?$")),
    ("note", re.compile(r"ghi chu")),
    ("both", re.compile(r"chu tri.*phoi hop|phoi hop.*chu tri")),
    ("coordinating", re.compile(r"phoi hop|cho y kien|(?:co quan|don vi)(?: co)? lien quan|cung thuc hien|tham gia")),
    ("monitoring", re.compile(
        r"lanh dao.*(?:phu trach|chi dao|theo doi)|^(?!.*(?:noi dung|nhiem vu)).*(?:theo doi|don doc|kiem tra|giam sat)"
    )),
    ("lead", re.compile(r"chu tri|dau moi|(?:co quan|don vi|bo phan) (?:tham muu|phu trach|chu quan|trinh|soan thao)")),
    ("due", re.compile(
        r"thoi gian|thoi han|tien do|thoi diem|lo trinh|(?:han|ngay) (?:hoan thanh|xu ly|ket thuc|trinh)|^hoan thanh(?: truoc| trong)?$|"
        r"^han$|^(?:quy|thang) (?:[ivx]+|\d{1,2})(?:/\d{4})?$|^nam (?:thuc hien|hoan thanh|\d{4})$|bat dau|ket thuc"
    )),
    ("performing", re.compile(
        r"^(?:cac )?(?:co quan|don vi|bo phan|nguoi|phong|bo,? nganh|so,? (?:ban,? )?nganh|dia phuong|to chuc|ca nhan)\b"
        r"(?!.*(?:noi dung|cong viec))|^trach nhiem|^phan cong|^phu trach|^thuc hien$|to chuc thuc hien|nguoi thuc hien"
    )),
    ("other", re.compile(
        r"kinh phi|du toan|nguon|dia diem|cap (?:trinh|phe duyet|ban hanh)|tham quyen|hinh thuc|thanh phan|doi tuong|so luong|quy mo"
    )),
    ("product", re.compile(r"san pham|ket qua|dau ra")),
    ("content", re.compile(
        r"noi dung|nhiem vu|cong viec|hoat dong|hanh dong|giai phap|dau viec|^viec|ten (?:de an|van ban|chuong trinh|goi|cuoc)|"
        r"chuong trinh|van ban|chuyen de|cong tac|danh muc|muc tieu|chi tieu|tieu chi|de an|chu de"
    )),
)  # fmt: skip
_GLUED_ROLES: tuple[tuple[str, Role], ...] = (
    ("chutri", "lead"),
    ("phoihop", "coordinating"),
    ("thoigian", "due"),
    ("thoihan", "due"),
    ("noidung", "content"),
    ("nhiemvu", "content"),
    ("sanpham", "product"),
    ("ghichu", "note"),
)
_FIGURES = re.compile(
    r"dien tich|don vi tinh|\bdvt\b|\bdvt\b|^ma$|ty le|ho va ten|ho ten|chuc vu|chuc danh|so tien|thanh tien|don gia|"
    r"ke hoach von|tong so|tong cong|so luong|^diem|thang diem|diem chuan|nam sinh|que quan|so dien thoai|khoi luong|"
    r"hien trang|ke hoach nam|thuc hien nam|chi so thanh phan|ngay cap"
)
_INDICATOR = re.compile(r"^(?:ten )?(?:cac )?(?:chi tieu|muc tieu|chi so|tieu chi)")
_INDEX = re.compile(r"^\(?(?:\d{1,2}|[a-z])\)?$")
_SPECIFIC = (
    re.compile(r"cu the|chi tiet|san pham"),
    re.compile(r"hoat dong|hanh dong|cong viec"),
    re.compile(r"noi dung|nhiem vu"),
)


@dataclass(frozen=True, slots=True)
class Head:
    first_row: int  # of the rows below
    roles: tuple[Role, ...]
    labels: tuple[str, ...]
    year: int | None = None

    def columns(self, *roles: Role) -> list[int]:
        return [at for at, role in enumerate(self.roles) if role in roles]

    def has(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)


def role_of(text: str) -> Role | None:
    if len(text) > 300:
        return None
    key = re.sub(r"\s*\([^()]*\)", "", bare(tidy(text))).strip(" .:*")
    if not key or len(key) > 90:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(key)), None) or _glued_role(key)


def _glued_role(key: str) -> Role | None:
    """A title whose spaces were lost ("Cơquan chủtrì")."""
    if len(key) > 40:
        return None
    glued = key.replace(" ", "")
    return next((role for word, role in _GLUED_ROLES if word in glued), None)


def head_of(grid: Grid) -> Head | None:
    """The head of a table that assigns work, or None."""
    for row in range(min(6, grid.row_count - 1)):
        if _looks_like_head(grid, row):
            return _head_at(grid, row)
    return None


def is_head_row(grid: Grid, row: int) -> bool:
    """Whether a row repeats a head, as at the top of a page."""
    return _looks_like_head(grid, row)


def _looks_like_head(grid: Grid, row: int) -> bool:
    cells = [cell for cell in grid.cells(row) if cell.text]
    if len(cells) < 2 or any(len(cell.text) > 120 for cell in cells):
        return False
    roles = [role_of(cell.text) for cell in cells]
    known = sum(role is not None for role in roles)
    says_work = "content" in roles or ("no" in roles and "product" in roles)
    says_who = any(r in roles for r in ("lead", "both", "performing", "coordinating", "due"))
    return says_work and says_who and known >= max(2, 0.6 * len(cells))


def _head_at(grid: Grid, row: int) -> Head | None:
    last = _last_head_row(grid, row)
    labels = tuple(_label(grid, row, last, column) for column in range(grid.column_count))
    roles = [_column_role(grid, row, last, column) for column in range(grid.column_count)]
    if _is_figures(labels, roles):
        return None
    _settle_contents(grid, roles, labels, last + 1)
    if "lead" not in roles and "both" not in roles:
        roles = ["lead" if role == "performing" else role for role in roles]
    first = last + 1
    while first < grid.row_count and _is_index_row(grid, first):
        first += 1
    return Head(first, tuple(roles), labels, _year_in(labels))


def _last_head_row(grid: Grid, row: int) -> int:
    last = row
    for cell in grid.cells(row):
        if cell.row_span > 1:
            last = max(last, cell.row + cell.row_span - 1)
    if last == row and row + 1 < grid.row_count:
        below = [text for text in grid.texts(row + 1) if text]
        wide = any(cell.column_span > 1 for cell in grid.cells(row)) or "" in grid.texts(row)
        if wide and len(below) > 1 and all(role_of(t) for t in below) and all(len(t) < 60 for t in below):
            last = row + 1
    return min(last, grid.row_count - 1)


def _label(grid: Grid, row: int, last: int, column: int) -> str:
    parts: list[str] = []
    for at in range(row, last + 1):
        text = tidy(_text_or_left(grid, at, column, top=at == row and last > row))
        if text and text not in parts:
            parts.append(text)
    return " / ".join(parts)


def _text_or_left(grid: Grid, row: int, column: int, *, top: bool) -> str:
    """In a flat file the upper of two header rows names a pair in its left cell only."""
    text = grid.text(row, column)
    while top and not text and column > 0:
        column -= 1
        text = grid.text(row, column)
    return text


def _column_role(grid: Grid, row: int, last: int, column: int) -> Role:
    leaf = grid.text(last, column)
    return role_of(leaf) or role_of(_label(grid, row, last, column).replace(" / ", " ")) or "other"


def _is_figures(labels: tuple[str, ...], roles: list[Role]) -> bool:
    """Tables that count things: areas, indicators, money, lists of people."""
    keys = [bare(label) for label in labels]
    figures = sum(bool(_FIGURES.search(key)) for key in keys)
    names_lead = any(role in roles for role in ("lead", "both", "coordinating"))
    indicator = any(
        role == "content" and _INDICATOR.match(key) for role, key in zip(roles, keys, strict=True)
    )
    if indicator and (figures or not names_lead):
        return True
    if not any(role in roles for role in ("lead", "both", "performing", "coordinating", "due")):
        return True
    return figures > 0 and not names_lead


def _settle_contents(grid: Grid, roles: list[Role], labels: tuple[str, ...], first: int) -> None:
    """Of several content columns one holds the tasks; one that spans them is the group."""
    contents = [at for at, role in enumerate(roles) if role == "content"]
    if not contents and "product" in roles:
        roles[roles.index("product")] = "content"
        return
    contents = _without_twins(grid, contents, roles, first)
    if len(contents) < 2:
        return
    spanning = [at for at in contents[:-1] if _spans_rows(grid, at, first)]
    if spanning:
        keep = next(at for at in contents if at not in spanning)
    else:
        keep = min(contents, key=lambda at: (_generality(labels[at]), at))
    for at in contents:
        if at != keep:
            roles[at] = "group" if at in spanning else "other"


def _without_twins(grid: Grid, contents: list[int], roles: list[Role], first: int) -> list[int]:
    """One header over two columns whose cells are merged row by row is one column."""
    kept: list[int] = []
    for at in contents:
        rows = range(first, grid.row_count)
        if kept and rows and all(grid.places[row][at] is grid.places[row][kept[-1]] for row in rows):
            roles[at] = "other"
        else:
            kept.append(at)
    return kept


def _spans_rows(grid: Grid, column: int, first: int) -> bool:
    rows = range(first, grid.row_count)
    shared = sum(
        not grid.text(row, column)
        or (row > first and grid.places[row][column] is grid.places[row - 1][column])
        for row in rows
    )
    return len(rows) > 1 and shared >= 0.25 * len(rows)


def _generality(label: str) -> int:
    key = bare(label)
    return next((at for at, pattern in enumerate(_SPECIFIC) if pattern.search(key)), len(_SPECIFIC))


def _is_index_row(grid: Grid, row: int) -> bool:
    """The row "(1) (2) (3)" under a head."""
    texts = [bare(text) for text in grid.texts(row) if text]
    if len(texts) < 3 or not all(_INDEX.match(text) for text in texts):
        return False
    numbers = [int(n) for text in texts for n in re.findall(r"\d+", text)]
    return len(numbers) < 2 or numbers == sorted(numbers)


def _year_in(labels: tuple[str, ...]) -> int | None:
    years = {int(y) for label in labels if role_of(label) == "due" for y in re.findall(r"\b20\d\d\b", label)}
    return years.pop() if len(years) == 1 else None
