from datetime import date

import pytest

from officialdoc.write.form import FORMS, form_for

FORM = form_for(date(2020, 3, 5))


@pytest.mark.parametrize(
    ("side", "least", "most"), [("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)]
)
def test_margin_lies_in_the_range_of_the_decree(side, least, most):
    margin = getattr(FORM.page, side)

    assert least <= margin <= most


@pytest.mark.parametrize(
    ("style", "least", "most", "bold", "italic"),
    [
        ("national_name", 12, 13, True, False),
        ("motto", 13, 14, True, False),
        ("parent_agency", 12, 13, False, False),
        ("agency", 12, 13, True, False),
        ("number", 13, 13, False, False),
        ("date", 13, 14, False, True),
        ("kind", 13, 14, True, False),
        ("title", 13, 14, True, False),
        ("legal_basis", 13, 14, False, True),
        ("body", 13, 14, False, False),
        ("heading_1", 13, 14, True, False),
        ("heading_2", 13, 14, True, False),
        ("heading_3", 13, 14, False, False),
        ("addressees", 13, 14, False, False),
        ("authority", 13, 14, True, False),
        ("signer", 13, 14, True, False),
        ("recipients_word", 12, 12, True, True),
        ("recipient", 11, 11, False, False),
        ("page_number", 13, 14, False, False),
        ("annex", 14, 14, True, False),
        ("annex_title", 13, 14, True, False),
        ("attached", 13, 14, False, True),
    ],
)
def test_style_looks_as_its_cell_of_the_layout_map(style, least, most, bold, italic):
    look = FORM.styles[style]

    assert least <= look.size <= most
    assert (look.bold, look.italic) == (bold, italic)
    assert look.basis


def test_body_keeps_the_ranges_of_the_decree():
    body = FORM.body

    assert body.indent in {10.0, 12.7}
    assert body.gap >= 6
    assert 1 <= body.line <= 1.5
    assert 1 / 3 <= FORM.rules.agency_share <= 1 / 2
    assert 1 / 3 <= FORM.rules.title_share <= 1 / 2


def test_paper_is_a4_in_times_new_roman():
    assert (FORM.page.width, FORM.page.height, FORM.font.name) == (210, 297, "Times New Roman")


NEWER = (FORMS / "nd30_2020.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "form_id"),
    [
        (date(2019, 2, 1), "nd30_2020"),  # before the first one shipped
        (date(2029, 12, 31), "nd30_2020"),
        (date(2030, 1, 1), "next"),
        (None, "next"),
    ],
)
def test_form_is_the_one_in_force_on_the_day(tmp_path, on, form_id):
    newer = NEWER.replace('id = "nd30_2020"', 'id = "next"').replace("2020-03-05", "2030-01-01")
    (tmp_path / "nd30_2020.toml").write_text(NEWER, encoding="utf-8")
    (tmp_path / "next.toml").write_text(newer, encoding="utf-8")

    form = form_for(on, tmp_path)

    assert form.id == form_id
