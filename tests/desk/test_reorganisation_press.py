"""Press agreements, feeds and radio scripts of a body that ends go to who carries it on."""

from datetime import date

import pytest

from desk.reorganisation_scene import DAY, NOW, TODAY, make_scene, merge, prepare
from factories import make_clipping, make_press_body, make_script, make_user
from loa.campaigns.models import Candidate, Feed, PressAgreement, Station
from loa.campaigns.queries import agreements_visible_to, published_under, with_counts
from loa.core import history
from loa.desk import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english"), pytest.mark.slow]


@pytest.fixture
def scene(today):
    """The department of press keeps everything that may pass; the department of culture takes it."""
    today(TODAY)
    scene = make_scene()
    scene.paper = make_press_body(scene.press)
    return scene


def agree(scene, agency, *, ends_on=date(2019, 12, 31), **fields):
    return PressAgreement.objects.create(
        agency=agency,
        press_body=scene.paper,
        subject="Chuyên trang",
        starts_on=date(2019, 1, 1),
        ends_on=ends_on,
        by=scene.head,
        at=NOW,
        **fields,
    )


def watch(scene, agency, address="https://bao.example/rss"):
    return Feed.objects.create(agency=agency, press_body=scene.paper, address=address, by=scene.head)


def find(feed, key):
    return Candidate.objects.create(
        feed=feed,
        agency=feed.agency,
        key=key,
        title=key,
        link=f"https://bao.example/{key}",
        on=TODAY,
        found_at=NOW,
    )


def script_of(scene, agency, **fields):
    return make_script(agency, scene.officer, **fields)


@pytest.fixture
def apply(scene, today):
    """The department of press goes into that of culture on its day."""

    def run():
        decision = prepare(scene)
        merge(scene, decision, scene.press, into=scene.culture)
        actions.rehearse_decision(decision, by=scene.administrator)
        today(DAY)
        actions.apply_decision(decision, by=scene.administrator)
        return decision

    return run


def holders(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.agency for row in rows]


def test_the_dry_run_lists_what_would_pass_and_moves_nothing(scene):
    agreement = agree(scene, scene.press)
    feed = watch(scene, scene.press)
    script = script_of(scene, scene.press, source="story:1")
    station = Station.objects.create(
        agency=scene.press, name="Đài Sở", words_per_minute=160, target_seconds=60, longest_sentence=25
    )
    decision = prepare(scene)
    merge(scene, decision, scene.press, into=scene.culture)

    actions.rehearse_decision(decision, by=scene.administrator)

    listed = decision.hand_overs.filter(predecessor=scene.press, successor=scene.culture, how="moved")
    kinds = listed.values_list("kind_en", flat=True)
    assert {
        "Press agreement", "Feed of the press", "Radio script", "Radio station", "Entry of a press body",
    } <= set(kinds)  # fmt: skip
    assert holders(agreement, feed, script, station) == [scene.press] * 4
    scene.paper.refresh_from_db()
    assert scene.paper.agency_of_entry == scene.press


def test_what_runs_goes_to_the_successor_and_says_from_whom(scene, apply):
    rows = [
        agree(scene, scene.press, number="1/HĐ"),
        watch(scene, scene.press),
        script_of(scene, scene.press, source="story:1"),
        script_of(scene, scene.press, source="story:2", state="approved"),
    ]

    apply()

    assert holders(*rows) == [scene.culture] * 4
    for row in rows:
        entry = history.entries_of([row]).first()
        assert entry.action.endswith(".hand_over")
        assert (entry.data["from_agency"], entry.data["to_agency"]) == ("so-bao-chi", "so-van-hoa")
    scene.paper.refresh_from_db()
    assert scene.paper.agency_of_entry == scene.culture


def test_what_is_over_stays_under_the_old_name_and_can_be_read(scene, apply):
    rows = [
        agree(scene, scene.press, ends_on=date(2019, 6, 30)),
        agree(scene, scene.press, state="ended"),
        script_of(scene, scene.press, source="story:1", state="used"),
        script_of(scene, scene.press, source="story:2", state="dropped"),
    ]

    apply()

    assert holders(*rows) == [scene.press] * 4
    assert set(agreements_visible_to(scene.heir_point)) == set(rows[:2])


def test_an_agreement_that_ends_on_the_day_itself_goes_along(scene, apply):
    agreement = agree(scene, scene.press, ends_on=DAY)

    apply()

    assert holders(agreement) == [scene.culture]


def test_what_was_published_before_still_counts_for_the_agreement(scene, apply):
    agreement = agree(scene, scene.press)
    make_clipping(scene.press, scene.head, press_body=scene.paper, on=TODAY)

    apply()

    agreement.refresh_from_db()
    counted = with_counts(PressAgreement.objects.filter(pk=agreement.pk)).get()
    assert published_under(agreement).count() == counted.published_count == 1


def test_the_same_agreement_twice_is_listed_with_the_reason(scene, apply):
    agreement = agree(scene, scene.press, number="1/HĐ")
    agree(scene, scene.culture, number="1/hđ")

    decision = apply()

    refused = decision.hand_overs.get(how="refused", kind_en="Press agreement")
    assert "of this number" in refused.note_en
    assert holders(agreement) == [scene.press]


def test_the_same_script_twice_is_listed_with_the_reason(scene, apply):
    script = script_of(scene, scene.press, source="story:1")
    script_of(scene, scene.culture, source="story:1")

    decision = apply()

    assert "unfinished script" in decision.hand_overs.get(how="refused", kind_en="Radio script").note_en
    assert holders(script) == [scene.press]


def test_of_two_feeds_of_one_address_one_goes_on_with_what_both_found(scene, apply):
    feed, kept = watch(scene, scene.press), watch(scene, scene.culture)
    fresh, known = find(feed, "a"), find(feed, "b")
    find(kept, "b")

    decision = apply()

    assert decision.hand_overs.get(kind_en="Feed of the press").how == "merged"
    feed.refresh_from_db()
    assert (feed.agency, feed.is_active) == (scene.press, False)
    assert holders(fresh, known) == [scene.culture, scene.press]
    assert fresh.feed == kept


def test_what_a_feed_found_goes_along(scene, apply):
    feed = watch(scene, scene.press)
    found = find(feed, "a")

    apply()

    assert holders(feed, found) == [scene.culture, scene.culture]


def test_a_draft_is_read_at_the_successors_station(scene, apply):
    facts = {"words_per_minute": 160, "target_seconds": 60, "longest_sentence": 25}
    old = Station.objects.create(agency=scene.press, name="Đài cũ", **facts)
    new = Station.objects.create(agency=scene.culture, name="Đài mới", **facts)
    draft = script_of(scene, scene.press, source="story:1", station=old)
    approved = script_of(scene, scene.press, source="story:2", station=old, state="approved")

    apply()

    assert holders(draft, approved) == [scene.culture] * 2
    assert (draft.station, approved.station) == (new, old)
    assert holders(old) == [scene.press]


def test_the_heads_of_the_successor_approve_what_was_checked(scene, apply):
    script = script_of(scene, scene.press, source="story:1", state="checked")

    apply()

    script.refresh_from_db()
    assert scene.heir_head.has_perm("campaigns.approve_script", script)
    assert not make_user(scene.tourism, "head").has_perm("campaigns.approve_script", script)
