"""Rules of the house that import-linter cannot say. Each takes a source root and gives the breaches found."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from architecture.tree import ENTRANCES, RANK, imports, modules, parsed

PUBLIC = {"models", "states", "queries", "actions"}
BELOW_VIEWS = {"actions", "notices", "queries", "models", "states", "rules", "clocks", "jobs"}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common", "managers", "signals"}
INCLUDE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
MAX_FILE, MAX_FUNCTION, MAX_VIEW = 400, 50, 25


def private_imports(root: Path) -> Iterator[str]:
    """Apps meet only at their public modules; core is a library, the entrances may look everywhere."""
    for app, _module, path in modules(root):
        if app in ENTRANCES:
            continue
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] != "loa" or len(parts) < 3 or parts[1] in {app, "core"}:
                continue
            if parts[2] not in PUBLIC:
                yield f"{path.name}:{line} {app} imports {name}"


def requests_below_views(root: Path) -> Iterator[str]:
    """Nothing below the views knows an HTTP request."""
    for app, module, path in modules(root):
        if module.split(".")[0] in BELOW_VIEWS and app in RANK:
            for name, line in imports(path):
                if name.startswith("django.http"):
                    yield f"{app}.{module}:{line} imports {name}"


def state_writers(root: Path) -> Iterator[str]:
    """A state field is written by Flow alone: no assignment, no update."""
    for app, module, path in modules(root):
        if (app, module) == ("core", "workflow"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
                    yield f"{app}.{module}:{node.lineno} assigns a state"
            elif _updates(node) and any(word.arg == "state" for word in node.keywords):
                yield f"{app}.{module}:{node.lineno} updates a state"


def _updates(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "bulk_update"}
    )


def too_long(root: Path) -> Iterator[str]:
    """A file stops at 400 lines, a function at 50, a view at 25."""
    for package in ("loa", "officialdoc"):
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            if len(text.splitlines()) > MAX_FILE:
                yield f"{path.relative_to(root)} has {len(text.splitlines())} lines"
            is_views = path.stem == "views" or path.parent.name == "views"
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    limit = MAX_VIEW if is_views else MAX_FUNCTION
                    if length > limit:
                        yield f"{path.relative_to(root)}:{node.lineno} {node.name} has {length} lines"


def forbidden_names(root: Path) -> Iterator[str]:
    for app, module, _path in modules(root):
        if FORBIDDEN_NAMES & set(module.split(".")):
            yield f"{app}.{module}"


def now_callers(root: Path) -> Iterator[str]:
    """`core.clock` is the only caller of now."""
    pattern = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(|auto_now")
    for app, module, path in modules(root):
        if (app, module) == ("core", "clock"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{app}.{module}:{number} {line.strip()}"


def days_of_moments(root: Path) -> Iterator[str]:
    """A moment is kept in UTC: before seven in the morning its own day is yesterday's. Ask `clock.day_of`."""
    for name, _layer, path in modules(root):
        for node in ast.walk(parsed(path)):
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func
            if call and call.attr == "date" and _is_moment(call.value):
                yield f"{name}:{node.lineno} {ast.unparse(node)}"
            is_printed = isinstance(node, ast.FormattedValue) and "%d" in ast.unparse(
                node.format_spec or node
            )
            if is_printed and _is_moment(node.value):
                yield f"{name}:{node.lineno} {ast.unparse(node.value)}"


def _is_moment(node: ast.AST) -> bool:
    """By its name: fields of moments end so."""
    return isinstance(node, ast.Attribute) and (node.attr == "at" or node.attr.endswith("_at"))


def reaching_templates(root: Path) -> Iterator[str]:
    """A template includes or extends only its own app's, core's, a lower app's or, in the portal, Wagtail's."""
    for path in sorted((root / "loa").glob("*/templates/**/*.html")):
        app = path.relative_to(root / "loa").parts[0]
        for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            owner = name.split("/")[0]
            if app == "core" or owner in {"ui", app, "account", "mfa", "allauth", "usersessions"}:
                continue
            if (app, owner) == ("portal", "wagtailadmin"):
                continue
            if RANK.get(owner, 99) >= RANK[app]:
                yield f"{path.relative_to(root)} includes {name}"


def inline_code(root: Path) -> Iterator[str]:
    """No inline script or style: the content policy forbids them. Mail is no page."""
    pattern = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)",
        re.IGNORECASE,
    )
    for path in sorted((root / "loa").glob("*/templates/**/*.html")):
        if path.stem.endswith("_mail"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(root)}:{number} {line.strip()[:100]}"
