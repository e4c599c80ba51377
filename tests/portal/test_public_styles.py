"""The colours of each site can be read on what they stand on, light and dark and strong; the styles stay small."""

import re
from pathlib import Path

import pytest

import loa
from loa.portal.models import SiteHome

FOLDER = Path(loa.__file__).parent / "core/static/core"
SHELL = Path(loa.__file__).parent / "core/templates/ui/public.html"
STYLES = (FOLDER / "public.css").read_text(encoding="utf-8")
TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
WORDS = [
    *[
        (word, ground)
        for word in ("ink", "muted", "teal", "teal-strong")
        for ground in ("paper", "surface", "sunken")
    ],
    *[(word, "teal-soft") for word in ("ink", "teal", "teal-strong")],
    ("on-teal", "teal"),
    ("on-teal", "teal-strong"),
]


def colours_in(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def themes():
    """Every site's colours on top of the common ones: `{"wine dark": {...}}`."""
    light, _by_system, dark = map(colours_in, re.findall(r"\{([^{}]*--ink:[^{}]*)\}", TOKENS))
    found = {"teal light": light, "teal dark": dark}
    for name, place, block in re.findall(
        r'\[data-accent="(\w+)"\](\[data-theme="dark"\]|) \{([^}]+)\}', STYLES
    ):
        kind = "dark" if place else "light"
        found[f"{name} {kind}"] = {**(dark if place else light), **colours_in(block)}
    for place, block in re.findall(
        r'\[data-contrast="high"\](\[data-theme="dark"\]|) \{([^}]+--ink[^}]+)\}', STYLES
    ):
        found[f"high {'dark' if place else 'light'}"] = {**(dark if place else light), **colours_in(block)}
    return found


def luminance(colour):
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_an_editor_may_choose_has_both_themes():
    assert set(themes()) == {
        f"{name} {kind}" for name in (*SiteHome.Accent.values, "high") for kind in ("light", "dark")
    }


@pytest.mark.parametrize("name", sorted(themes()))
def test_every_pair_of_colours_can_be_read(name):
    colours, least = themes()[name], 7 if name.startswith("high") else 4.5
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in WORDS}

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}


def test_dark_colours_are_the_same_by_choice_and_by_system():
    by_system = dict(re.findall(r'\[data-accent="(\w+)"\]:not\(\[data-theme="light"\]\) \{([^}]+)\}', STYLES))
    by_choice = dict(re.findall(r'\[data-accent="(\w+)"\]\[data-theme="dark"\] \{([^}]+)\}', STYLES))

    assert by_system == by_choice


def test_styles_and_script_of_a_public_page_are_small():
    named = re.findall(r"static 'core/([\w.]+\.(?:css|js))'", SHELL.read_text(encoding="utf-8"))
    sizes = {name: (FOLDER / name).stat().st_size for name in named}

    assert sum(size for name, size in sizes.items() if name.endswith(".css")) <= 30 * 1024
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 5 * 1024
