"""What answered cases suggest: learned once, taken out again, explained; and cases that may be the same."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from factories.directory import make_agency
from factories.feedback import make_case, make_desk, make_people, make_subject
from loa.feedback import actions, clocks, queries
from loa.feedback.models import Case, WordCount
from loa.feedback.queries.terms import likeness, marks, pairs, terms

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2019, 3, 4)
LAND = "Nhà tôi xin tách thửa đất và cấp sổ đỏ đã ba tháng mà văn phòng đăng ký đất đai chưa trả kết quả"
BIRTH = "Tôi đi đăng ký khai sinh cho cháu ở bộ phận một cửa thì được yêu cầu thêm giấy chứng sinh bản chính"


def answered(text, agency, subject, count):
    for _number in range(count):
        case = make_case(text)
        Case.objects.filter(pk=case.pk).update(state="answered", agency=agency, subject=subject)


@pytest.fixture
def city(today):
    today(DAY)
    make_desk()
    land, papers = make_agency("Sở Tài nguyên và Môi trường"), make_agency("Sở Tư pháp")
    answered(LAND, land, make_subject("Đất đai"), 12)
    answered(BIRTH, papers, make_subject("Hộ tịch"), 12)
    return {"land": land, "papers": papers}


def test_suggested_with_the_words_that_speak_for_it(city):
    assert clocks.learn(DAY) == 24
    case = make_case("Xin hỏi về tách thửa đất, sổ đỏ của bố mẹ tôi")

    found = queries.suggested(case, on=DAY)

    assert found.agencies[0].what == city["land"]
    assert found.agencies[0].percent > 80
    assert any("tách thửa" in word or "sổ đỏ" in word for word in found.agencies[0].words)
    assert str(found.subjects[0].what) == "Đất đai"
    assert found.learned_count == 24


def test_each_case_is_learned_once(city):
    clocks.learn(DAY)
    before = dict(WordCount.objects.values_list("word", "count"))

    assert clocks.learn(DAY) == 0
    assert dict(WordCount.objects.values_list("word", "count")) == before


def test_nothing_is_suggested_before_enough_was_learned(today):
    today(DAY)
    make_desk()
    answered(LAND, make_agency("Sở A"), None, 9)
    clocks.learn(DAY)

    assert queries.suggested(make_case(LAND), on=DAY).agencies == []


def test_unlearned_it_leaves_no_word_behind(city):
    answered("Việc độc nhất vô nhị zimbabue", city["land"], None, 1)
    clocks.learn(DAY)
    case = Case.objects.get(content__contains="zimbabue")
    assert WordCount.objects.filter(word="zimbabue").exists()

    actions.unlearn_case(case)

    assert not WordCount.objects.filter(word__contains="zimbabue").exists()
    assert WordCount.objects.get(word="", target=f"agency:{city['land'].pk}").count == 12


def test_body_that_has_ended_is_not_suggested(city):
    clocks.learn(DAY)
    city["land"].valid_to = date(2019, 1, 1)
    city["land"].save()

    agencies = [guess.what for guess in queries.suggested(make_case(LAND), on=DAY).agencies]
    assert city["land"] not in agencies


def test_terms_hold_no_figures_and_no_idle_words():
    said = "Tôi gọi 0912345678 về sổ đỏ và thửa đất số 12"

    assert terms(said) == ["toi goi", "goi", "ve so", "so", "so do", "thua dat", "dat", "dat so"]


def test_texts_that_share_most_words_share_a_mark():
    copy = LAND.replace("ba tháng", "bốn tháng rồi")

    assert likeness(pairs(LAND), pairs(copy)) > 0.7
    assert set(marks(LAND)) & set(marks(copy))
    assert not set(marks(LAND)) & set(marks(BIRTH))


def test_likely_duplicates_say_why(today, in_english):
    today(DAY)
    people = make_people()
    commune = make_agency("Ủy ban nhân dân phường An Biên", kind="commune")
    told = actions.Identity(phone="0912 345 678")
    alike = make_case(LAND)
    same_phone = make_case(BIRTH, identity=told)
    there = make_case("Đèn đường hỏng", commune=commune, place="Ngõ 12")
    make_case("Việc khác hẳn")
    case = make_case(
        f"{LAND}.", identity=actions.Identity(phone="0912.345.678"), commune=commune, place="ngo 12"
    )

    found = queries.likely_duplicates(case, people["intake"])

    assert {likely.case.pk: likely.reasons for likely in found} == {
        alike.pk: ["100% of the words are the same"],
        same_phone.pk: ["the same telephone number"],
        there.pk: ["the same place within two weeks"],
    }


def test_place_long_ago_is_no_duplicate(today):
    today(DAY)
    people = make_people()
    commune = make_agency("Ủy ban nhân dân phường An Biên", kind="commune")
    old = make_case("Đèn đường hỏng", commune=commune, place="Ngõ 12")
    Case.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=4000))

    assert (
        queries.likely_duplicates(make_case("Rác", commune=commune, place="Ngõ 12"), people["intake"]) == []
    )


def test_a_subject_is_named_in_the_language_of_the_page(db):
    subject = make_subject("Đất đai")
    subject.name_en = "Land"

    with translation.override("en"):
        in_english = str(subject)
    with translation.override("vi"):
        assert (in_english, str(subject)) == ("Land", "Đất đai")
