"""The import contracts hold, and each one bites when it is broken on purpose."""

import pytest

from architecture.tree import ROOT, copy_of_tree, lint_imports

pytestmark = pytest.mark.slow


def test_contracts_hold():
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout[-3000:]


BREAKS = [
    ("core/clock.py", "import loa.plans.models", "The line of apps"),
    ("desk/views/mine.py", "import loa.api.urls", "The line of apps"),
    ("plans/states/work.py", "import loa.plans.models", "Inside an app"),
    ("plans/rules.py", "import loa.plans.models", "Inside an app"),
    ("channels/models/notices.py", "import loa.channels.views", "Inside an app"),
    ("../officialdoc/model.py", "import django", "officialdoc is plain Python"),
    ("../officialdoc/model.py", "import loa.core.text", "officialdoc is plain Python"),
    ("plans/rules.py", "import wagtail", "Wagtail lives in the portal only"),
]


@pytest.mark.parametrize(("path", "line", "contract"), BREAKS)
def test_contract_bites(tmp_path, path, line, contract):
    tree = copy_of_tree(tmp_path)
    broken = tree / "src" / "loa" / path
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    (tree / "src" / "wagtail").mkdir()
    (tree / "src" / "wagtail" / "__init__.py").touch()

    result = lint_imports(tree)

    assert result.returncode == 1
    assert f"{contract}" in result.stdout
    assert [
        row for row in result.stdout.splitlines() if row.endswith("BROKEN") and row.startswith(contract)
    ] != []


def test_new_app_must_choose_its_place(tmp_path):
    tree = copy_of_tree(tmp_path)
    (tree / "src" / "loa" / "newcomer").mkdir()
    (tree / "src" / "loa" / "newcomer" / "__init__.py").touch()

    result = lint_imports(tree)

    assert result.returncode == 1
    assert "newcomer" in result.stdout + result.stderr
