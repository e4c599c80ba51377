"""A version is written, approved by a head who did not write it, published; the one before becomes an earlier one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_published
from loa.channels.models import Notice
from loa.core.models import Entry
from loa.core.workflow import FlowError, StaleError
from loa.procedures import actions
from loa.procedures.models import OnlineLevel, Procedure, ProcedureVersion

WAYS = [{"way": "in_person", "time": "3 ngày làm việc", "fee": "8.000 đồng"}]


def test_entering_a_procedure_begins_its_first_draft(scene):
    version = actions.add_procedure(
        code="1.001193", name="Đăng ký  khai sinh", field="Hộ tịch", levels=["commune"], agency=scene.agency,
        by=scene.writer,
    )  # fmt: skip

    assert (version.number, version.state, version.change, version.name) == (
        1,
        "draft",
        "new",
        "Đăng ký khai sinh",
    )
    assert version.procedure.search_text == "1.001193 dang ky khai sinh ho tich so tu phap"


def test_a_code_stands_once(scene):
    scene.procedure(code="1.001193")

    with pytest.raises(FlowError, match=r"holds a procedure 1\.001193"):
        actions.add_procedure(
            code="1.001193",
            name="Khác",
            field="Hộ tịch",
            levels=["commune"],
            agency=scene.agency,
            by=scene.writer,
        )


def test_nobody_enters_a_procedure_for_another_agency(scene):
    with pytest.raises(PermissionDenied):
        actions.add_procedure(
            code="1.001193",
            name="Khác",
            field="Hộ tịch",
            levels=["commune"],
            agency=scene.agency,
            by=scene.stranger,
        )


def test_a_field_is_known_by_its_name_without_accents(scene):
    first = actions.field_called("Hộ tịch")

    assert actions.field_called("ho  tich") == first


def test_the_way_to_publication(scene):
    version = scene.version()

    actions.take_version_step(version, "hand_to_head", by=scene.writer)
    actions.take_version_step(version, "approve", by=scene.head)
    actions.publish_version(version, by=scene.clerk)

    procedure = Procedure.objects.get(pk=version.procedure_id)
    assert (procedure.current_id, procedure.is_in_force) == (version.pk, True)
    assert (version.state, version.published_on) == ("published", date(2019, 6, 3))
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-3:] == [
        "version.hand_to_head",
        "version.approve",
        "version.publish",
    ]


def test_who_acts_next_is_told_once(scene):
    version = scene.version()

    actions.take_version_step(version, "hand_to_head", by=scene.writer)

    assert list(Notice.objects.values_list("receiver", "subject_en")) == [
        (scene.head.pk, "Waiting for your approval: Đăng ký khai sinh")
    ]


def test_a_head_does_not_approve_what_the_head_wrote(scene):
    version = scene.version(state="with_head", written_by=scene.head)

    with pytest.raises(PermissionDenied):
        actions.take_version_step(version, "approve", by=scene.head)


def test_an_incomplete_version_is_not_handed_on(scene):
    version = scene.version(steps="", ways=[], papers=[], decided_on=None)

    with pytest.raises(FlowError) as refused:
        actions.take_version_step(version, "hand_to_head", by=scene.writer)

    assert str(refused.value) == (
        "Still missing: the decision and its day, the steps, a way to submit with its time, the papers to hand in."
    )


def test_an_abolition_needs_no_steps(scene):
    version = scene.version(change="abolished", steps="", ways=[], papers=[])

    actions.take_version_step(version, "hand_to_head", by=scene.writer)

    assert version.state == "with_head"


def test_a_return_needs_a_reason(scene):
    version = scene.version(state="with_head")

    with pytest.raises(FlowError, match="a reason is required"):
        actions.take_version_step(version, "return_to_writer", by=scene.head)


def test_publishing_the_next_version_makes_the_first_an_earlier_one(scene):
    procedure = make_published(scene.agency, name="Cấp thẻ")
    draft = actions.draft_version(procedure, change="amended", by=scene.writer)
    actions.edit_version(
        draft, edition=0, by=scene.writer, name="Cấp thẻ mới", ways=WAYS, decision="Quyết định số 9/QĐ-UBND",
        decided_on=date(2019, 5, 31), keywords="thẻ xanh",
    )  # fmt: skip
    actions.take_version_step(draft, "hand_to_head", by=scene.writer)
    actions.take_version_step(draft, "approve", by=scene.head)

    actions.publish_version(draft, by=scene.writer)

    procedure.refresh_from_db()
    assert (procedure.name, procedure.current_id) == ("Cấp thẻ mới", draft.pk)
    assert "the xanh" in procedure.search_text
    states = dict(procedure.versions.values_list("number", "state"))
    assert states == {1: "superseded", 2: "published"}


def test_a_published_abolition_takes_the_procedure_out_of_force(scene):
    procedure = make_published(scene.agency)
    draft = actions.draft_version(procedure, change="abolished", by=scene.writer)
    actions.take_version_step(_announced(scene, draft), "hand_to_head", by=scene.writer)
    actions.take_version_step(draft, "approve", by=scene.head)

    actions.publish_version(draft, by=scene.writer)

    procedure.refresh_from_db()
    assert (procedure.is_in_force, procedure.current_id) == (False, draft.pk)


def _announced(scene, draft):
    return actions.edit_version(
        draft,
        edition=draft.edition,
        by=scene.writer,
        decision="Quyết định số 7/QĐ-UBND",
        decided_on=date(2019, 5, 30),
    )


def test_one_version_is_written_at_a_time(scene):
    procedure = make_published(scene.agency)
    actions.draft_version(procedure, change="amended", by=scene.writer)

    with pytest.raises(FlowError, match="being written already"):
        actions.draft_version(procedure, change="amended", by=scene.writer)


def test_of_two_who_write_the_second_is_told(scene):
    version = scene.version()
    actions.edit_version(version, edition=0, by=scene.writer, place="Tầng 1")

    with pytest.raises(StaleError):
        actions.edit_version(scene.fresh(version), edition=0, by=scene.officer, place="Tầng 2")

    assert scene.fresh(version).place == "Tầng 1"


def test_a_second_click_on_publish_loses(scene):
    version = scene.version(state="approved")
    other = scene.fresh(version)
    actions.publish_version(version, by=scene.writer)

    with pytest.raises(StaleError):
        actions.publish_version(other, by=scene.writer)

    assert ProcedureVersion.objects.filter(state="published").count() == 1


def test_a_dropped_draft_leaves_room_for_another(scene):
    procedure = make_published(scene.agency)
    draft = actions.draft_version(procedure, change="amended", by=scene.writer)
    actions.take_version_step(draft, "drop", note="Nhầm", by=scene.writer)

    assert actions.draft_version(procedure, change="replaced", by=scene.writer).number == 3


def test_online_levels_ship_once(scene):
    assert actions.load_online_levels() == 6
    assert actions.load_online_levels() == 0
    assert OnlineLevel.objects.get(code="4").valid_to == date(2022, 8, 14)


def test_a_successor_takes_procedures_over(scene):
    from factories import make_agency

    heir = make_agency("Sở Tư pháp và Hộ tịch")
    procedure = make_published(scene.agency)

    moved = actions.hand_over_procedures(
        scene.agency, heir, on=date(2019, 6, 3), decision="Quyết định 1", by=scene.office
    )

    procedure.refresh_from_db()
    assert (procedure.agency, len(moved)) == (heir, 1)
    assert "so tu phap va ho tich" in procedure.search_text
