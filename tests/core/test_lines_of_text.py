import pytest

from loa.core.templatetags.ui import dashed_lines
from loa.core.text import headline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mở chuyên mục", "Mở chuyên mục"),
        ("- Mở chuyên mục;\n- Phản ánh kết quả", "Mở chuyên mục; Phản ánh kết quả"),
        ("- Mở chuyên mục; - Phản ánh kết quả", "Mở chuyên mục; Phản ánh kết quả"),
        (
            "Giai đoạn 2016 - 2020; mục “Dân hỏi - Giám đốc đáp”",
            "Giai đoạn 2016 - 2020; mục “Dân hỏi - Giám đốc đáp”",
        ),
        ("", ""),
    ],
)
def test_headline_is_one_line_without_dashes(text, expected):
    assert headline(text) == expected


def test_dashed_lines_make_a_list_between_paragraphs():
    text = "Hai việc:\n- Mở <chuyên mục>; - Phản ánh kết quả\nTrong năm."

    assert dashed_lines(text) == (
        '<p>Hai việc:</p><ul class="dashes"><li>Mở &lt;chuyên mục&gt;;</li><li>Phản ánh kết quả</li></ul>'
        "<p>Trong năm.</p>"
    )
