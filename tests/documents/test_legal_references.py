"""References of any text as links to the register, escaped, one query for all."""

from datetime import date

import pytest
from django.template import Context, Template

from documents.legal_scene import link, make_legal
from loa.documents.queries import (
    link_references,
    link_references_in_html,
    no_longer_in_force,
    resolve,
)
from officialdoc.read.references import find_references

pytestmark = pytest.mark.django_db
ACTS = date(2025, 7, 1)


def named(text):
    return [legal and legal.document.printed_number for legal in resolve(find_references(text))]


def test_a_reference_becomes_a_link_and_everything_else_is_escaped():
    legal = make_legal(subject='Về "một cửa" <b>')

    (html,) = link_references(["<script>1</script> theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 & nữa"])

    assert html == (
        "&lt;script&gt;1&lt;/script&gt; theo "
        f'<a class="reference" href="/phap-luat/{legal.pk}/" title="Về &quot;một cửa&quot; &lt;b&gt;">'
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018</a> &amp; nữa"
    )


@pytest.mark.parametrize(("count", "size"), [(1, 1), (30, 40)])
def test_however_many_references_one_query(count, size, django_assert_num_queries):
    for number in range(1, size + 1):
        make_legal(f"{number}/2018/NĐ-CP")
    text = " ".join(f"Nghị định số {number}/2018/NĐ-CP;" for number in range(1, size + 1))

    with django_assert_num_queries(1):
        html = link_references([text] * count)

    assert [each.count("<a ") for each in html] == [size] * count


def test_a_text_without_references_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert link_references(["Không có gì", ""]) == ["Không có gì", ""]


def test_html_is_linked_between_its_tags_and_never_inside_a_link():
    legal = make_legal()
    fragment = (
        '<p title="Nghị định 61/2018/NĐ-CP">NĐ 61/2018 <a href="/x"><b>NĐ 61/2018</b></a> &lt;b&gt;</p>'
    )

    (html,) = link_references_in_html([fragment])

    assert html == (
        f'<p title="Nghị định 61/2018/NĐ-CP"><a class="reference" href="/phap-luat/{legal.pk}/" '
        'title="Về cơ chế một cửa">NĐ 61/2018</a> <a href="/x"><b>NĐ 61/2018</b></a> &lt;b&gt;</p>'
    )


def test_the_tag_links_a_whole_part_of_a_page_in_one_query(django_assert_num_queries):
    make_legal()
    page = Template(
        "{% load legal_references %}{% link_references %}"
        "{% for text in texts %}<p>{{ text }}</p>{% endfor %}{% endlink_references %}"
    )

    with django_assert_num_queries(1):
        html = page.render(Context({"texts": ["<i>", "Nghị định 61/2018/NĐ-CP"] * 20}))

    assert (html.count('<a class="reference"'), html.count("<p>&lt;i&gt;</p>")) == (20, 20)


def test_the_filter_links_one_text():
    make_legal()
    page = Template("{% load legal_references %}{{ text|with_references }}")

    assert page.render(Context({"text": "NĐ 61/2018 <"})).endswith("NĐ 61/2018</a> &lt;")


def test_what_is_not_public_is_not_linked():
    make_legal(state="draft")

    assert named("Nghị định số 61/2018/NĐ-CP") == [None]


def test_a_number_that_every_body_gives_needs_the_right_date_and_place():
    make_legal("42/KH-UBND", kind="KẾ HOẠCH", issuer="UBND thành phố Hải Phòng", on=date(2019, 2, 1))

    assert named("Kế hoạch 42/KH-UBND") == ["42/KH-UBND"]
    assert named("Kế hoạch số 42/KH-UBND ngày 01/02/2019 của UBND thành phố") == ["42/KH-UBND"]
    assert named("Kế hoạch số 42/KH-UBND ngày 05/03/2018") == [None]
    assert named("Kế hoạch 42/KH-UBND năm 2018") == [None]
    assert named("Kế hoạch số 42/KH-UBND ngày 01/02/2019 của UBND tỉnh Nghệ An") == [None]


def test_where_two_documents_would_fit_none_is_chosen():
    for year in (2018, 2019):
        make_legal("42/KH-UBND", kind="KẾ HOẠCH", issuer="UBND thành phố", on=date(year, 2, 1))

    assert named("Kế hoạch 42/KH-UBND") == [None]
    assert named("Kế hoạch 42/KH-UBND năm 2019") == ["42/KH-UBND"]


def test_a_law_is_found_by_its_name_and_year_or_by_its_number():
    make_legal(
        "104/2016/QH13", kind="LUẬT", subject="Tiếp cận thông tin", issuer="Quốc hội", on=date(2016, 4, 6)
    )

    assert named("Luật tiếp cận thông tin năm 2016, Luật số 104/2016/QH13; Luật Tiếp cận thông tin 2015") == [
        "104/2016/QH13",
        "104/2016/QH13",
        None,
    ]


def test_zeros_before_a_number_do_not_matter():
    make_legal("09/2019/NĐ-CP", on=date(2019, 1, 24))

    assert named("Nghị định 9/2019/NĐ-CP và NĐ 09/2019") == ["09/2019/NĐ-CP", "09/2019/NĐ-CP"]


def test_a_text_is_warned_of_what_has_ended_and_by_what(django_assert_num_queries):
    legal = make_legal()
    new = make_legal("118/2025/NĐ-CP", on=date(2025, 6, 9), effective_from=ACTS)
    link(new, "abolishes", legal)
    texts = ["Không có gì", "Theo Nghị định 61/2018/NĐ-CP và Nghị định 118/2025/NĐ-CP"]

    with django_assert_num_queries(2):
        found = no_longer_in_force(texts, ACTS)

    assert [(each.index, each.cited.number, each.legal, each.by) for each in found] == [
        (1, "61/2018/NĐ-CP", legal, (new,))
    ]
    assert no_longer_in_force(texts, date(2025, 6, 30)) == []
