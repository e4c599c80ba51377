"""The pages of the staff: each act through the interface, refusals that keep what was typed, queries that do not grow."""

from io import BytesIO

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from factories import make_published
from loa.procedures import actions
from loa.procedures.models import (
    ClarityAnswer,
    CommunicationProposal,
    Procedure,
    ProcedureFile,
    ProcedureImport,
    ProcedureVersion,
    ServiceDesk,
)

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def url(name, *args):
    return reverse(f"procedures:{name}", args=args)


@pytest.fixture
def see(scene, as_user):
    def get(role, name, *args, query="", **headers):
        return as_user(scene.people[role]).get(url(name, *args) + query, **headers)

    return get


@pytest.fixture
def send(scene, as_user):
    def post(role, name, *args, data=None):
        return as_user(scene.people[role]).post(url(name, *args), data or {})

    return post


def rows(prefix, *given, initial=0):
    form = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    return form | {
        f"{prefix}-{at}-{key}": value for at, row in enumerate(given) for key, value in row.items()
    }


def version_form(**fields):
    form = {"name": "Cấp thẻ", "change": "new", "edition": 0, "decision": "Quyết định số 9/QĐ-UBND"}
    form |= {"decided_on": "2019-05-31", "steps": "Nộp.\n\nNhận.", "legal_basis_lines": "Luật A\n\nLuật B"}
    return {
        **form,
        **rows("ways", {"way": "in_person", "time": "5 ngày làm việc", "fee": "Không thu"}, {"way": ""}),
        **rows("papers", {"name": "Tờ khai", "form": "Mẫu 1", "originals": 1, "copies": ""}, {"name": ""}),
        **fields,
    }


def test_a_clerk_enters_a_procedure_and_writes_it(scene, send):
    data = {"code": "1.001193", "name": "Cấp thẻ", "field": "Hộ tịch", "levels": ["city", "commune"]}
    response = send("clerk", "procedure_add", data=data)
    version = ProcedureVersion.objects.get()
    assert response["Location"] == url("version_edit", version.pk)

    assert send("clerk", "version_edit", version.pk, data=version_form()).status_code == 302

    version.refresh_from_db()
    assert version.ways == [{"way": "in_person", "time": "5 ngày làm việc", "fee": "Không thu"}]
    assert version.papers == [{"name": "Tờ khai", "form": "Mẫu 1", "originals": 1}]
    assert (version.legal_bases, version.due_on.isoformat()) == (["Luật A", "Luật B"], "2019-06-07")


def test_a_row_is_removed(scene, send):
    version = scene.version()
    data = version_form(
        **rows("papers", {"name": "Tờ khai", "originals": 1, "DELETE": "on"}, {"name": "Ảnh"}, initial=1)
    )

    send("writer", "version_edit", version.pk, data=data)

    assert scene.fresh(version).papers == [{"name": "Ảnh"}]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"decided_on": "2019-06-04", "place": "Tầng chín"}, "Tầng chín"),
        ({"ways-0-way": "", "place": "Tầng mười"}, "Tầng mười"),
        ({"name": "", "papers-0-name": "Giấy lạ"}, "Giấy lạ"),
        ({"edition": 7, "place": "Tầng hai"}, "Tầng hai"),
    ],
)
def test_what_was_typed_is_kept_when_refused(scene, send, fields, kept):
    version = scene.version()

    response = send("writer", "version_edit", version.pk, data=version_form(**fields))

    assert response.status_code in (409, 422)
    assert kept in response.content.decode()
    assert scene.fresh(version).place == ""


def test_the_steps_by_their_buttons(scene, send, see):
    version = scene.version()
    send("writer", "version_step", version.pk, "hand_to_head")
    send("head", "version_step", version.pk, "approve")

    assert send("clerk", "version_step", version.pk, "publish").status_code == 302

    assert Procedure.objects.get().is_in_force
    assert see("writer", "version_detail", version.pk).status_code == 200


def test_a_step_that_is_not_open_says_why(scene, see, send):
    version = scene.version()

    assert see("writer", "version_step", version.pk, "publish").status_code == 409
    assert see("writer", "version_step", version.pk, "take_in").status_code == 404
    assert send("writer", "version_step", version.pk, "approve").status_code in (403, 409)


def test_another_agency_finds_nothing(scene, see):
    version = scene.version()

    for name, pk in [
        ("version_detail", version.pk), ("version_edit", version.pk), ("procedure_detail", version.procedure_id),
        ("version_compare", version.pk), ("procedure_answers", version.procedure_id),
    ]:  # fmt: skip
        assert see("stranger", name, pk).status_code == 404


def test_who_oversees_reads_but_does_not_write(scene, see):
    version = scene.version()

    assert see("office", "version_detail", version.pk).status_code == 200
    assert see("office", "version_edit", version.pk).status_code == 403


def test_a_form_is_added_and_removed(scene, send, see):
    from django.core.files.uploadedfile import SimpleUploadedFile

    version = scene.version()
    file = SimpleUploadedFile("mau 1.pdf", PDF)
    send("writer", "version_file", version.pk, data={"title": "Mẫu 1", "file": file})
    paper = ProcedureFile.objects.get()

    download = see("writer", "file_download", paper.pk)

    assert (b"".join(download.streaming_content), paper.file_name) == (PDF, "mau 1.pdf")
    send("writer", "file_remove", paper.pk)
    assert not ProcedureFile.objects.exists()


def test_a_new_version_keeps_the_forms(scene, send):
    from django.core.files.uploadedfile import SimpleUploadedFile

    version = scene.version()
    send(
        "writer",
        "version_file",
        version.pk,
        data={"title": "Mẫu 1", "file": SimpleUploadedFile("a.pdf", PDF)},
    )
    for role, step in [("writer", "hand_to_head"), ("head", "approve"), ("writer", "publish")]:
        send(role, "version_step", version.pk, step)

    send("writer", "procedure_draft", version.procedure_id, data={"change": "amended"})

    assert sorted(ProcedureFile.objects.values_list("version__number", flat=True)) == [1, 2]


def test_the_export_is_taken_back_without_a_change(scene, see):
    make_published(
        scene.agency, steps="Một | hai.\n\nBa \\ bốn.", papers=[{"case": "a|b", "name": "x\ny", "copies": 2}],
        keywords="thẻ", is_by_post=True,
    )  # fmt: skip
    content = see("office", "procedure_list", query="?export=xlsx").content
    heading = [cell.value for cell in next(load_workbook(BytesIO(content)).active.iter_rows())]
    assert heading[:3] == ["Mã", "Tên thủ tục", "Lĩnh vực"]

    imported = actions.hand_in_register(content, "thu-tuc.xlsx", agency=scene.office_body, by=scene.office)

    from loa.procedures.jobs import read_import

    read_import(imported.pk, imported.job.pk)
    imported.refresh_from_db()
    assert imported.counts == {"new": 0, "changed": 0, "bad": 0, "unchanged": 1}


def test_an_import_through_the_pages(scene, send, see):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from register_files import lines, row

    data = {"file": SimpleUploadedFile("a.jsonl", lines(row(1), row(2, co_quan_thuc_hien="Cục X")))}
    response = send("office", "import_add", data=data)
    imported = ProcedureImport.objects.get()
    assert response["Location"] == imported.get_absolute_url()
    from loa.procedures.jobs import read_import

    read_import(imported.pk, imported.job.pk)

    page = see("office", "import_detail", imported.pk).content.decode()
    assert "Cục X" in page
    assert see("office", "import_confirm", imported.pk).status_code == 409
    assert send("office_head", "import_confirm", imported.pk).status_code == 302
    imported.refresh_from_db()
    assert imported.state == "taking_in"


def test_a_file_of_another_kind_is_refused_on_the_page(scene, send):
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = send("office", "import_add", data={"file": SimpleUploadedFile("a.pdf", PDF)})

    assert response.status_code == 409
    assert "JSON theo dòng" in response.content.decode()


def test_a_proposal_through_the_pages(scene, send, see):
    version = scene.version(state="published")
    assert "thủ tục “Đăng ký khai sinh”" in see("writer", "version_propose", version.pk).content.decode()
    send("writer", "version_propose", version.pk, data={"plan": scene.plan.pk, "content": "Tuyên truyền"})
    proposal = CommunicationProposal.objects.get()

    assert send("coordinator", "proposal_take_up", proposal.pk, data={}).status_code == 422
    assert send("coordinator", "proposal_step", proposal.pk, "decline", data={"note": ""}).status_code == 422
    assert (
        send("coordinator", "proposal_step", proposal.pk, "decline", data={"note": "Trùng"}).status_code
        == 302
    )

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "Trùng")
    assert see("stranger", "proposal_detail", proposal.pk).status_code == 404


def test_the_unit_where_papers_are_handed_in(scene, send, see):
    data = {"name": "Bộ phận Một cửa", "address": "Tầng 1"}

    assert send("clerk", "desk_edit", "so-tu-phap", data=data).status_code == 302
    assert send("stranger", "desk_edit", "so-tu-phap", data=data).status_code == 404
    assert ServiceDesk.objects.get().address == "Tầng 1"


def test_words_of_a_reader_are_taken_away(scene, send, see):
    version = scene.version(state="published")
    answer = actions.say_if_clear(version, is_clear=False, words="Ông A ở số 1", token="x")

    assert send("officer", "answer_clear", answer.pk).status_code == 403
    assert send("writer", "answer_clear", answer.pk).status_code == 302

    assert ClarityAnswer.objects.get().words == ""


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_queries(scene, as_user, count):
    for number in range(count):
        make_published(scene.agency, name=f"Thủ tục {number}", code=f"2.{number:06d}")
    client = as_user(scene.writer)
    client.get(url("procedure_list"))

    from django.db import connection

    with CaptureQueriesContext(connection) as found:
        client.get(url("procedure_list"))

    assert len(found) == 14
