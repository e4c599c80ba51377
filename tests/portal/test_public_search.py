"""The public search: accents optional, phrases, near words, narrowing; the same answers on both databases."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache

from factories import make_agency, make_user
from loa.core.text import words
from loa.portal import actions
from loa.portal.actions import sites
from loa.portal.clocks import search as clocks
from loa.portal.jobs import search as jobs
from loa.portal.models import KnownWord, PublicText
from loa.portal.queries.search import (
    MAX_WORDS,
    Narrowing,
    public_texts,
    read_question,
    snippet,
    suggestion,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]  # it searches and sorts
ALL = Narrowing()
DECOMPOSED = unicodedata.normalize("NFD", "Hải Phòng")


@pytest.fixture
def editor():
    return make_user(make_agency("Văn phòng UBND thành phố"), "administrator")


@pytest.fixture
def column(editor):
    city = sites.open_city_site(
        make_agency("Ủy ban nhân dân thành phố"), title="Thành phố Hải Phòng", by=editor
    )
    return sites.open_column(city, title="Cải cách hành chính", by=editor)


@pytest.fixture
def write(column, editor):
    def make(title, text="", *, on=date(2019, 3, 4), into=None, **facts):
        at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
        body = [("text", f"<p>{text or 'Nội dung.'}</p>")]
        return sites.write_story(
            into or column,
            title=title,
            kind="news",
            lead="Tóm tắt.",
            body=body,
            published_at=at,
            by=editor,
            **facts,
        )

    return make


def titles(typed, narrowing=ALL):
    return [row.title for row in public_texts(read_question(typed), narrowing)]


# What is found ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "Hải Phòng",
        "hai phong",
        "HAI PHONG",
        "hải phong",
        '"hai phong"',
        "phong hai",
        "hai, phong!",
    ],
)
def test_accents_case_and_order_of_words_are_optional(write, typed):
    write("Một cửa ở Hải Phòng")
    write("Một cửa ở Hà Nội")
    actions.index_all()

    assert titles(typed) == ["Một cửa ở Hải Phòng"]


@pytest.mark.parametrize("typed", ["doi thoai dien tu", "đối thoại điện tử", "ðối thoại ðiện tử"])
def test_d_finds_stroked_d(write, typed):
    write("Đối thoại điện tử")
    actions.index_all()

    assert titles(typed) == ["Đối thoại điện tử"]


def test_words_in_quotation_marks_follow_one_another(write):
    write("Cải cách thủ tục hành chính")
    write("Thủ tục cải cách, việc hành chính")
    actions.index_all()

    assert titles('"thủ tục hành chính"') == ["Cải cách thủ tục hành chính"]
    assert len(titles("thủ tục hành chính")) == 2


def test_every_word_must_occur(write):
    write("Một cửa liên thông")
    actions.index_all()

    assert titles("một cửa") == ["Một cửa liên thông"]
    assert titles("một cửa quốc gia") == []


def test_numbers_of_documents_are_words(write):
    write("Về Kế hoạch 42/KH-UBND", "Thủ tục mã 1.012766 được công bố.")
    actions.index_all()

    assert titles("42/KH-UBND") == ["Về Kế hoạch 42/KH-UBND"]
    assert titles("1.012766") == ["Về Kế hoạch 42/KH-UBND"]


def test_text_and_answers_of_the_body_are_found(write, column, editor):
    answer = {"question": "Nộp hồ sơ ở đâu?", "who": "", "answer": "<p>Tại bộ phận một cửa của phường.</p>"}
    sites.write_story(
        column, title="Hỏi và đáp", kind="interview", lead="Tóm tắt.", body=[("answer", answer)], by=editor
    )
    actions.index_all()

    assert titles("bo phan mot cua") == ["Hỏi và đáp"]


def test_title_comes_before_text_and_new_before_old(write):
    write("Đối thoại lần đầu", on=date(2019, 2, 1))
    write("Tin khác", "Có nhắc đến đối thoại.", on=date(2019, 6, 1))
    write("Đối thoại lần sau", on=date(2019, 5, 1))
    actions.index_all()

    assert titles("doi thoai") == ["Đối thoại lần sau", "Đối thoại lần đầu", "Tin khác"]
    assert titles("doi thoai", Narrowing(is_newest_first=True))[0] == "Tin khác"


def test_narrowing_by_agency_site_and_days(write, column, editor):
    bureau = make_agency("Sở Nội vụ")
    site = sites.open_agency_site(bureau, slug="so-noi-vu", by=editor)
    inner = sites.open_column(site, title="Tin của sở", by=editor)
    write("Tin thành phố", on=date(2019, 2, 1))
    write("Tin của sở một", into=inner, agency=bureau, on=date(2019, 3, 1))
    actions.index_all()

    assert titles("tin", Narrowing(agency=bureau)) == ["Tin của sở một"]
    assert titles("tin", Narrowing(site=site)) == ["Tin của sở một"]
    assert titles("tin", Narrowing(to_on=date(2019, 2, 15))) == ["Tin thành phố"]
    assert titles("tin", Narrowing(kind="event")) == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", '""', "'", "%", "_", "* OR 1=1", '"', "AND", "NEAR(a b)", "\x00"]
)
def test_what_is_no_word_breaks_nothing(write, typed):
    write("Tin")
    actions.index_all()

    assert titles(typed) == []


def test_long_question_is_cut():
    question = read_question("chữ " * 5000 + " ".join(f"w{n}" for n in range(100)))

    assert len(question.typed) <= 200
    assert len(question.words) <= MAX_WORDS


# In step with what is public -------------------------------------------------------------------------
def test_published_is_found_and_taken_down_is_not(write, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = write("Tin mới")
    assert titles("tin moi") == ["Tin mới"]

    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()

    assert titles("tin moi") == []


def test_deleted_is_not_found(write, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = write("Tin mới")
    with django_capture_on_commit_callbacks(execute=True):
        story.delete()

    assert PublicText.objects.count() == 0
    assert titles("tin moi") == []


def test_moved_is_found_at_its_new_address(write, column, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = write("Tin mới")
        other = sites.open_column(column.get_parent(), title="Điểm sáng", by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        story.move(other, "last-child")

    assert PublicText.objects.get().url == "/diem-sang/tin-moi/"


def test_draft_is_not_found(write, column):
    story = write("Tin mới")
    story.title = "Bản nháp bí mật"
    story.save_revision()
    actions.index_all()

    assert titles("bi mat") == []
    assert titles("tin moi") == ["Tin mới"]


def test_indexing_twice_changes_nothing(write):
    story = write("Tin mới")
    actions.index_things("story", [story.pk])
    actions.index_things("story", [story.pk])

    assert (PublicText.objects.count(), titles("tin moi")) == (1, ["Tin mới"])


def test_making_it_anew_drops_what_is_gone(write):
    story = write("Tin mới")
    actions.index_all()
    type(story).objects.filter(pk=story.pk).update(live=False)

    counts = actions.index_all()

    assert (counts["story"], PublicText.objects.count(), KnownWord.objects.count()) == (0, 0, 0)


# Did you mean -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thu tucj", "thu tục"),
        ("doi thaoi", "doi thoại"),
        ("hanh chihn", "hanh chính"),
        ("thủ tục", ""),
        ("xyzxyzxyz", ""),
    ],
)
def test_near_words_are_offered(write, typed, meant):
    write("Thủ tục hành chính và đối thoại")
    actions.index_all()

    assert suggestion(read_question(typed)) == meant


def test_page_offers_only_what_finds_something(client, write):
    write("Thủ tục")
    write("Hành chính")
    actions.index_all()

    assert "thủ tục" in client.get("/tim-kiem/", {"q": "thủ tuccc"}).content.decode().lower()
    nothing = client.get("/tim-kiem/", {"q": "tuccc chinhhh", "format": "json"}).json()
    assert (nothing["count"], nothing["suggestion"]) == (0, "")


# Snippets ---------------------------------------------------------------------------------------------
def test_snippet_marks_what_was_asked_with_its_accents():
    pieces = snippet("Buổi đối thoại trực tuyến ở Hải Phòng.", read_question("doi thoai hai phong"))

    assert [piece for piece, is_hit in pieces if is_hit] == ["đối", "thoại", "Hải", "Phòng"]
    assert "".join(piece for piece, _hit in pieces) == "Buổi đối thoại trực tuyến ở Hải Phòng."


def test_snippet_shows_the_part_with_the_most_words():
    text = "đầu " * 300 + "một cửa liên thông hiện đại " + "cuối " * 300

    pieces = snippet(text, read_question("lien thong mot cua"), width=120)
    shown = "".join(piece for piece, _hit in pieces)

    assert "một cửa liên thông" in shown
    assert shown.startswith("… ")
    assert len(shown) <= 130


@pytest.mark.parametrize("text", ["", "a", "a" * 1000, "đ" * 400 + " cửa", "<script>cửa</script>"])
def test_snippet_of_any_text_is_part_of_it(text):
    pieces = snippet(text, read_question("cua"))

    joined = "".join(piece for piece, _hit in pieces).replace("… ", "").replace(" …", "")
    assert joined in text


# The page and the programs' answer --------------------------------------------------------------------
def test_page_escapes_what_was_typed_and_what_is_found(client, write):
    write("Mẫu <script>alert(1)</script> đơn")
    actions.index_all()

    content = client.get("/tim-kiem/", {"q": 'đơn"><script>x</script>'}).content.decode()

    assert "<script>x" not in content
    assert "<script>alert" not in client.get("/tim-kiem/", {"q": "mẫu"}).content.decode()


def test_json_says_the_same_as_the_page(client, write):
    write("Đối thoại", agency=make_agency("Sở Nội vụ"))
    actions.index_all()

    answer = client.get("/tim-kiem/", {"q": "doi thoai", "format": "json"}).json()

    assert answer["count"] == 1
    assert answer["results"] == [
        {
            "kind": "story",
            "title": "Đối thoại",
            "url": "/cai-cach-hanh-chinh/doi-thoai/",
            "date": "2019-03-04",
            "agency": "Sở Nội vụ",
            "snippet": "Tóm tắt. Nội dung.",
        }
    ]


@pytest.mark.parametrize(
    "query", ["loai=gi", "co_quan=khong", "tu=hom-qua", "trang=999", "trang=x", "xep=la"]
)
def test_narrowing_that_is_none_narrows_nothing(client, write, query):
    write("Tin")
    actions.index_all()

    response = client.get(f"/tim-kiem/?q=tin&{query}")

    assert response.status_code == 200
    assert "/cai-cach-hanh-chinh/tin/" in response.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_hits(client, write, django_assert_num_queries, count):
    for number in range(count):
        write(f"Tin số {number}", agency=make_agency(f"Sở {number}"))
    actions.index_all()
    client.get("/tim-kiem/?q=tin")  # content types

    with django_assert_num_queries(8):
        client.get("/tim-kiem/?q=tin")


def test_visitor_gets_no_cookie(client, write):
    response = client.get("/tim-kiem/?q=tin")

    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_words_are_the_same_for_every_database():
    assert words("Số 42/KH-UBND, mã 1.012766; “Đối thoại”!") == "so 42 kh ubnd ma 1 012766 doi thoai"


# In step ---------------------------------------------------------------------------------------------
def test_a_register_is_looked_through_until_it_is_in_step(write, django_assert_num_queries):
    write("Một cửa liên thông")
    PublicText.objects.all().delete()

    jobs.index_kind("story")

    assert titles("một cửa") == ["Một cửa liên thông"]
    with django_assert_num_queries(3):  # asked for once too often: two counts, and what is public
        jobs.index_kind("story")


def test_a_register_that_waits_for_its_worker_is_asked_for_once(write, monkeypatch):
    asked = []
    monkeypatch.setattr("loa.portal.actions.search.later", lambda _name, kind: asked.append(kind))
    cache.clear()  # of other tests
    write("Một cửa liên thông")
    PublicText.objects.all().delete()

    counts = [clocks.keep_in_step() for _minute in range(3)]
    jobs.index_kind("story")
    PublicText.objects.all().delete()
    again = clocks.keep_in_step()

    assert (counts, again, asked) == ([1, 0, 0], 1, ["story", "story"])
