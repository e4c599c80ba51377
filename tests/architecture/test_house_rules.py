"""The rules of the house hold, and each one bites when it is broken on purpose."""

import shutil

import pytest

from architecture import house_rules
from architecture.tree import SOURCE

RULES = [
    house_rules.private_imports,
    house_rules.requests_below_views,
    house_rules.state_writers,
    house_rules.too_long,
    house_rules.forbidden_names,
    house_rules.now_callers,
    house_rules.days_of_moments,
    house_rules.reaching_templates,
    house_rules.inline_code,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule):
    assert list(rule(SOURCE)) == []


BREAKS = [
    (house_rules.private_imports, "desk/views/mine.py", "from loa.plans.forms import NoteForm"),
    (house_rules.requests_below_views, "channels/actions.py", "from django.http import HttpRequest"),
    (house_rules.state_writers, "channels/queries.py", "def cheat(row):\n    row.state = 'sent'"),
    (house_rules.state_writers, "channels/queries.py", "def cheat(rows):\n    rows.update(state='sent')"),
    (house_rules.too_long, "core/clock.py", "x = 1\n" * 400),
    (house_rules.too_long, "core/clock.py", "def long():\n" + "    print()\n" * 50),
    (house_rules.too_long, "channels/views.py", "def long(request):\n" + "    print()\n" * 25),
    (house_rules.forbidden_names, "plans/utils.py", "x = 1"),
    (house_rules.now_callers, "core/history.py", "from datetime import date\nDAY = date.today()"),
    (house_rules.days_of_moments, "plans/queries/x.py", "def day(row):\n    return row.done_at.date()"),
    (house_rules.days_of_moments, "plans/queries/x.py", "def day(row):\n    return f'{row.at:%d/%m/%Y}'"),
    (house_rules.reaching_templates, "plans/templates/plans/x.html", '{% include "reports/x.html" %}'),
    (house_rules.inline_code, "plans/templates/plans/x.html", '<p style="color: red">'),
    (house_rules.inline_code, "plans/templates/plans/x.html", "<script>alert(1)</script>"),
    (house_rules.inline_code, "plans/templates/plans/x.html", '<a onclick="go()">'),
]


@pytest.mark.parametrize(("rule", "path", "text"), BREAKS)
def test_rule_bites(tmp_path, rule, path, text):
    broken = tmp_path / "loa" / path  # alone in its tree: a rule looks at each file by itself
    broken.parent.mkdir(parents=True)
    own = SOURCE / "loa" / path
    if own.exists():
        shutil.copy(own, broken)
    before = list(rule(tmp_path))

    with broken.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")

    assert len(list(rule(tmp_path))) == len(before) + 1
