"""Two versions side by side: what differs, word by word; nothing is lost; nothing is slow."""

import time

import pytest

from factories import make_procedure, make_version
from loa.procedures import queries


def marked(pieces):
    return [piece.text.strip() for piece in pieces if piece.is_marked]


def test_words_that_differ_are_marked_on_each_side():
    left, right = queries.sides("Trong 10 ngày làm việc", "Trong 7 ngày làm việc")

    assert (marked(left), marked(right)) == (["10"], ["7"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("một\n\nhai", ""),
        ("", "ba"),
        ("a  b\nc", "a b\nc\n\nd"),
        ("x\n", "x"),
        ("Một hai ba", "Bốn hai năm"),
    ],
)
def test_pieces_joined_are_the_text(before, after):
    left, right = queries.sides(before, after)

    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


def test_long_texts_are_compared_in_time():
    before = " ".join(f"từ {number % 7}" for number in range(12_000))
    after = before.replace("từ 3", "chữ 3")
    start = time.perf_counter()

    left, _right = queries.sides(before, after)

    assert time.perf_counter() - start < 2
    assert "".join(piece.text for piece in left) == before


def test_fields_that_stay_are_not_marked(db):
    procedure = make_procedure()
    old = make_version(procedure, state="superseded")
    new = make_version(procedure, papers=[{"name": "Tờ khai", "form": "Mẫu 02", "originals": 1}])

    found = {field.key: field.is_changed for field in queries.compare(old, new)}

    assert [key for key, is_changed in found.items() if is_changed] == ["papers"]


def test_empty_lines_are_no_change(db):
    procedure = make_procedure()
    old = make_version(procedure, state="superseded", steps="Một.\n\nHai.")
    new = make_version(procedure, steps="Một.\nHai.  ")

    assert queries.changed_labels(old, new) == []
