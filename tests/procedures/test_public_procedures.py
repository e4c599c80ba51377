"""What anybody reads: no account, no session, no cookie; accents optional; feeds, lists to print, "is this clear?"."""

import json
import re
from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from factories import make_procedure, make_published, make_version
from loa.procedures.models import ClarityAnswer, ServiceDesk
from loa.procedures.states import VERSION


def url(name, *args):
    return reverse(f"procedures:{name}", args=args)


pytestmark = pytest.mark.both_databases  # it searches and sorts


@pytest.fixture
def birth(scene):
    return make_published(scene.agency, name="Đăng ký khai sinh", code="1.001193")


@pytest.fixture
def amended(scene, birth):
    old = birth.current
    VERSION.take(old, "supersede", by=scene.office_head)
    make_version(
        birth, state="published", change="amended", ways=[{"way": "online", "time": "1 ngày làm việc", "fee": "Không thu"}],
        published_on=date(2019, 5, 20), effective_on=date(2019, 6, 1),
    )  # fmt: skip
    return birth


@pytest.mark.parametrize("words", ["khai sinh", "KHAI SINH", "dang ky", "1.001193", "ho tich", "sinh khai"])
def test_the_list_is_searched_with_or_without_accents(client, scene, birth, words):
    make_published(scene.agency, name="Cấp thẻ luật sư", field="Luật sư")

    page = client.get(url("public_list"), {"q": words}).content.decode()

    assert ("Đăng ký khai sinh" in page, "Cấp thẻ luật sư" in page) == (True, False)


def test_a_reader_leaves_no_trace(client, birth):
    for name, args in [
        ("public_list", []), ("public_detail", ["1.001193"]), ("public_versions", ["1.001193"]), ("change_list", []),
        ("change_atom", []), ("board_choice", []), ("board_page", ["so-tu-phap"]), ("public_ask", ["1.001193"]),
        ("public_compare", ["1.001193"]),
    ]:  # fmt: skip
        response = client.get(url(name, *args))
        assert response.status_code == 200, name
        assert [cookie for cookie in response.cookies if cookie != "csrftoken"] == [], name


def test_filters(client, scene, birth):
    other = make_published(scene.agency, name="Cấp thẻ", field="Luật sư", levels="city")

    page = client.get(url("public_list"), {"level": "city", "field": other.field_id}).content.decode()

    assert ("Cấp thẻ" in page, "Đăng ký khai sinh</a></h2>" in page) == (True, False)


def test_what_is_not_published_has_no_page(client, scene):
    make_version(make_procedure(scene.agency, code="1.000009"))

    assert client.get(url("public_detail", "1.000009")).status_code == 404


def test_an_earlier_version_says_so(client, amended):
    page = client.get(
        url("public_version", "1.001193", 1), headers={"accept-language": "en"}
    ).content.decode()

    assert "noindex" in page
    assert url("public_detail", "1.001193") in page


def test_the_data_for_machines(client, birth):
    birth.current.name = "Thẻ </script><b>&"
    birth.current.save()

    page = client.get(url("public_detail", "1.001193")).content.decode()

    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    found = json.loads(told)
    assert (found["@type"], found["identifier"], found["name"]) == (
        "GovernmentService",
        "1.001193",
        "Thẻ </script><b>&",
    )


def test_two_versions_side_by_side(client, amended):
    page = client.get(url("public_compare", "1.001193")).content.decode()

    assert "<del>" in page
    assert "<ins>" in page


@pytest.mark.parametrize("query", ["?tu=99&den=x", "?tu=2&den=1", "?tu=", "?den=-1"])
def test_odd_choices_to_compare_are_harmless(client, amended, query):
    assert client.get(url("public_compare", "1.001193") + query).status_code == 200


def test_the_feeds_hold_what_changed_and_keep_the_filter(client, scene, amended):
    other = make_published(scene.agency, name="Cấp thẻ", field="Luật sư")

    atom = etree.fromstring(client.get(url("change_atom"), {"field": other.field_id}).content)
    rss = etree.fromstring(client.get(url("change_rss")).content)

    assert [entry.text for entry in atom.iterfind(".//{*}entry/{*}id")] == [
        f"http://testserver{other.current.get_absolute_url()}"
    ]
    assert len(rss.findall(".//item")) == 3


def test_an_abolished_procedure_leaves_the_list_but_keeps_its_page(client, scene, birth):
    VERSION.take(birth.current, "supersede", by=scene.office_head)
    make_version(birth, state="published", change="abolished")

    assert client.get(url("public_list"), {"q": "khai sinh"}).context["paginator"].count == 0
    assert client.get(url("public_detail", "1.001193")).status_code == 200


def test_the_list_for_the_notice_board(client, birth):
    page = client.get(url("board_page", "so-tu-phap")).content.decode()
    paper = client.get(url("board_pdf", "so-tu-phap"))

    assert page.count('<div class="board__qr"') == 1
    assert '<div class="board__qr" role="img" aria-label="Mã QR: 1.001193"><svg xmlns' in page
    assert "style=" not in page
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("field", ["x", "²", "9" * 30, "999999"])
def test_an_odd_field_of_the_board_is_not_found(client, birth, field):
    assert client.get(url("board_page", "so-tu-phap"), {"field": field}).status_code == 404


@pytest.mark.parametrize(("form", "first"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_code_to_scan(client, birth, form, first):
    assert client.get(url("public_qr", "1.001193", form)).content.startswith(first)
    assert client.get(url("public_qr", "1.001193", "gif")).status_code == 404


def test_where_to_ask(client, scene, birth):
    ServiceDesk.objects.create(agency=scene.agency, name="Một cửa", address="Tầng 1", phone="0225 0000 101")

    assert "0225 0000 101" in client.get(url("public_ask", "1.001193")).content.decode()


def test_a_browser_counts_once_and_may_change_its_answer(client, birth):
    client.post(url("public_clear", "1.001193"), {"is_clear": "no", "words": "Chưa rõ"})
    client.post(url("public_clear", "1.001193"), {"is_clear": "yes", "words": ""})

    answer = ClarityAnswer.objects.get()
    assert (answer.is_clear, answer.words) == (True, "")


def test_a_forged_lot_is_drawn_anew(client, birth):
    client.cookies["loa_clear"] = "forged"

    assert client.post(url("public_clear", "1.001193"), {"is_clear": "yes"}).status_code == 200
    assert len(ClarityAnswer.objects.get().token) == 32


def test_too_many_answers_of_one_connection_are_refused_kindly(client, birth):
    for _ in range(30):
        client.cookies.clear()
        client.post(url("public_clear", "1.001193"), {"is_clear": "yes"})

    client.cookies.clear()
    response = client.post(url("public_clear", "1.001193"), {"is_clear": "yes"})

    assert (response.status_code, ClarityAnswer.objects.count()) == (429, 30)


def test_an_empty_answer_is_refused(client, birth):
    assert client.post(url("public_clear", "1.001193"), {"words": "x"}).status_code == 422


@pytest.mark.parametrize("name", ["public_list", "change_list"])
@pytest.mark.parametrize("count", [1, 30])
def test_public_lists_ask_the_same_number_of_queries(client, scene, name, count):
    for number in range(count):
        make_published(scene.agency, name=f"Thủ tục {number}", code=f"2.{number:06d}")
    from django.db import connection

    client.get(url(name))
    with CaptureQueriesContext(connection) as found:
        client.get(url(name))

    assert len(found) == {"public_list": 8, "change_list": 6}[name]
