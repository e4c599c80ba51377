"""The ticket of a person: a short code that is typed, and a signed word that a camera reads.

Both are told apart from guesses: the code by its length, the word by its signature. A page that checks people in
without the network holds digests of them, never the codes.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets

import segno
from django.core import signing

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is mistaken for something else
LENGTH = 8
_SALT = "events.ticket"
_OWN = "events.own"
_TYPED = re.compile(r"[\s.\-–]+")


def new_code() -> str:
    """Drawn by lot: one in 32⁸."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def shown(code: str) -> str:
    """As it is read out: ABCD-2345."""
    return f"{code[:4]}-{code[4:]}"


def typed(words: str) -> str:
    """What somebody typed, as the code is written: letters large, nothing between."""
    return _TYPED.sub("", words).upper()


def ticket_of(code: str) -> str:
    """What the square code on a ticket says."""
    return signing.Signer(salt=_SALT).sign(code)


def code_of(told: str) -> str:
    """The code behind what a camera read or a person typed; "" where it is neither."""
    told = told.strip()
    if ":" in told:
        try:
            return signing.Signer(salt=_SALT).unsign(told)
        except signing.BadSignature:
            return ""
    code = typed(told)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def own_word(code: str) -> str:
    """The word in the address of one's own page: it opens this registration and nothing else."""
    return signing.Signer(salt=_OWN).sign(code)


def code_of_own(word: str) -> str:
    """The code behind such a word; "" where it is forged."""
    try:
        return signing.Signer(salt=_OWN).unsign(word)
    except signing.BadSignature:
        return ""


def digest_of(told: str) -> str:
    """What a page holds in place of a code or a ticket; door.js makes the same of what it reads."""
    return hashlib.sha256(told.encode()).hexdigest()


def square(told: str) -> str:
    """The square code as SVG without style, one module to a unit."""
    out = io.BytesIO()
    segno.make(told, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=2, omitsize=True, svgclass=None, lineclass=None, nl=False
    )
    return out.getvalue().decode()
