"""The source tree as data, for the rules that import-linter cannot say."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
LINE = (
    ("cli",),
    ("demo", "config"),
    ("desk", "api"),
    ("portal",),
    ("indices",),
    ("reports",),
    ("feedback", "awards"),
    ("surveys",),
    ("events", "procedures", "budgets", "campaigns"),
    ("plans",),
    ("documents",),
    ("channels",),
    ("directory",),
    ("core",),
)
RANK = {app: len(LINE) - index for index, apps in enumerate(LINE) for app in apps}
ENTRANCES = LINE[0] + LINE[1]


def modules(root: Path = SOURCE) -> Iterator[tuple[str, str, Path]]:
    """(app, module name inside the app, path) of every module of loa, migrations left out."""
    for path in sorted((root / "loa").rglob("*.py")):
        parts = path.relative_to(root / "loa").with_suffix("").parts
        if "migrations" not in parts and len(parts) > 1:
            yield parts[0], ".".join(part for part in parts[1:] if part != "__init__"), path


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names imported anywhere in a module, with their lines."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                yield f"{node.module}.{name.name}", node.lineno


def copy_of_tree(target: Path) -> Path:
    """A copy of sources and contracts in which a rule can be broken on purpose."""
    shutil.copytree(
        SOURCE, target / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "data", "static")
    )
    shutil.copy(ROOT / ".importlinter", target / ".importlinter")
    return target


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on a tree; its sources come before the installed ones."""
    program = (
        "import sys; sys.path.insert(0, 'src'); "
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
