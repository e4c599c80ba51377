from io import BytesIO

from lxml import etree
from PIL import Image
from write_samples import CHART, DONE, LATE

from officialdoc.write.charts import WIDTH, Bar, column_chart, stacked_bars
from officialdoc.write.pictures import png

QUARTERS = column_chart(
    "Sản phẩm theo quý", group_label="Quý", value_label="Số lượng", columns=(("Quý I", 3), ("Quý II", 1200))
)


def parts(chart, tag, name=None):
    found = etree.fromstring(chart.svg).iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [element for element in found if name is None or element.get("class") == name]


def test_chart_says_its_title_and_its_figures_in_words():
    root = etree.fromstring(CHART.svg)
    title, description = root[0], root[1]

    assert title.text == "Nhiệm vụ theo cơ quan chủ trì"
    assert description.text == (
        "Sở Nội vụ: Hoàn thành 3, Quá hạn 1; Văn phòng Ủy ban nhân dân thành phố: Hoàn thành 1, Quá hạn 0"
    )
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_chart_has_a_table_of_its_figures():
    assert CHART.columns == ("Cơ quan", "Hoàn thành", "Quá hạn")
    assert CHART.figures == (("Sở Nội vụ", 3, 1), ("Văn phòng Ủy ban nhân dân thành phố", 1, 0))
    assert QUARTERS.figures == (("Quý I", 3), ("Quý II", 1200))


def test_bars_are_as_long_as_their_values():
    _legend, first, second = parts(CHART, "rect", "chart-done")
    (_, late) = parts(CHART, "rect", "chart-late")

    assert float(first.get("width")) == 3 * float(second.get("width"))
    assert float(late.get("x")) == float(first.get("x")) + float(first.get("width"))


def test_chart_passes_a_strict_content_policy():
    for chart in (CHART, QUARTERS):
        elements = list(etree.fromstring(chart.svg).iter())
        assert not [e for e in elements if etree.QName(e).localname in {"style", "script", "image", "a"}]
        assert not [
            e for e in elements if "style" in e.attrib or any(name.startswith("on") for name in e.attrib)
        ]


def test_text_is_escaped():
    chart = stacked_bars("<b>&", group_label="x", series=(DONE,), bars=(Bar("</svg>\x01<script>", (1,)),))

    root = etree.fromstring(chart.svg)

    assert root[0].text == "<b>&"
    assert [text.text for text in parts(chart, "text")] == ["Hoàn thành", "</svg><script>", "1", "1"]


def test_nothing_to_show_is_still_a_drawing():
    empty = stacked_bars("Trống", group_label="x", series=(DONE, LATE), bars=(Bar("Sở Nội vụ", (0, 0)),))
    bare = column_chart("Trống", group_label="x", value_label="y", columns=())

    assert len(parts(empty, "rect")) == 2  # the legend
    assert parts(bare, "rect") == []


def test_every_drawing_stays_inside_its_frame():
    crowded = stacked_bars(
        "Nhiều cơ quan",
        group_label="Cơ quan",
        series=(DONE, LATE),
        bars=tuple(Bar("Ủy ban nhân dân quận, huyện " * 3, (n, 90 - n)) for n in range(40)),
    )

    for chart in (CHART, QUARTERS, crowded):
        height = float(etree.fromstring(chart.svg).get("height"))
        for element in parts(chart, "rect"):
            assert float(element.get("x")) + float(element.get("width")) <= WIDTH
            assert float(element.get("y")) + float(element.get("height")) <= height


def test_drawing_becomes_a_bitmap_fit_for_print():
    picture = Image.open(BytesIO(png(CHART.svg)))

    assert picture.format == "PNG"
    assert picture.width == 1181  # 150 mm at 200 points an inch


def test_same_figures_give_the_same_drawing():
    again = column_chart(
        "Sản phẩm theo quý",
        group_label="Quý",
        value_label="Số lượng",
        columns=(("Quý I", 3), ("Quý II", 1200)),
    )

    assert again == QUARTERS
    assert png(again.svg) == png(QUARTERS.svg)
