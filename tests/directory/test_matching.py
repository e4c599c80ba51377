import json
import os
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.directory.matching import Candidate, Why, decided, expand, match, wording

DATA = resources.files("loa.directory").joinpath("data")
DAY = date(2019, 2, 1)
SOURCES = Path(os.environ.get("LOA_SOURCE_DATA", Path(__file__).parents[3] / "shared" / "data"))


def load(name):
    return json.loads(DATA.joinpath(name).read_text(encoding="utf-8"))


def names_of(row):
    return tuple(name for name in (row["name"], row.get("short_name"), *row.get("aliases", [])) if name)


def existed(agency):
    return (agency["valid_from"] or "0001") <= DAY.isoformat() <= (agency["valid_to"] or "9999")


@pytest.fixture(scope="module")
def candidates():
    rows = [agency for agency in load("hai_phong_2019.json")["agencies"] if existed(agency)]
    rows += load("hai_phong_groups.json")["groups"]
    return [Candidate(row["code"], names_of(row)) for row in rows]


def best(printed, candidates):
    return match(printed, candidates, {})[0]


@pytest.mark.parametrize(
    ("printed", "written_out"),
    [
        ("VP UBND TP", "văn phòng ủy ban nhân dân thành phố"),
        ("Sở TT&TT", "sở thông tin và truyền thông"),
        ("Sở LĐ-TB&XH", "sở lao động - thương binh và xã hội"),
        ("Ban Dân vận TU", "ban dân vận thành ủy"),
        ("Đài PT-TH HP", "đài phát thanh và truyền hình hải phòng"),
        ("VPUB, CATP", "văn phòng ủy ban nhân dân, công an thành phố"),
        ("tu bổ di tích", "tu bổ di tích"),
        ("", ""),
    ],
)
def test_expand_writes_abbreviations_out(printed, written_out):
    assert expand(printed) == written_out


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("VP UBND thành phố", "vp-ubnd"),
        ("VPUB", "vp-ubnd"),
        ("Văn phòng Uỷ ban nhân dân TP.", "vp-ubnd"),
        ("UBND TP", "hp"),
        ("Sở Tư Pháp", "so-tu-phap"),
        ("Sở TTTT", "so-thong-tin-truyen-thong"),
        ("Sở VH&TT", "so-van-hoa-the-thao"),
        ("Sở Văn hoá và Thể thao", "so-van-hoa-the-thao"),
        ("Sở Lao động, Thương binh và Xã hội", "so-lao-dong-tbxh"),
        ("CATP", "cong-an"),
        ("Ban Tuyên giáo", "ban-tuyen-giao-tu"),
        ("Ban Dân vận TU", "ban-dan-van-tu"),
        ("Đài PT&TH Hải Phòng", "dai-ptth"),
        ("Phòng VH-TT quận Lê Chân", "pvhtt-305"),
        ("UBND huyện Thuỷ Nguyên", "311-2019"),
        ("UBND phường Hùng Vương", "11299-2019"),
        ("UBND xã Quốc Tuấn, huyện An Lão", "11650-2019"),
        ("Ủy ban nhân dân các quận, huyện", "ubnd-quan-huyen"),
        ("Các sở, ngành có liên quan", "so-ban-nganh"),
        ("các cơ quan báo chí", "co-quan-bao-chi"),
    ],
)
def test_match_finds_the_body_behind_a_printed_name(candidates, printed, code):
    found = decided(match(printed, candidates, {}))

    assert found is not None
    assert found.code == code
    assert found.score >= 98


def test_match_suggests_for_a_typing_error_and_says_it_is_only_alike(candidates):
    found = best("Công đoàn viên thành phố", candidates)

    assert (found.code, found.why) == ("cong-doan-vien-chuc", Why.ALIKE)
    assert 90 <= found.score < 97


def test_match_without_accents_scores_below_the_same_name(candidates):
    found = best("so thong tin va truyen thong", candidates)

    assert (found.code, found.score, found.why) == ("so-thong-tin-truyen-thong", 97.0, Why.UNACCENTED)


def test_match_keeps_names_apart_that_differ_in_one_accent():
    pair = [Candidate("cam-giang", ("UBND xã Cẩm Giang",)), Candidate("cam-giang-2", ("UBND xã Cẩm Giàng",))]

    found = match("Ủy ban nhân dân xã Cẩm Giàng", pair, {})

    assert [(m.code, m.score) for m in found] == [("cam-giang-2", 100.0), ("cam-giang", 97.0)]


@pytest.mark.parametrize(
    ("printed", "neighbour"),
    [
        ("UBND phường An Hòa", "Ủy ban nhân dân phường An Hải"),
        ("UBND xã An Lão", "Ủy ban nhân dân phường An Lão"),
        ("Sở Nội vụ", "Sở Ngoại vụ"),
        ("Đài Truyền thanh quận Kiến An", "Đài Truyền thanh quận Hải An"),
    ],
)
def test_match_does_not_take_a_neighbour_for_an_unknown_body(printed, neighbour):
    assert decided(match(printed, [Candidate("neighbour", (neighbour,))], {})) is None


def test_homonyms_are_left_to_a_person(candidates):
    found = match("UBND xã Quốc Tuấn", candidates, {})

    assert {m.code for m in found if m.score == 100} == {"11620-2019", "11650-2019"}
    assert decided(found) is None


def test_a_remembered_correction_comes_first(candidates):
    remembered = {"Công đoàn viên thành phố": "cong-doan-vien-chuc"}

    found = decided(match("công đoàn viên TP", candidates, remembered))

    assert (found.code, found.score, found.why) == ("cong-doan-vien-chuc", 100.0, Why.REMEMBERED)


def test_a_remembered_correction_wins_over_the_same_name():
    pair = [Candidate("first", ("Sở Y tế",)), Candidate("second", ("Sở Y tế mới",))]

    found = decided(match("Sở Y tế", pair, {"Sở Y tế": "second"}))

    assert (found.code, found.why) == ("second", Why.REMEMBERED)


def test_a_remembered_body_that_is_no_candidate_is_passed_over(candidates):
    found = best("Sở Nội vụ", candidates)

    assert match("Sở Nội vụ", candidates, {"Sở Nội vụ": "gone"})[0] == found


def test_match_gives_at_most_five_from_the_suggestion_mark_up(candidates):
    found = match("UBND xã Hòa", candidates, {})

    assert len(found) == 5
    assert min(m.score for m in found) >= wording().suggest_from


@pytest.mark.parametrize("printed", ["", "  ", "...", "Câu lạc bộ nghệ nhân làng nghề gốm"])
def test_match_of_a_stranger_decides_nothing(candidates, printed):
    assert decided(match(printed, candidates, {})) is None


@given(st.text(max_size=60))
def test_match_scores_stay_between_the_marks(printed):
    found = match(printed, [Candidate("a", ("Sở Nội vụ", "SNV")), Candidate("b", ("UBND TP",))], {})

    assert all(60 <= m.score <= 100 for m in found)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


MEANT = {
    "sở thông tin và truyền thông": "so-thong-tin-truyen-thong",
    "sở nội vụ": "so-noi-vu",
    "sở tài chính": "so-tai-chinh",
    "sở tư pháp": "so-tu-phap",
    "sở văn hóa và thể thao": "so-van-hoa-the-thao",
    "văn phòng ủy ban nhân dân thành phố": "vp-ubnd",
    "ban tuyên giáo": "ban-tuyen-giao-tu",
    "ban tuyên giáo thành ủy": "ban-tuyen-giao-tu",
    "ban dân vận thành ủy": "ban-dan-van-tu",
    "công đoàn viên thành phố": "cong-doan-vien-chuc",
    "công đoàn viên chức thành phố": "cong-doan-vien-chuc",
    "thành đoàn hải phòng": "thanh-doan",
    "đài phát thanh và truyền hình hải phòng": "dai-ptth",
    "báo hải phòng": "bao-hai-phong",
    "báo an ninh hải phòng": "bao-an-ninh",
    "các cơ quan báo chí": "co-quan-bao-chi",
    "các cơ quan báo chí thành phố": "co-quan-bao-chi",
    "ubnd các quận, huyện": "ubnd-quan-huyen",
    "các sở, ngành liên quan": "so-ban-nganh",
    "các sở, ngành, địa phương, cơ quan, tổ chức liên quan": "so-nganh-dia-phuong-lien-quan",
    "hệ thống đài truyền thanh quận, huyện": "dai-truyen-thanh-quan-huyen",
    "đài truyền thanh các quận, huyện": "dai-truyen-thanh-quan-huyen",
    "đài truyền thanh các quận, huyện, xã, phường, thị trấn": "dai-truyen-thanh-cac-cap",
    "các sở, ban, ngành, ủy ban nhân dân các quận, huyện, các cơ quan, đoàn thể": "so-ban-nganh-quan-huyen-doan-the",
}


def test_every_body_printed_in_the_plan_is_found(candidates):
    plan = SOURCES / "plans" / "ke_hoach_42_kh_ubnd_2019.truth.json"
    if not plan.exists():
        pytest.skip(f"the plan's published content is not here: {plan}")
    truth = json.loads(plan.read_text(encoding="utf-8"))
    printed = {name for task in truth["tasks"] for name in [*task["lead"], *task["coordinating"]]}
    printed |= {duty["agency"] for duty in truth["duties"]}

    found = {name.lower(): decided(match(name, candidates, {})) for name in printed}

    assert {name: m and m.code for name, m in found.items()} == MEANT
    assert {name for name, m in found.items() if m.score < 100} == {"công đoàn viên thành phố"}
