"""The environment, read once: one installation is configured by variables and nothing else.

On one machine a file `loa.env` in the data directory stands in for variables that are not set;
it is made at first start with a secret of its own, readable by its owner alone.
"""

import os
import secrets
import sys
from pathlib import Path

import environ

REPOSITORY = Path(__file__).resolve().parents[3]


def data_directory() -> Path:
    path = Path(os.environ.get("LOA_DATA_DIR") or REPOSITORY / "var").absolute()
    (path / "static").mkdir(parents=True, exist_ok=True)  # whitenoise wants it there
    return path


def _ensure_secret(path: Path) -> None:
    if path.exists() or os.environ.get("LOA_SECRET_KEY"):
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"LOA_SECRET_KEY={secrets.token_urlsafe(50)}\n")
    try:
        os.link(draft, path)  # atomic: of two first starts one secret wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def read_environment() -> tuple[environ.Env, Path]:
    """The variables and the data directory."""
    data = data_directory()
    settings_file = data / "loa.env"
    _ensure_secret(settings_file)
    env = environ.Env()
    if settings_file.exists():
        env.read_env(str(settings_file))
    return env, data


def runs_tests() -> bool:
    return "pytest" in sys.modules
