"""Sealed fields: personal data that lies encrypted in the database and in the file store.

The first key of `FIELD_KEYS` seals, every key opens; `reseal` brings older values to the first key, after which
the older one can be taken out of the environment. A sealed value is never searched: `fingerprint` finds equal
values (the same phone) without opening any.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from loa.core.uploads import Upload


class SealError(Exception):
    """A value was sealed with a key that is no longer known."""


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> MultiFernet:
    return _ring(tuple(settings.FIELD_KEYS))


def seal(text: str) -> str:
    """The text encrypted and signed, as letters; nothing stays nothing."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises SealError where no known key opens it."""
    return unseal_bytes(sealed.encode()).decode() if sealed else ""


def seal_bytes(content: bytes) -> bytes:
    return _keys().encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    try:
        return _keys().decrypt(sealed)
    except InvalidToken as error:
        raise SealError(
            "No key of LOA_FIELD_KEYS opens this value: put the older key back into the list."
        ) from error


def fingerprint(value: str, *, use: str) -> str:
    """A keyed digest: equal values of one use have equal ones, and nobody can try values without the key."""
    key = hashlib.sha256(f"{settings.SECRET_KEY}:{use}".encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def keep_sealed(upload: Upload, folder: str) -> str:
    """Keep a checked file encrypted, under a name that tells nothing of its content."""
    name = fingerprint(upload.sha256, use=f"file:{folder}")
    path = f"{folder}/{name[:2]}/{name}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(seal_bytes(upload.content)))
    return path


def open_sealed(path: str) -> bytes:
    """The content of a file kept by `keep_sealed`."""
    with default_storage.open(path) as file:
        return unseal_bytes(file.read())


class SealedField(models.TextField):
    """A text that the database holds sealed and Python sees in clear. It cannot be looked up by its value."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(super().get_prep_value(value) or "")

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        return unseal(value) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError("A sealed field cannot be searched: keep a fingerprint beside it.")


def sealed_fields() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model with its sealed fields."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if isinstance(field, SealedField)]  # noqa: SLF001
        if names:
            yield model, names


def reseal(*, batch: int = 500) -> int:
    """Seal every value again with the first key. Returns how many rows; running it again does no harm."""
    count = 0
    for model, names in sealed_fields():
        rows = model._default_manager.only("pk", *names).order_by("pk")  # noqa: SLF001
        for row in rows.iterator(chunk_size=batch):
            model._default_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names})  # noqa: SLF001
            count += 1
    return count
