"""Words can be read on what they stand on, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import loa

TOKENS = (Path(loa.__file__).parent / "core/static/core/tokens.css").read_text(encoding="utf-8")
WORDS = [
    *[(ink, ground) for ink in ("ink", "muted", "teal", "red") for ground in ("paper", "surface", "sunken")],
    ("on-teal", "teal"),
    ("on-teal", "teal-strong"),
    ("on-red", "red"),
    ("teal-strong", "teal-soft"),
    ("teal", "teal-soft"),
    ("red", "red-soft"),
    ("amber", "amber-soft"),
    ("green", "green-soft"),
    ("slate", "slate-soft"),
    *[("ink", f"{tone}-soft") for tone in ("teal", "red", "amber", "green", "slate")],
    *[("on-chart", f"chart-{part}") for part in ("done", "run", "late")],
    ("on-chart-wait", "chart-wait"),
]
EDGES = [("line-strong", "surface"), ("line-strong", "paper"), ("focus", "surface"), ("focus", "paper")]


def themes():
    blocks = re.findall(r"\{([^{}]*--ink:[^{}]*)\}", TOKENS)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def luminance(colour):
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_dark_theme_is_the_same_by_choice_and_by_system():
    light, by_system, by_choice = themes()

    assert by_system == by_choice
    assert light.keys() == by_system.keys()


@pytest.mark.parametrize("number", [0, 1])
def test_every_pair_of_colours_can_be_read(number):
    colours = themes()[number]

    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in WORDS}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("number", [0, 1])
def test_every_edge_of_a_control_can_be_seen(number):
    colours = themes()[number]

    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in EDGES}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_text_never_uses_a_colour_outside_the_tokens():
    folder = Path(loa.__file__).parent / "core/static/core"
    named = {
        (path.name, found)
        for path in folder.glob("*.css")
        if path.name not in ("tokens.css", "print.css")
        for found in re.findall(r"(?<![\w-])color: (#\w+|rgb[^;]*);", path.read_text(encoding="utf-8"))
    }

    assert named == set()
