"""Radio scripts: made once, written, checked, approved by another, read."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_user
from loa.campaigns import actions, queries
from loa.campaigns.models import Abbreviation, Script, Station
from loa.channels.models import Notice
from loa.core import clock
from loa.core.workflow import FlowError, StaleError

TEXT = "UBND thành phố họp lúc 8h30 ngày 01/6/2019."


@pytest.fixture
def script(scene):
    return actions.make_script(
        title="Họp",
        text=TEXT,
        source="story:12",
        agency=scene.district,
        by=scene.local,
        source_url="/tin/12/",
    )


def write(script, by, **changes):
    said = {"title": "Họp", "text": TEXT, "readings": {}, "target_seconds": 90}
    return actions.write_script(script, **{**said, **changes}, by=by)


def test_a_script_is_read_with_the_stations_words(script):
    assert script.spoken_text.split("\n") == [
        "Kính thưa quý vị và các bạn.",
        (
            "Ủy ban nhân dân thành phố họp lúc tám giờ ba mươi phút ngày mồng một tháng sáu năm hai nghìn không trăm "
            "mười chín."
        ),
        "Cảm ơn quý vị và các bạn đã chú ý lắng nghe.",
    ]
    assert (script.source_text, script.target_seconds, script.seconds) == (TEXT, 90, 15)


def test_made_again_from_the_same_story_it_is_the_same(script, scene):
    again = actions.make_script(
        title="Khác", text="Khác", source="story:12", agency=scene.district, by=scene.local
    )

    assert again == script
    assert Script.objects.count() == 1


def test_the_same_pasted_text_is_one_draft(scene):
    made = [actions.make_script(title="A", text=TEXT, agency=scene.district, by=scene.local) for _ in "ab"]

    assert made[0] == made[1]


def test_an_own_station_decides_speed_and_words(scene):
    actions.save_station(
        Station(),
        name="Đài quận",
        words_per_minute=60,
        target_seconds=30,
        longest_sentence=10,
        opening="",
        closing="",
        note="",
        by=scene.local,
    )

    script = actions.make_script(title="A", text="một hai ba", agency=scene.district, by=scene.local)

    assert (script.spoken_text, script.seconds, script.target_seconds) == ("một hai ba.", 3, 30)


def test_a_reading_of_ones_own_is_kept(script, scene):
    row = write(script, scene.local, readings={"UBND": "ủy ban", "8h30": "8h30"})

    assert "ủy ban thành phố họp lúc 8h30 ngày mồng một" in row.spoken_text


def test_letters_are_read_as_on_the_day(scene):
    Abbreviation.objects.filter(letters="UBND").update(valid_to=date(2019, 6, 30))
    Abbreviation.objects.create(letters="UBND", spoken="ủy ban mới", valid_from=date(2019, 7, 1))

    before, after = queries.abbreviations_on(date(2019, 6, 30)), queries.abbreviations_on(date(2019, 7, 1))

    assert (before["UBND"], after["UBND"]) == ("Ủy ban nhân dân", "ủy ban mới")


def test_saved_by_somebody_else_meanwhile_it_is_not_overwritten(script, scene):
    opened = script.saved_at.isoformat()
    write(script, scene.local, title="Mới")

    with pytest.raises(StaleError):
        write(script, scene.local, saved_at=opened)


def test_nobody_approves_their_own(script, scene):
    head = make_user(scene.district, "head", "focal_point")
    own = actions.make_script(title="B", text="Khác", agency=scene.district, by=head)
    for each in (script, own):
        actions.take_script_step(each, "check", by=head)

    actions.take_script_step(script, "approve", by=head)

    with pytest.raises(PermissionDenied):
        actions.take_script_step(own, "approve", by=head)
    assert (script.state, script.approver) == ("approved", head)
    assert Notice.objects.filter(receiver=scene.local, key__startswith="script.approve").count() == 1


def test_an_approved_script_is_not_changed(script, scene):
    head = make_user(scene.district, "head")
    actions.take_script_step(script, "check", by=scene.local)
    actions.take_script_step(script, "approve", by=head)

    with pytest.raises(FlowError):
        write(script, scene.local)

    actions.take_script_step(script, "return_to_writer", note="Dài", by=head)
    write(script, scene.local, text="Ngắn")
    assert Script.objects.get().spoken_text.split("\n")[1] == "Ngắn."


def test_slots_of_a_week(script, scene):
    actions.plan_slot(script, slot_on=date(2019, 6, 12), slot_at=time(6, 15), by=scene.local)

    slots = queries.scripts_by_slot(date(2019, 6, 10), date(2019, 6, 16))

    assert [(slot.on, slot.at, slot.scripts) for slot in slots] == [
        (date(2019, 6, 12), time(6, 15), (script,))
    ]
    with pytest.raises(FlowError):
        actions.plan_slot(script, slot_on=None, slot_at=time(6, 15), by=scene.local)


def test_scripts_are_the_own_agencys(script, scene):
    seen = [queries.scripts_visible_to(user).count() for user in (scene.local, scene.coordinator)]

    assert seen == [1, 0]
    with pytest.raises(PermissionDenied):
        write(script, scene.coordinator)
    with pytest.raises(PermissionDenied):
        actions.make_script(title="A", text="B", agency=scene.district, by=scene.coordinator)


def test_too_long_and_too_empty_are_refused(scene):
    for text in ("", "x" * 50_001):
        with pytest.raises(FlowError):
            actions.make_script(title="A", text=text, agency=scene.district, by=scene.local)


def test_the_length_is_checked_against_what_is_wanted(script):
    sound = queries.sound_of_script(script, clock.today())

    assert (sound.over, [each.code for each in sound.findings]) == (-75, [])


def test_who_checks_or_approves_reads_by_how_much_it_is_too_long(script, scene, as_user):
    write(script, scene.local, text=TEXT, target_seconds=5)
    page = as_user(scene.local)

    check = page.get(f"/phat-thanh/{script.pk}/buoc/check/").content.decode()
    write(script, scene.local, target_seconds=90)
    fits = page.get(f"/phat-thanh/{script.pk}/buoc/check/").content.decode()

    assert "Dài quá 10 giây" in check
    assert "Dài quá" not in fits
