"""Does a text read as words? Vietnamese syllables have a fixed shape.

Reads: text. Writes: the share of its words that are possible syllables.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_WORD = re.compile(r"[^\W\d_]+")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_NUCLEUS = "(?:uyê|uya|iê|yê|ia|ya|ươ|ưa|uô|ua|oa|oă|oe|uâ|uê|uơ|uy|oo|[aăâeêioôơuưy])"
_CODA = "(?:ch|ng|nh|[ckmnptiyou])?"
_SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}{_CODA}|gi|uỷ")
_ENGLISH = frozenset(("the", "of", "and", "to", "in", "for", "a", "is", "by", "on"))
_MIN_WORDS = 20
_SAMPLE = 30_000
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def syllable_share(text: str) -> float:
    """Share (0..1) of the words that could be Vietnamese syllables; 1 for no words.
    Capital abbreviations count for nothing either way.
    """
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    words = [word for word in _WORD.findall(sample) if len(word) == 1 or not word.isupper() or len(word) > 5]
    if not words:
        return 1.0
    return sum(1 for word in words if is_syllable(word)) / len(words)


@functools.lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


def reads_as_words(text: str) -> bool:
    """False for a text that no one can read: wrong encoding, letters of a private font."""
    sample = text[:_SAMPLE]
    visible = len(sample) - sample.count(" ") - sample.count("\n") - sample.count("\t")
    if len(_BROKEN.findall(sample)) > visible * 0.08:
        return False
    words = _WORD.findall(sample)
    if len(words) < _MIN_WORDS:
        return True
    if syllable_share(sample) >= 0.55:
        return True
    english = sum(1 for word in words if word.lower() in _ENGLISH)
    return english >= len(words) * 0.05
