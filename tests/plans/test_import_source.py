"""The text of a document with the places things were read from."""

from hypothesis import given
from hypothesis import strategies as st

from loa.plans.queries.source import Found, place_in, source_lines


def shown(lines):
    return [[[part.text for part in cell] for cell in line.cells] for line in lines]


def test_text_is_cut_where_a_place_begins_and_ends():
    lines = source_lines("Căn cứ luật ấy.", [Found("p1", 7, 11)])

    assert shown(lines) == [[["Căn cứ ", "luật", " ấy."]]]
    assert [part.keys for part in lines[0].cells[0]] == ["", "p1", ""]


def test_of_nested_places_the_narrowest_comes_first_and_each_begins_once():
    outer, inner = Found("p1", 0, 10), Found("p2", 3, 6)

    parts = source_lines("abcdefghij", [outer, inner])[0].cells[0]

    assert [(part.text, part.keys) for part in parts] == [("abc", "p1"), ("def", "p2 p1"), ("ghij", "p1")]
    assert [part.begins for part in parts] == [(outer,), (inner,), ()]


def test_overlapping_places_light_up_each_their_own_part():
    parts = source_lines("abcdef", [Found("p1", 0, 4), Found("p2", 2, 6)])[0].cells[0]

    assert [(part.text, set(part.keys.split())) for part in parts] == [
        ("ab", {"p1"}),
        ("cd", {"p1", "p2"}),
        ("ef", {"p2"}),
    ]


def test_a_row_of_a_table_stays_one_line_although_a_cell_has_two():
    text = "1\tHội thi\nvòng hai\tSở Báo chí\nSau bảng"

    lines = source_lines(text, [Found("p1", 0, text.index("\nSau"), is_row=True)])

    assert shown(lines) == [
        [["1"], ["Hội thi", "\n", "vòng hai"], ["Sở Báo chí"]],
        [["Sau bảng"]],
    ]
    assert [line.is_row for line in lines] == [True, False]


def test_empty_lines_are_left_out():
    assert shown(source_lines("một\n\n  \nhai", [])) == [[["một"]], [["hai"]]]


def test_a_source_outside_the_text_is_no_place():
    wrong = [
        {},
        {"start": None, "end": 3},
        {"start": 5, "end": 5},
        {"start": -1, "end": 2},
        {"start": 0, "end": 11},
    ]

    assert [place_in(source, 10) for source in wrong] == [None] * 5
    assert place_in({"start": 0, "end": 10}, 10) == (0, 10)


@st.composite
def texts_with_places(draw):
    text = draw(st.text(alphabet="ab \t\n", max_size=40))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends, st.booleans()), max_size=6))
    return text, [
        Found(f"p{number}", min(pair[:2]), max(pair[:2]), is_row=pair[2]) for number, pair in enumerate(pairs)
    ]


@given(texts_with_places())
def test_every_letter_is_shown_once_and_lit_by_exactly_its_places(case):
    text, places = case

    parts = [part for line in source_lines(text, places) for cell in line.cells for part in cell]

    assert "".join(part.text for part in parts).replace("\n", "").replace(" ", "") == ("".join(text.split()))
    for place in places:
        lit = "".join(part.text for part in parts if place.key in part.keys.split())
        assert "".join(lit.split()) == "".join(text[place.start : place.end].split())
