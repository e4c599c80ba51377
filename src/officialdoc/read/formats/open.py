"""The door: a path or bytes in, a `Source` or one documented refusal out.

Reads: a file. Writes: `Source`. The only place where a parser's own errors are turned
into `UnreadableDocumentError`.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from officialdoc.model import Source, UnreadableDocumentError, Warning_
from officialdoc.read.formats.decoding import decode
from officialdoc.read.formats.docx import read_docx
from officialdoc.read.formats.drafts import Format
from officialdoc.read.formats.html import read_html
from officialdoc.read.formats.legacy import CONVERTED, converter_for
from officialdoc.read.formats.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES, MEGABYTE
from officialdoc.read.formats.markdown import read_markdown
from officialdoc.read.formats.markup import without_tags
from officialdoc.read.formats.pdf import read_pdf
from officialdoc.read.formats.refusals import refusal
from officialdoc.read.formats.sniff import binary_format, format_by_name, text_format
from officialdoc.read.formats.text import read_txt
from officialdoc.read.formats.vietnamese import reads_as_words

# What the parsers underneath raise on malformed input, found by fuzzing them.
_PARSER_ERRORS = (
    etree.LxmlError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ArithmeticError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,  # RecursionError and NotImplementedError are among these
)

_BINARY_READERS: dict[Format, Callable[[bytes], Source]] = {"docx": read_docx, "pdf": read_pdf}
_TEXT_READERS: dict[Format, Callable[[str], Source]] = {
    "html": read_html,
    "txt": read_txt,
    "md": read_markdown,
}


def read_source(path_or_bytes: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Source:
    """The content of a .docx, .pdf, .html, .txt or .md file.

    The format is found in the content; `name` (default: the path's own) only settles
    text from markdown and earns a warning where it says something else. Raises
    `UnreadableDocumentError` and nothing else.
    """
    try:
        data, name = _bytes_of(path_or_bytes, name)
        return _read(data, name)
    except UnreadableDocumentError:
        raise
    except MemoryError as error:
        raise refusal("too_much_content") from error
    except _PARSER_ERRORS as error:
        if "memory" in str(error).lower():  # lxml's way to say MemoryError
            raise refusal("too_much_content") from MemoryError(str(error))
        raise refusal("broken") from error


def _bytes_of(path_or_bytes: str | os.PathLike[str] | bytes, name: str | None) -> tuple[bytes, str | None]:
    if isinstance(path_or_bytes, bytes):
        _watch_size(len(path_or_bytes))
        return path_or_bytes, name
    path = Path(path_or_bytes)
    try:
        if not path.is_file():
            raise refusal("missing")
        _watch_size(path.stat().st_size)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise refusal("missing") from error
    _watch_size(len(data))
    return data, name or path.name


def _watch_size(size: int, limit: int = MAX_FILE_BYTES) -> None:
    if size > limit:
        raise refusal("file_too_big", megabytes=limit // MEGABYTE)


def _read(data: bytes, name: str | None) -> Source:
    format_ = binary_format(data)
    source = _read_text(data, name) if format_ is None else _BINARY_READERS[format_](data)
    if not reads_as_words(source.text):
        raise refusal("garbage_text")
    return _with_name_checked(source, name)


def _read_text(data: bytes, name: str | None) -> Source:
    _watch_size(len(data), MAX_TEXT_BYTES)
    text = decode(data)
    convert = converter_for(without_tags(text))
    if convert is None:
        return _TEXT_READERS[text_format(text, name)](text)
    text = "\n".join(convert(line) for line in text.split("\n"))
    source = _TEXT_READERS[text_format(text, name)](text)
    return replace(source, warnings=(CONVERTED, *source.warnings))


def _with_name_checked(source: Source, name: str | None) -> Source:
    named = format_by_name(name)
    if named is None or named == source.format or {named, source.format} <= {"txt", "md"}:
        return source
    message = f"Tên tệp nói là {named} nhưng nội dung là {source.format}; đã đọc theo nội dung."
    return replace(source, warnings=(Warning_("wrong_extension", message), *source.warnings))
