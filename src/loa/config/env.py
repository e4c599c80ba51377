"""The environment, read once: one installation is configured by variables and nothing else.

On one machine a file `loa.env` in the data directory stands in for variables that are not set;
it is made at first start with a secret of its own, readable by its owner alone; so is `loa.keys`, with the key of
sealed fields.
"""

import base64
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import environ

REPOSITORY = Path(__file__).resolve().parents[3]


def _secret_key() -> str:
    return secrets.token_urlsafe(50)


def _field_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


# made at first start where no variable is set; the keys of what is sealed lie apart: losing them loses it
_KEPT = (("loa.env", "LOA_SECRET_KEY", _secret_key), ("loa.keys", "LOA_FIELD_KEYS", _field_key))


def data_directory() -> Path:
    path = Path(os.environ.get("LOA_DATA_DIR") or REPOSITORY / "var").absolute()
    (path / "static").mkdir(parents=True, exist_ok=True)  # whitenoise wants it there
    return path


def _ensure_secret(path: Path, name: str, make: Callable[[], str]) -> None:
    if path.exists() or os.environ.get(name):
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{name}={make()}\n")
    try:
        os.link(draft, path)  # atomic: of two first starts one secret wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def read_environment() -> tuple[environ.Env, Path]:
    """The variables and the data directory."""
    data = data_directory()
    env = environ.Env()
    for file, name, make in _KEPT:
        _ensure_secret(data / file, name, make)
        if (data / file).exists():
            env.read_env(str(data / file))
    return env, data


def runs_tests() -> bool:
    return "pytest" in sys.modules
