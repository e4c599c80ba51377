"""Vietnamese before Unicode: TCVN3 (ABC) and VNI fonts.

Reads: Latin-1 characters that a legacy font draws as Vietnamese. Writes: Unicode, where
the words it gives are plainly Vietnamese and the words before were plainly not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from officialdoc.model import Warning_
from officialdoc.read.formats.vietnamese import syllable_share

Converter = Callable[[str], str]
CONVERTED = Warning_(
    "converted_encoding",
    "Chữ theo phông TCVN3 hoặc VNI đã được chuyển sang Unicode; hãy đối chiếu với bản gốc.",
)

_TCVN3 = dict(
    zip(
        (
            *range(0xA1, 0xAF),
            *range(0xB5, 0xBA),
            *range(0xBB, 0xBF),
            *range(0xC6, 0xCD),
            *range(0xCE, 0xD9),
            *range(0xDC, 0xE0),
            *range(0xE1, 0xF0),
            *range(0xF1, 0xFF),
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_MARKS = re.compile("[\xa1-\xff]")
_BEYOND_LATIN1 = re.compile("[\u0100-\u1fff]")

# In VNI a vowel is followed by a second character that stands for its mark and tone.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


def _vni_pairs() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    for vowel in "aeouyôö":
        base = {"ô": "ơ", "ö": "ư"}.get(vowel, vowel)
        pairs.update({vowel + mark: base + tone for mark, tone in _VNI_TONES.items()})
    for vowel in "aeo":
        pairs.update({vowel + mark: vowel + "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()})
    pairs.update({"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()})
    composed = {key: unicodedata.normalize("NFC", value) for key, value in pairs.items()}
    upper = {key.upper(): value.upper() for key, value in composed.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in composed.items()}
    return {**mixed, **upper, **composed}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_CERTAIN = 0.85  # share of syllables from which a text is Vietnamese
_GAIN = 0.15


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)


def converter_for(text: str) -> Converter | None:
    """How to read the pieces of `text` as Unicode; None where it is fine or beyond help.

    Works on text before cleaning: legacy fonts use the soft hyphen and eth as letters.
    """
    if not _MARKS.search(text):
        return None
    before = syllable_share(text)
    if before >= _CERTAIN:
        return None
    best = max((from_tcvn3, from_vni), key=lambda convert: syllable_share(convert(text)))
    legacy = "\n".join(line for line in text.split("\n") if not _BEYOND_LATIN1.search(line))
    after = syllable_share(best(legacy))
    if not legacy or after < _CERTAIN or after < syllable_share(legacy) + _GAIN:
        return None
    return lambda piece: piece if _BEYOND_LATIN1.search(piece) else best(piece)
