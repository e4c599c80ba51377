"""Vietnamese from before Unicode."""

import re
import unicodedata

import pytest
from docx_fixtures import docx, para, run

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats import read_source
from officialdoc.read.formats.legacy import _TCVN3, _VNI, converter_for, from_tcvn3, from_vni
from officialdoc.read.formats.vietnamese import is_syllable, reads_as_words, syllable_share

SENTENCES = (
    "Sở Nội vụ chủ trì, phối hợp với các sở, ngành tổ chức hội nghị tuyên truyền về cải cách hành chính\n"
    "Ủy ban nhân dân các xã, phường niêm yết công khai thủ tục và tiếp nhận phản ánh của người dân\n"
    "Đài truyền thanh cơ sở phát thanh thường xuyên, đúng giờ, những nội dung thiết thực"
)


def in_tcvn3(text):
    table = {value: chr(code) for code, value in _TCVN3.items()}
    return "".join(table.get(char, table.get(char.lower(), char)) for char in text)


def in_vni(text):
    table = {}
    for key, value in _VNI.items():
        table.setdefault(value, key)
    return "".join(table.get(char, char) for char in text)


def folded(text):
    return text.lower()


@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
def test_legacy_text_is_recognised_and_converted(write):
    convert = converter_for(write(SENTENCES))

    assert folded(convert(write(SENTENCES))) == folded(SENTENCES)


def test_unicode_text_is_left_alone():
    assert converter_for(SENTENCES) is None
    assert converter_for("plain words") is None
    assert converter_for("Résumé déjà vu à la carte très élevé où être") is None


def test_known_words():
    assert from_tcvn3("Céng hoµ x· héi chñ nghÜa ViÖt Nam") == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert from_vni("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert from_vni("Ñoäc laäp - Töï do - Haïnh phuùc") == "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
def test_legacy_bytes_of_a_text_file(write):
    source = read_source(write(SENTENCES).encode("latin-1"), name="a.txt")

    assert folded(source.text) == folded(SENTENCES)
    assert [w.code for w in source.warnings] == ["converted_encoding"]


def test_legacy_runs_of_a_word_file_keep_the_horn_and_the_stroke():
    body = [
        para(*(run(part, '<w:rFonts w:ascii=".VnTime"/>') for part in re.split(r"(?<= )", in_tcvn3(line))))
        for line in SENTENCES.split("\n")
    ]

    source = read_source(docx(*body))

    assert folded(source.text) == folded(SENTENCES)


def test_words_are_told_from_noise():
    assert syllable_share(SENTENCES) == 1.0
    assert syllable_share(unicodedata.normalize("NFD", SENTENCES)) == 1.0
    assert reads_as_words(
        "The plan of the city is to be read in full by the people and for the people of it " * 2
    )
    assert not reads_as_words("xq zv wkj bcd fgh jkl mnp qrs tvw xzb " * 4)
    assert not reads_as_words("\ufffd\ue001" * 100 + "ke hoach")


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "uyển", "gì", "quyết", "thuở", "yêu", "đắk", "Ươm"])
def test_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["xyz", "strong", "bcd", "qat", "nggg"])
def test_no_syllable(word):
    assert not is_syllable(word)


def test_text_that_no_one_can_read_is_refused():
    with pytest.raises(UnreadableDocumentError) as caught:
        read_source(docx("xq zv wkj bcd fgh jkl mnp qrs tvw xzb " * 4))

    assert caught.value.code == "garbage_text"
