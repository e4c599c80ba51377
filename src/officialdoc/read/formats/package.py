"""The parts of an Office package, unpacked under a watch.

Reads: the bytes of a zip file. Writes: parsed XML parts. Nothing is written to disk, so a
member's name is only ever a key; nothing outside the package is fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from officialdoc.read.formats.limits import (
    MAX_XML_BYTES,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_RATIO,
    MAX_ZIP_TOTAL_BYTES,
    MEGABYTE,
)
from officialdoc.read.formats.refusals import refusal

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "/officeDocument"
_ENCRYPTED_FLAG = 0x1
_CHUNK = 64 * 1024
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def xml_parser() -> etree.XMLParser:
    """No entities, no DTD, no network, libxml2's own limits on."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(data: bytes) -> etree._Element:
    # Office formats forbid a DTD, so its mere presence is refused before any parsing.
    if _DECLARATION.search(data.replace(b"\0", b"") if b"\0" in data else data):
        raise refusal("forbidden_xml")
    return etree.fromstring(data, xml_parser())


class Package:
    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._unpacked = 0
        infos = self._zip.infolist()
        _watch_announced_sizes(infos)
        self._infos = {info.filename.lstrip("/"): info for info in infos}

    @property
    def names(self) -> set[str]:
        return set(self._infos)

    def read(self, name: str) -> bytes | None:
        """A member's bytes; the sizes it announced are not believed while unpacking."""
        info = self._infos.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refusal("encrypted")
        if info.file_size > MAX_XML_BYTES:
            raise refusal("zip_bomb")
        return self._unpack(info)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        parts = []
        size = 0
        with self._zip.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                if size > MAX_XML_BYTES or self._unpacked > MAX_ZIP_TOTAL_BYTES:
                    raise refusal("zip_bomb")
                parts.append(chunk)
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element | None:
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def main_part(self) -> str | None:
        """The name of the part that the package calls its document."""
        for kind, target in self._relationships(""):
            if kind.endswith(_OFFICE_DOCUMENT):
                return target
        return "word/document.xml" if "word/document.xml" in self._infos else None

    def part_beside(self, main: str, kind: str) -> str | None:
        """The name of the part that `main` relates to as `kind` (styles, numbering)."""
        for relation, target in self._relationships(main):
            if relation.endswith("/" + kind):
                return target
        return None

    def _relationships(self, part: str) -> list[tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            (
                item.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
            )
            for item in root.iter(_RELATIONSHIP)
            if item.get("TargetMode") != "External"
        ]


def _watch_announced_sizes(infos: list[zipfile.ZipInfo]) -> None:
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_ZIP_MEMBERS or unpacked > MAX_ZIP_TOTAL_BYTES:
        raise refusal("zip_bomb")
    if unpacked > MEGABYTE and unpacked > packed * MAX_ZIP_RATIO:
        raise refusal("zip_bomb")
