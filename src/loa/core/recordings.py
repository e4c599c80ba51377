"""Voice recordings from strangers: read through to the end by the rules of their container, without what they tell
of device, place and person. Whatever does not belong to the container is not kept.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from django.utils.translation import gettext as _

from loa.core.uploads import UploadError


class _BrokenError(ValueError):
    """The bytes do not follow the container's rules."""


def clean_recording(content: bytes, kind: str) -> bytes:
    """The same sound (`kind`: mp3, ogg, webm, m4a) without metadata. Raises UploadError."""
    try:
        return _CLEANERS[kind](content)
    except (_BrokenError, struct.error, IndexError) as error:
        raise UploadError(_("The recording is broken or not complete. Record it again.")) from error


# MPEG audio: frames one after another; tags before, between and behind are left out ---------------
_MPEG_RATES = {  # kbit/s of layer III by version
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MPEG_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FEWEST_FRAMES = 3


def _clean_mp3(content: bytes) -> bytes:
    place, frames = _after_id3(content), []
    while place + 4 <= len(content):
        length = _frame_length(content[place : place + 4])
        if length == 0 or place + length > len(content):
            break
        frames.append(content[place : place + length])
        place += length
    rest = content[place:]
    is_tag = not rest.strip(b"\0") or rest[:3] == b"TAG" or rest[:8] == b"APETAGEX"
    is_cut_short = len(rest) < len(frames[-1]) * 2 if frames else False  # a last frame that was not finished
    if len(frames) < _FEWEST_FRAMES or not (is_tag or is_cut_short):
        raise _BrokenError
    return b"".join(frames)


def _after_id3(content: bytes) -> int:
    if content[:3] != b"ID3":
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | (byte & 0x7F)
    return 10 + size


def _frame_length(head: bytes) -> int:
    """0 where this is no frame of layer III."""
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, hertz = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or hertz == 3:
        return 0
    bits = _MPEG_RATES[3 if version == 3 else 2][rate - 1] * 1000
    return (144 if version == 3 else 72) * bits // _MPEG_HERTZ[version][hertz] + (head[2] >> 1 & 1)


# Ogg: pages with a check sum; the page of Opus' comments is written anew, empty --------------------
_OGG_TABLE = []
for _byte in range(256):
    _sum = _byte << 24
    for _bit in range(8):
        _sum = (_sum << 1 ^ 0x04C11DB7 if _sum & 0x80000000 else _sum << 1) & 0xFFFFFFFF
    _OGG_TABLE.append(_sum)
_OGG_HEAD = 27
_OGG_SUMMED = 64  # pages whose sums are checked: a long recording would keep the site busy
_EMPTY_TAGS = b"OpusTags" + struct.pack("<I", 3) + b"Loa" + struct.pack("<I", 0)
_OGG_SOUNDS = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")


def _clean_ogg(content: bytes) -> bytes:
    place = 0
    pages: list[bytes] = []
    while place < len(content):
        size = _OGG_HEAD + content[place + 26]
        size += sum(content[place + _OGG_HEAD : place + size])
        page = content[place : place + size]
        if (
            page[:5] != b"OggS\0"
            or len(page) != size
            or (len(pages) < _OGG_SUMMED and not _has_its_sum(page))
        ):
            raise _BrokenError
        body = page[_OGG_HEAD + page[26] :]
        if not pages and not body.startswith(_OGG_SOUNDS):
            raise _BrokenError
        pages.append(_page_of(page, _EMPTY_TAGS) if body.startswith(b"OpusTags") else page)
        place += size
    if len(pages) < 2:
        raise _BrokenError
    return b"".join(pages)


def _has_its_sum(page: bytes) -> bool:
    return _ogg_sum(page[:22] + bytes(4) + page[26:]) == int(struct.unpack("<I", page[22:26])[0])


def _page_of(page: bytes, body: bytes) -> bytes:
    fresh = page[:22] + bytes(4) + bytes([1, len(body)]) + body
    return fresh[:22] + struct.pack("<I", _ogg_sum(fresh)) + fresh[26:]


def _ogg_sum(data: bytes) -> int:
    total = 0
    for byte in data:
        total = (total << 8 ^ _OGG_TABLE[total >> 24 ^ byte]) & 0xFFFFFFFF
    return total


# MP4: boxes that fill the file; what is said about the sound is blanked in place --------------------
_MP4_INSIDE = {b"moov", b"trak", b"mdia"}
_MP4_TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra", b"styp", b"sidx", b"uuid", b"udta", b"meta"}  # fmt: skip
_MP4_TOLD = {b"udta", b"meta", b"uuid", b"free", b"skip"}


def _clean_mp4(content: bytes) -> bytes:
    out = bytearray(content)
    handlers = _walk_boxes(out, 0, len(out), is_top=True)
    if b"soun" not in handlers or b"vide" in handlers:
        raise _BrokenError
    return bytes(out)


def _walk_boxes(out: bytearray, start: int, end: int, *, is_top: bool = False) -> set[bytes]:
    """Blank what tells about the sound; returns the kinds of tracks."""
    handlers: set[bytes] = set()
    while start < end:
        size, name = struct.unpack(">I4s", out[start : start + 8])
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", out[start + 8 : start + 16])
            head = 16
        if size < head or start + size > end or (is_top and name not in _MP4_TOP):
            raise _BrokenError
        if name in _MP4_TOLD:
            out[start + 4 : start + 8] = b"free"
            out[start + head : start + size] = bytes(size - head)
        elif name == b"hdlr":
            handlers.add(bytes(out[start + head + 8 : start + head + 12]))
        elif name in _MP4_INSIDE:
            handlers |= _walk_boxes(out, start + head, start + size)
        start += size
    return handlers


# WebM: elements inside one segment; tags are made void in place ------------------------------------
_EBML, _SEGMENT, _CLUSTER, _VOID, _TAGS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC, 0x1254C367
_WEBM_LEVEL_1 = {_CLUSTER, _VOID, _TAGS, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0xBF}
_WEBM_IN_CLUSTER = {0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854, 0xEC, 0xBF}
_TRACKS, _TRACK_ENTRY, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83


def _clean_webm(content: bytes) -> bytes:
    name, size, place = _element(content, 0)
    if name != _EBML or size is None or b"webm" not in content[place : place + size]:
        raise _BrokenError
    name, size, place = _element(content, place + size)
    end = len(content) if size is None else place + size
    if name != _SEGMENT or end != len(content):
        raise _BrokenError
    out, has_sound, in_cluster = bytearray(content), False, False
    while place < end:
        begin = place
        name, size, place = _element(content, begin)
        if name == _CLUSTER:
            in_cluster = True
            continue  # its children follow; a new element of the first level ends it
        if name not in (_WEBM_LEVEL_1 | (_WEBM_IN_CLUSTER if in_cluster else set())) or size is None:
            raise _BrokenError
        if place + size > end:
            raise _BrokenError
        if name in (_TAGS, _VOID):
            _blank(out, begin, place, size)
        elif name == _TRACKS:
            has_sound = _holds_sound_alone(content[place : place + size])
        place += size
    if not has_sound or not in_cluster:
        raise _BrokenError
    return bytes(out)


def _blank(out: bytearray, begin: int, place: int, size: int) -> None:
    out[place : place + size] = bytes(size)
    width = place - begin - 1
    if width > 8:
        raise _BrokenError
    if out[begin] != _VOID:  # one byte of name, the rest a length of that many bytes
        out[begin] = _VOID
        out[begin + 1 : place] = (1 << 7 * width | size).to_bytes(width, "big")


def _holds_sound_alone(tracks: bytes) -> bool:
    place, kinds = 0, []
    while place < len(tracks):
        name, size, place = _element(tracks, place)
        if size is None or place + size > len(tracks):
            raise _BrokenError
        if name == _TRACK_ENTRY:
            continue  # its children follow
        if name == _TRACK_TYPE:
            kinds.append(tracks[place])
        place += size
    return bool(kinds) and set(kinds) == {2}


def _element(data: bytes, place: int) -> tuple[int, int | None, int]:
    """Name, length (None: not told) and where the content begins."""
    width = 9 - data[place].bit_length()
    name = int.from_bytes(data[place : place + width], "big")
    if width > 4:
        raise _BrokenError
    place += width
    width = 9 - data[place].bit_length()
    if width > 8 or place + width > len(data):
        raise _BrokenError
    told = int.from_bytes(data[place : place + width], "big") & (1 << 7 * width) - 1
    return name, None if told == (1 << 7 * width) - 1 else told, place + width


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "mp3": _clean_mp3,
    "ogg": _clean_ogg,
    "m4a": _clean_mp4,
    "webm": _clean_webm,
}
