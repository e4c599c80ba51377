"""The shipped facts about the sample city hold together and invent nothing."""

import csv
import json
import os
import re
import unicodedata
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

DATA = resources.files("loa.directory").joinpath("data")
SOURCES = Path(os.environ.get("LOA_SOURCE_DATA", Path(__file__).parents[3] / "shared" / "data"))
MARKS = {"V", "VD", "S", "K+", "K", "K-"}


def load(name):
    return json.loads(DATA.joinpath(name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def of_2019():
    return load("hai_phong_2019.json")


@pytest.fixture(scope="module")
def of_2025():
    return load("hai_phong_2025.json")


@pytest.fixture(scope="module")
def agencies(of_2019, of_2025):
    return {agency["code"]: agency for agency in of_2019["agencies"] + of_2025["agencies"]}


@pytest.fixture(scope="module")
def groups():
    return {group["code"]: group for group in load("hai_phong_groups.json")["groups"]}


def types_of_communes(agencies):
    """The first words after "Ủy ban nhân dân" in the names of the communes."""
    names = [a["name"].removeprefix("Ủy ban nhân dân ") for a in agencies if a["kind"] == "commune"]
    return Counter(
        next(kind for kind in ("thị trấn", "đặc khu", "phường", "xã") if name.startswith(kind))
        for name in names
    )


def members_on(group, agencies, day):
    """Codes of a group as of a day, as the README of the data says."""
    chosen = set(group["codes"])
    for part in group["select"]:
        if date.fromisoformat(part.get("valid_from", "0001-01-01")) <= day:
            chosen |= {
                code
                for code, agency in agencies.items()
                if agency["kind"] in part["kinds"] and agency["level"] == part["level"]
            }
    return {code for code in chosen if exists_on(agencies[code], day)}


def exists_on(agency, day):
    starts = date.fromisoformat(agency["valid_from"] or "0001-01-01")
    ends = date.fromisoformat(agency["valid_to"] or "9999-12-31")
    return starts <= day <= ends


def test_codes_are_unique_slugs(of_2019, of_2025):
    codes = [agency["code"] for agency in of_2019["agencies"] + of_2025["agencies"]]

    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert [code for code in codes if not code.replace("-", "").isalnum() or not code.isascii()] == []


def test_the_city_of_2019_has_15_districts_and_223_communes(of_2019):
    districts = [a for a in of_2019["agencies"] if a["kind"] == "district"]

    assert len(districts) == 15
    assert types_of_communes(of_2019["agencies"]) == {"xã": 143, "phường": 70, "thị trấn": 10}


def test_the_communes_of_each_district_are_as_many_as_known(of_2019):
    by_code = {agency["code"]: agency for agency in of_2019["agencies"]}

    counts = Counter(by_code[a["parent"]]["place"] for a in of_2019["agencies"] if a["kind"] == "commune")

    assert counts == {
        "Hồng Bàng": 11, "Ngô Quyền": 13, "Lê Chân": 15, "Hải An": 8, "Kiến An": 10, "Đồ Sơn": 7, "Dương Kinh": 6,
        "Thủy Nguyên": 37, "An Dương": 16, "An Lão": 17, "Kiến Thụy": 18, "Tiên Lãng": 23, "Vĩnh Bảo": 30,
        "Cát Hải": 12,
    }  # fmt: skip


def test_the_city_of_2019_has_17_departments_and_the_bodies_of_its_plan(of_2019):
    kinds = Counter(a["kind"] for a in of_2019["agencies"] if a["level"] == "city")
    departments = [a for a in of_2019["agencies"] if a["code"].startswith("so-")]

    assert len(departments) == 17
    assert kinds == {
        "peoples_committee": 1, "office": 1, "department": 18, "inspectorate": 1, "police": 1, "service_unit": 1,
        "party_board": 3, "mass_organisation": 5, "union": 2, "press": 3, "other": 1,
    }  # fmt: skip


def test_the_city_of_2025_has_114_communes_and_14_specialised_bodies(of_2025, agencies):
    assert types_of_communes(of_2025["agencies"]) == {"xã": 67, "phường": 45, "đặc khu": 2}
    assert len(of_2025["specialised_bodies"]) == 14
    assert [
        code for code in of_2025["specialised_bodies"] if not exists_on(agencies[code], date(2026, 1, 1))
    ] == []


def test_every_parent_exists(agencies):
    assert [a["code"] for a in agencies.values() if a["parent"] and a["parent"] not in agencies] == []


def test_validity_dates_are_in_order(agencies):
    wrong = [
        a["code"]
        for a in agencies.values()
        if a["valid_from"] and a["valid_to"] and a["valid_to"] < a["valid_from"]
    ]

    assert wrong == []


def test_every_fact_carries_a_known_mark(agencies, of_2025):
    marks = {agency["mark"] for agency in agencies.values()} | {r["mark"] for r in of_2025["reorganisations"]}

    assert marks <= MARKS


def test_continuing_bodies_are_those_of_2019_without_an_end(of_2019, of_2025):
    assert of_2025["continuing"] == [a["code"] for a in of_2019["agencies"] if a["valid_to"] is None]


def test_every_reorganisation_names_existing_bodies(of_2025, agencies):
    named = {
        code for r in of_2025["reorganisations"] for code in [*r["from"], *r["to"], *r.get("territory", [])]
    }

    assert named - set(agencies) == set()


def test_predecessors_end_before_their_successors_take_over(of_2025, agencies):
    wrong = []
    for change in of_2025["reorganisations"]:
        day = date.fromisoformat(change["date"])
        wrong += [code for code in change["from"] if exists_on(agencies[code], day)]
        wrong += [code for code in change["to"] if not exists_on(agencies[code], day)]

    assert wrong == []


def test_each_commune_of_2019_is_either_proven_or_listed_as_unknown(of_2019, of_2025):
    communes = {a["code"] for a in of_2019["agencies"] if a["kind"] == "commune"}
    proven = {code for r in of_2025["reorganisations"] if r["to"] for code in r["from"]} & communes
    unknown = {row["code"] for row in of_2025["unknown_successors"]} & communes

    assert (len(proven), len(unknown), proven & unknown, communes - proven - unknown) == (
        126,
        97,
        set(),
        set(),
    )


def test_every_body_that_ended_is_followed_or_listed_as_unknown(of_2025, agencies):
    handled = {code for r in of_2025["reorganisations"] for code in r["from"]}
    handled |= {row["code"] for row in of_2025["unknown_successors"]}

    assert {a["code"] for a in agencies.values() if a["valid_to"]} - handled == set()


def test_a_doubtful_reorganisation_is_not_called_proven(of_2025):
    doubtful = [r["from"] for r in of_2025["reorganisations"] if not r["proven"]]

    assert doubtful == [["dai-ptth", "bao-hai-phong"], ["cong-doan-vien-chuc"], ["bao-an-ninh"]]
    assert [r["mark"] for r in of_2025["reorganisations"] if r["proven"] and r["mark"] in {"K", "K-"}] == []


def test_the_split_department_has_its_two_successors(of_2025):
    split = next(r for r in of_2025["reorganisations"] if r["from"] == ["so-thong-tin-truyen-thong"])

    assert (split["kind"], split["to"]) == ("split", ["so-van-hoa-the-thao-du-lich", "so-khoa-hoc-cong-nghe"])


def test_a_ward_whose_ground_was_divided_has_all_its_successors(of_2025):
    gia_vien = next(r for r in of_2025["reorganisations"] if r["from"] == ["11347-2019"])

    assert (gia_vien["kind"], gia_vien["to"]) == ("split", ["11311-2025", "11329-2025", "11359-2025"])


@pytest.mark.parametrize(
    ("code", "day", "count"),
    [
        ("ubnd-quan-huyen", date(2019, 2, 1), 15),
        ("ubnd-quan-huyen", date(2025, 3, 1), 15),
        ("ubnd-quan-huyen", date(2025, 7, 1), 0),
        ("ubnd-cap-xa", date(2019, 2, 1), 223),
        ("ubnd-cap-xa", date(2025, 7, 1), 114),
        ("so-ban-nganh", date(2019, 2, 1), 21),
        ("co-quan-bao-chi", date(2019, 2, 1), 3),
        ("co-quan-bao-chi", date(2026, 1, 1), 1),
        ("dai-truyen-thanh-quan-huyen", date(2019, 2, 1), 14),
        ("dai-truyen-thanh-cac-cap", date(2019, 2, 1), 237),
        ("phong-van-hoa-thong-tin", date(2019, 2, 1), 14),
        ("doan-the", date(2019, 2, 1), 7),
        ("so-ban-nganh-doan-the", date(2019, 2, 1), 28),
        ("so-ban-nganh-quan-huyen-doan-the", date(2019, 2, 1), 43),
        ("so-nganh-dia-phuong-lien-quan", date(2019, 2, 1), 36),
        ("so-nganh-dia-phuong-lien-quan", date(2026, 1, 1), 129),
        ("ban-dang-thanh-uy", date(2019, 2, 1), 2),
        ("ban-dang-thanh-uy", date(2026, 1, 1), 1),
    ],
)
def test_a_group_expands_as_of_a_date(groups, agencies, code, day, count):
    assert len(members_on(groups[code], agencies, day)) == count


def test_the_city_press_of_2019_is_named(groups, agencies):
    assert members_on(groups["co-quan-bao-chi"], agencies, date(2019, 2, 1)) == {
        "dai-ptth",
        "bao-hai-phong",
        "bao-an-ninh",
    }


def test_every_group_is_expanded_by_a_rule_that_finds_somebody(groups, agencies):
    days = [date(2019, 2, 1), date(2026, 1, 1)]

    empty = [
        code for code, group in groups.items() if not any(members_on(group, agencies, day) for day in days)
    ]

    assert empty == []


def test_no_printed_name_belongs_to_two_groups(groups):
    names = [name for group in groups.values() for name in [group["name"], *group["aliases"]]]

    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_city_body_shares_a_name_or_alias(agencies):
    city = [a for a in agencies.values() if a["level"] == "city"]

    names = Counter(
        name for a in city for name in {a["name"], a.get("short_name"), *a.get("aliases", [])} if name
    )

    assert [name for name, times in names.items() if times > 1] == []


def spelled(name):
    """One spelling for hoà/hòa and thuỷ/thủy: letters first, then the tones of the word."""
    words = unicodedata.normalize("NFD", name.lower()).split()
    return [(re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", word), sorted(word)) for word in words]


def test_no_successor_of_a_commune_is_invented(of_2025, agencies):
    source = SOURCES / "hai_phong_units_2025.csv"
    if not source.exists():
        pytest.skip(f"the published list of the 114 communes is not here: {source}")
    with source.open(encoding="utf-8") as file:
        printed = {f"{row['gso_code']}-2025": row["predecessors_text"] for row in csv.DictReader(file)}

    invented = []
    for change in of_2025["reorganisations"]:
        for old, new in ((old, new) for old in change["from"] for new in change["to"] if new in printed):
            name = spelled(agencies[old]["name"].removeprefix("Ủy ban nhân dân "))
            listed = [spelled(part.split(" (")[0]) for part in printed[new].split(", ")]
            if name not in listed:
                invented.append((old, new))

    assert invented == []
