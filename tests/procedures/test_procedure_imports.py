"""Handed in, compared, confirmed by another: new, changed, unchanged, bad with the reason; twice changes nothing."""

import gzip
import os
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from register_files import lines, row, sheet

from factories import make_agency, make_published
from loa.core.models import Entry, Job
from loa.core.workflow import FlowError
from loa.procedures import actions, queries
from loa.procedures.jobs import take_in_import
from loa.procedures.models import Procedure, ProcedureImport, ProcedureVersion

pytestmark = pytest.mark.slow

SHARED = Path(os.environ.get("LOA_SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")
REGISTER = SHARED / "data" / "procedures_2642.jsonl.gz"


def hand_in(scene, content, name="register.jsonl", **fields):
    imported = actions.hand_in_register(content, name, agency=scene.office_body, by=scene.office, **fields)
    imported.refresh_from_db()
    return imported


def take_in(scene, imported):
    actions.confirm_import(imported, is_announced=False, by=scene.office_head)
    imported.refresh_from_db()
    return imported


def counts(imported):
    return tuple(imported.counts[kind] for kind in ("new", "changed", "unchanged", "bad"))


@pytest.mark.django_db(transaction=True)
class TestTakingIn:
    def test_new_procedures_are_published_at_once(self, scene):
        imported = take_in(scene, hand_in(scene, lines(row(1), row(2), packed=True), "register.jsonl.gz"))

        assert (imported.state, imported.done_count, counts(imported)) == ("taken_in", 2, (2, 0, 0, 0))
        found = Procedure.objects.get(code="1.000001")
        assert (found.agency, found.field.name, found.is_in_force) == (scene.agency, "Hộ tịch", True)
        assert (found.current.state, found.current.decision) == ("published", "15/QĐ-BTP")
        assert Entry.objects.filter(action="version.take_in").count() == 2

    def test_the_same_file_twice_changes_nothing(self, scene):
        content = lines(row(1), row(2))
        take_in(scene, hand_in(scene, content))

        again = hand_in(scene, content)

        assert counts(again) == (0, 0, 2, 0)
        with pytest.raises(FlowError, match="Nothing would change"):
            actions.confirm_import(again, is_announced=False, by=scene.office_head)
        assert ProcedureVersion.objects.count() == 2

    def test_a_change_makes_a_version_and_is_named(self, scene):
        take_in(scene, hand_in(scene, lines(row(1))))

        imported = hand_in(scene, lines(row(1, trinh_tu_thuc_hien="Một bước.", so_quyet_dinh="16/QĐ-BTP")))

        assert imported.rows.get().changes == ["decision", "steps"]
        take_in(scene, imported)
        procedure = Procedure.objects.get()
        assert dict(procedure.versions.values_list("number", "state")) == {1: "superseded", 2: "published"}
        assert procedure.current.change == "amended"

    def test_another_field_alone_makes_no_version(self, scene):
        take_in(scene, hand_in(scene, lines(row(1))))

        take_in(scene, hand_in(scene, lines(row(1, linh_vuc="Quốc tịch"))))

        procedure = Procedure.objects.get()
        assert (procedure.field.name, procedure.versions.count()) == ("Quốc tịch", 1)
        assert "quoc tich" in procedure.search_text

    def test_bad_rows_are_named_and_left_out(self, scene):
        procedure = make_published(scene.agency, code="1.000005")
        actions.draft_version(procedure, change="amended", by=scene.writer)
        content = lines(
            row(1), "{", row(1), row(2, ten_thu_tuc=""), row(3, co_quan_thuc_hien="Cục Hàng hải"),
            row(4, ma_thu_tuc="mã x"), row(5), row(6, linh_vuc=""),
        )  # fmt: skip

        imported = hand_in(scene, content)

        assert counts(imported) == (1, 0, 0, 7)
        assert list(imported.rows.filter(kind="bad").values_list("number", "reason")) == [
            (2, "This line is not JSON."),
            (3, "The code stands in row 1 already."),
            (4, "The code or the name is missing."),
            (5, "No body here is called “Cục Hàng hải”: say below which one is in charge."),
            (6, "A code begins with a digit or a capital letter: 1.012766, T-HPH-123456-TT."),
            (7, "A version of this procedure is being written here: publish or drop it first."),
            (8, "The field is missing."),
        ]
        take_in(scene, imported)
        assert Procedure.objects.filter(versions__state="published").count() == 2

    def test_names_are_answered_and_compared_again(self, scene):
        imported = hand_in(
            scene, lines(row(1, co_quan_thuc_hien="Cục Hàng hải"), row(2, co_quan_thuc_hien="Cục X"))
        )
        assert imported.unknown_names == [["Cục Hàng hải", 1], ["Cục X", 1]]

        actions.answer_names(
            imported,
            answers={"Cục Hàng hải": "so-tu-phap"},
            other_agency=make_agency("Sở Khác"),
            by=scene.office,
        )

        imported.refresh_from_db()
        assert (counts(imported), imported.unknown_names) == ((2, 0, 0, 0), [])
        take_in(scene, imported)
        names = list(Procedure.objects.order_by("code").values_list("agency__name", flat=True))
        assert names == ["Sở Tư pháp", "Sở Khác"]

    def test_what_changed_since_the_preview_is_left_out(self, scene):
        take_in(scene, hand_in(scene, lines(row(1))))
        imported = hand_in(scene, lines(row(1, trinh_tu_thuc_hien="Một bước.")))
        procedure = Procedure.objects.get()
        actions.edit_procedure(procedure, field="Quốc tịch", levels=["city"], by=scene.writer)

        take_in(scene, imported)

        assert (procedure.versions.count(), imported.done_count) == (1, 0)
        assert imported.rows.get().reason == "The procedure has changed here since the preview."

    def test_a_job_run_again_takes_nothing_in_twice(self, scene):
        imported = take_in(scene, hand_in(scene, lines(row(1), row(2))))
        job = Job.objects.create(title="x", state="queued", created_at=imported.created_at)

        take_in_import(imported.pk, scene.office_head.pk, job.pk)

        assert ProcedureVersion.objects.count() == 2

    def test_a_first_load_is_no_news_unless_said_so(self, scene):
        take_in(scene, hand_in(scene, lines(row(1))))
        actions.confirm_import(hand_in(scene, lines(row(2))), is_announced=True, by=scene.office_head)

        assert [version.procedure.code for version in queries.recent_changes()] == ["1.000002"]

    def test_a_file_that_breaks_on_the_way_says_so(self, scene):
        imported = hand_in(scene, gzip.compress(b'{"a": 1}\n')[:-4])

        assert (imported.state, imported.error) == ("failed", "The file is damaged.")

    @pytest.mark.slow
    @pytest.mark.long_on_postgres
    @pytest.mark.skipif(not REGISTER.exists(), reason="the register is not here")
    def test_the_register_as_it_is(self, scene):
        imported = hand_in(
            scene, REGISTER.read_bytes(), "procedures_2642.jsonl.gz", other_agency=scene.agency
        )

        assert sum(counts(imported)) == 2642
        assert imported.counts["bad"] == imported.rows.filter(kind="bad").exclude(reason="").count()
        assert imported.counts["new"] > 2600
        take_in(scene, imported)
        assert counts(hand_in(scene, REGISTER.read_bytes(), "again.jsonl.gz", other_agency=scene.agency))[
            :2
        ] == (0, 0)


@pytest.mark.django_db(transaction=True)
class TestSheets:
    def test_some_columns_change_only_those(self, scene):
        make_published(scene.agency, code="1.000001", name="Cấp thẻ")

        content = sheet(["Mã TTHC", "Tên thủ tục", "Nơi nộp hồ sơ"], ["1.000001", "Cấp thẻ", "Tầng 1"])
        take_in(scene, hand_in(scene, content, "a.xlsx"))

        version = Procedure.objects.get().current
        assert (version.place, version.steps.splitlines()[0]) == ("Tầng 1", "Nộp hồ sơ.")

    def test_a_cell_that_means_nothing_is_named(self, scene):
        heading = ["code", "name", "field", "agency", "decided_on", "ways"]
        content = sheet(
            heading,
            ["1.000001", "A", "Hộ tịch", "so-tu-phap", "32/13/2019", ""],
            ["1.000002", "B", "Hộ tịch", "so-tu-phap", "", "Bay | 3 ngày"],
        )

        imported = hand_in(scene, content, "a.xlsx")

        assert [reason.split(":")[0] for reason in imported.rows.values_list("reason", flat=True)] == [
            "“32/13/2019” is not a day, such as 15/07/2019.",
            "“Bay” is no way to submit",
        ]

    def test_a_sheet_without_codes_is_refused_with_a_sentence(self, scene):
        imported = hand_in(scene, sheet(["Tên"], ["x"]), "a.xlsx")

        assert (imported.state, imported.error.split(":")[0]) == (
            "failed",
            "The first row lacks these headings",
        )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"%PDF-1.4", b"plain words"])
def test_other_files_are_not_taken(scene, content):
    with pytest.raises(FlowError, match="JSON lines"):
        hand_in(scene, content, "a.zip")


def test_only_the_office_hands_in(scene):
    with pytest.raises(PermissionDenied):
        actions.hand_in_register(lines(row(1)), "a.jsonl", agency=scene.agency, by=scene.head)


@pytest.mark.parametrize(("by", "started_by"), [("office", "office_head"), ("office_head", "office_head")])
def test_another_head_of_the_office_confirms(scene, by, started_by):
    imported = ProcedureImport.objects.create(
        state="read", kind="national", agency=scene.office_body, file="x", file_name="x", sha256="0" * 64,
        counts={"new": 1, "changed": 0}, started_by=scene.people[started_by], created_at="2019-06-03T02:00:00Z",
    )  # fmt: skip

    with pytest.raises(PermissionDenied):
        actions.confirm_import(imported, is_announced=False, by=scene.people[by])
