"""Sealed fields: personal data that lies encrypted in the database and in the file store.

The first key of `FIELD_KEYS` seals, every key opens; `reseal` brings older values to the first key, after which
the older one can be taken out of the environment. A sealed value is never searched: `fingerprint` finds equal
values (the same phone) without opening any.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.functions import Cast

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


_sealed_files: dict[str, str] = {}  # model label -> field with the path of a sealed file


def name_sealed_files(label: str, field: str = "path") -> None:
    """An app says which rows name sealed files; once, from `ready`."""
    _sealed_files[label] = field


def reseal(*, batch: int = 200) -> int:
    """Seal every value that an older key sealed with the first one. Returns how many rows; twice does no harm.

    Rows are locked a batch at a time and read under the lock: what somebody saves meanwhile is not overwritten.
    """
    return sum(_reseal_model(model, names, batch) for model, names in sealed_fields())


def _reseal_model(model: type[models.Model], names: list[str], batch: int) -> int:
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = _raw_rows(model, names).filter(pk__gt=last).order_by("pk")
            page = list(rows.select_for_update()[:batch])
            for pk, *values in page:
                fresh = {
                    name: unseal(value) for name, value in zip(names, values, strict=True) if _is_older(value)
                }
                if fresh:
                    model._default_manager.filter(pk=pk).update(**fresh)  # noqa: SLF001
                    count += 1
        if not page:
            return count
        last = page[-1][0]


def _raw_rows(model: type[models.Model], names: list[str]) -> models.QuerySet[Any, Any]:
    """Keys and sealed values as the database holds them."""
    raw = {f"raw_{name}": Cast(name, models.TextField()) for name in names}
    return model._default_manager.annotate(**raw).values_list("pk", *raw)  # noqa: SLF001


def _is_older(sealed: str) -> bool:
    """Sealed with another key than the first."""
    return bool(sealed) and not _opens_first(sealed.encode())


def _opens_first(sealed: bytes) -> bool:
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def reseal_files() -> int:
    """The same for sealed files, each put in the place of the older one in one act. Returns how many."""
    count = 0
    for label, field in _sealed_files.items():
        paths = apps.get_model(label)._default_manager.values_list(field, flat=True).distinct()  # noqa: SLF001
        count += sum(_reseal_file(path) for path in paths.order_by(field).iterator())
    return count


def _reseal_file(path: str) -> bool:
    try:
        with default_storage.open(path) as file:
            sealed = file.read()
    except FileNotFoundError:  # erased meanwhile
        return False
    if _opens_first(sealed):
        return False
    fresh = seal_bytes(unseal_bytes(sealed))
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:  # a store of objects: writing replaces
        with default_storage.open(path, "wb") as file:
            file.write(fresh)
        return True
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.write_bytes(fresh)
    draft.chmod(0o600)
    draft.replace(place)
    return True


def unopened(*, each: int | None = None) -> list[str]:
    """Rows whose values no known key opens, as "feedback.asker 12"; of each model the oldest and newest `each`."""
    found = []
    for model, names in sealed_fields():
        rows = _raw_rows(model, names)
        pages = [rows.order_by("pk"), rows.order_by("-pk")] if each else [rows.order_by("pk")]
        seen = {row[0]: row for page in pages for row in (page[:each] if each else page.iterator())}
        found += [f"{model._meta.label_lower} {pk}" for pk, *values in seen.values() if not _open(values)]  # noqa: SLF001
    return found


def _open(values: list[str]) -> bool:
    try:
        for value in values:
            unseal(value)
    except SealError:
        return False
    return True
