import pytest

from officialdoc.write.metrics import balanced_lines, bold_width


def test_width_of_the_motto_is_that_of_the_font():
    # 171.1 pt as drawn in a font with the same letter widths
    assert bold_width("Độc lập - Tự do - Hạnh phúc", 14) == pytest.approx(171.1, abs=0.5)


def test_width_of_a_letter_ignores_its_marks_and_its_encoding():
    assert bold_width("ế", 10) == bold_width("e", 10)
    assert bold_width("e\u0302\u0301", 10) == bold_width("ế", 10)
    assert bold_width("ướ", 10) == bold_width("ươ", 10)


def test_lines_are_as_few_and_as_even_as_they_can_be():
    lines = balanced_lines("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", 13, 190)

    assert lines == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG")


def test_lines_of_the_caller_are_kept():
    assert balanced_lines("SỞ\nNỘI VỤ", 13, 500) == ("SỞ", "NỘI VỤ")


def test_word_wider_than_the_room_stands_alone():
    assert balanced_lines("A BBBBBBBBBBBBBBBBBBBB C", 14, 60) == ("A", "BBBBBBBBBBBBBBBBBBBB", "C")
