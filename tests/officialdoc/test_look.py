import base64
import io

import pytest
import typst
from PIL import Image

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.look import TALLEST, WIDEST, look
from officialdoc.read.safe import look_bounded


def make_pdf(tmp_path, words):
    path = tmp_path / "print.pdf"
    path.write_bytes(typst.compile(words.encode(), format="pdf"))
    return path


def test_first_page_is_a_picture_and_pages_are_text(tmp_path):
    path = make_pdf(
        tmp_path,
        "= Một cửa\nNộp hồ sơ tại xã.\n#table(columns: 2, [Việc], [Hạn], [Khai sinh], [Trong ngày])\n"
        "#pagebreak()\nTrang sau.",
    )

    seen = look_bounded(path)

    picture = Image.open(io.BytesIO(base64.b64decode(seen["picture"])))
    assert (picture.format, picture.size) == ("WEBP", (seen["width"], seen["height"]))
    assert seen["page_count"] == 2
    assert seen["pages"] == [
        [
            {"text": "Một cửa", "bold": True},
            {"text": "Nộp hồ sơ tại xã.", "bold": False},
            {"rows": [["Việc", "Hạn"], ["Khai sinh", "Trong ngày"]]},
        ],
        [{"text": "Trang sau.", "bold": False}],
    ]


@pytest.mark.parametrize("size", [("4000mm", "20mm"), ("20mm", "4000mm"), ("60mm", "90mm")])
def test_page_of_any_proportion_fits(tmp_path, size):
    seen = look(make_pdf(tmp_path, f"#set page(width: {size[0]}, height: {size[1]}, margin: 1mm)\nA"))

    assert 1 <= seen["width"] <= WIDEST
    assert 1 <= seen["height"] <= TALLEST


def test_picture_without_text_has_a_cover_and_no_words(tmp_path):
    seen = look(make_pdf(tmp_path, "#rect(width: 50mm, height: 50mm, fill: red)"))

    assert (seen["page_count"], seen["pages"]) == (1, [])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut short", b"no pdf at all"])
def test_what_is_no_pdf_is_refused(tmp_path, content):
    path = tmp_path / "print.pdf"
    path.write_bytes(content)

    assert look(path) is None
    with pytest.raises(UnreadableDocumentError):
        look_bounded(path)
