"""Legal documents are entered, related, published and taken off by who keeps them."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from documents.legal_scene import DAY, make_legal, make_scene
from loa.core.history import entries_of
from loa.core.uploads import check_upload
from loa.core.workflow import FlowError, StaleError
from loa.documents import actions
from loa.documents.models import Document, DocumentLink, LegalDocument
from loa.documents.queries import documents_visible_to, legal_documents_visible_to
from officialdoc.write.model import OutgoingDocument, Signature, Text
from officialdoc.write.word import write_docx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def scene(today):
    today(DAY)
    return make_scene()


def enter(scene, **fields):
    given = {
        "kind": "QUYẾT ĐỊNH",
        "printed_number": "7/QĐ-SBC",
        "issued_on": date(2019, 5, 2),
        "issuer_name": scene.press.name,
        "subject": "Quy chế đưa tin",
        "effective_from": date(2019, 5, 15),
        **fields,
    }
    return actions.enter_legal_document(agency=scene.press, by=given.pop("by", scene.clerk), **given)


def test_what_is_entered_is_seen_by_its_agency_alone_until_it_is_published(scene):
    legal = enter(scene)

    seen = {
        name: list(legal_documents_visible_to(getattr(scene, name)))
        for name in ("clerk", "officer", "stranger", "nobody")
    }
    assert seen == {"clerk": [legal], "officer": [legal], "stranger": [], "nobody": []}

    actions.publish_legal_document(legal, by=scene.head)

    assert list(legal_documents_visible_to(scene.stranger)) == [legal]
    assert legal.published_at is not None


@pytest.mark.parametrize("name", ["focal_point", "officer", "administrator", "nobody"])
def test_who_is_neither_clerk_nor_head_enters_nothing(scene, name):
    with pytest.raises(PermissionDenied):
        enter(scene, by=getattr(scene, name))

    assert LegalDocument.objects.count() == 0


@pytest.mark.parametrize("name", ["stranger", "focal_point", "office_head", "administrator"])
def test_another_body_neither_publishes_nor_corrects(scene, name):
    legal = enter(scene)
    person = getattr(scene, name)

    for act in (
        lambda: actions.publish_legal_document(legal, by=person),
        lambda: actions.change_legal_document(legal, by=person, subject="Khác"),
        lambda: actions.add_relation(legal, kind="amends", text="Nghị định 1/2018/NĐ-CP", by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_came_with_the_program_is_kept_by_the_committees_office(scene):
    legal = make_legal()

    actions.change_legal_document(legal, by=scene.office_head, is_checked=False)
    with pytest.raises(PermissionDenied):
        actions.change_legal_document(legal, by=scene.clerk, is_checked=True)


def test_taking_off_needs_a_reason_and_twice_is_refused(scene):
    legal = enter(scene)
    actions.publish_legal_document(legal, by=scene.clerk)

    with pytest.raises(FlowError):
        actions.unpublish_legal_document(legal, note=" ", by=scene.clerk)
    actions.unpublish_legal_document(legal, note="Nhầm tệp", by=scene.clerk)
    with pytest.raises(StaleError):
        actions.unpublish_legal_document(legal, note="Nhầm tệp", by=scene.clerk)

    assert LegalDocument.objects.get().state == "withdrawn"


def test_without_a_date_nothing_is_published(scene):
    legal = enter(scene, issued_on=None)

    with pytest.raises(FlowError, match="Give its date first"):
        actions.publish_legal_document(legal, by=scene.clerk)


def test_relations_are_read_from_lines_and_point_to_registered_documents(scene):
    decree = make_legal()

    legal = enter(
        scene, relations={"guides": ["Nghị định số 61/2018/NĐ-CP ngày 23/4/2018"], "amends": ["Công văn cũ"]}
    )

    assert sorted((each.kind, each.number, each.other) for each in legal.document.links.all()) == [
        ("amends", "", None),
        ("guides", "61/2018/NĐ-CP", decree.document),
    ]


def test_the_same_relation_twice_is_one_and_none_points_to_itself(scene):
    legal = enter(scene)
    make_legal()

    for text in ("Nghị định 61/2018/NĐ-CP", "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018"):
        actions.add_relation(legal, kind="guides", text=text, by=scene.clerk)

    assert legal.document.links.count() == 1
    with pytest.raises(FlowError, match="itself"):
        actions.add_relation(legal, kind="amends", text="Quyết định 7/QĐ-SBC ngày 02/5/2019", by=scene.clerk)


def test_a_link_that_waited_points_to_the_document_once_it_is_entered(scene):
    first = enter(scene, relations={"replaces": ["Quyết định số 3/QĐ-SBC ngày 01/02/2018"]})
    other_day = enter(scene, printed_number="3/QĐ-SBC", issued_on=date(2017, 2, 1))
    same = enter(scene, printed_number="3/QĐ-SBC", issued_on=date(2018, 2, 1))

    assert first.document.links.get().other == same.document
    assert other_day.document.linked_from.count() == 0


def test_a_relation_is_corrected_and_taken_away_with_history(scene):
    legal = enter(scene, relations={"amends": ["Nghị định 61/2018/NĐ-CP"]})
    decree = make_legal()
    relation = legal.document.links.get()

    actions.change_relation(
        relation, kind="guides", text="NĐ 61/2018", acts_from=DAY, note="Điều 5", by=scene.clerk
    )
    assert DocumentLink.objects.get(pk=relation.pk).other == decree.document
    actions.remove_relation(relation, note="Nhập nhầm", by=scene.clerk)

    assert legal.document.links.count() == 0
    assert list(entries_of([legal]).values_list("action", flat=True))[:2] == [
        "legal_document.remove_relation",
        "legal_document.change_relation",
    ]


def test_a_correction_keeps_what_was_there_in_the_history(scene):
    legal = enter(scene)

    assert actions.change_legal_document(legal, by=scene.clerk, subject="Quy chế khác") is True
    assert actions.change_legal_document(legal, by=scene.clerk, subject="Quy chế khác") is False

    entry = entries_of([legal]).first()
    assert entry.data["changed"] == {"subject": ["Quy chế đưa tin", "Quy chế khác"]}


def test_a_paper_of_the_own_register_gets_its_public_side_and_keeps_its_facts(scene):
    paper = Document.objects.create(
        direction="out",
        kind="KẾ HOẠCH",
        printed_number="42/KH-UBND",
        issuer=scene.committee,
        issuer_name=scene.committee.name,
        subject="Tuyên truyền",
        issued_on=date(2019, 2, 1),
        created_at="2019-02-01T00:00Z",
    )
    facts = {
        "printed_number": "42/KH-UBND",
        "issuer_name": scene.committee.name,
        "issued_on": date(2019, 2, 1),
    }

    with pytest.raises(FlowError, match="in the register already"):
        enter(scene, **facts)
    legal = actions.enter_legal_document(
        agency=scene.office, by=scene.office_head, kind="KẾ HOẠCH", subject="Khác", **facts
    )
    actions.change_legal_document(legal, by=scene.office_head, subject="Sửa", field="Cải cách")

    assert (legal.document, Document.objects.get().subject) == (paper, "Tuyên truyền")
    assert LegalDocument.objects.get().field == "Cải cách"
    with pytest.raises(FlowError, match="in the register already"):
        actions.enter_legal_document(
            agency=scene.office, by=scene.office_head, kind="KẾ HOẠCH", subject="Khác", **facts
        )


def test_publishing_gives_nobody_a_place_in_the_register_of_papers(scene):
    actions.publish_legal_document(enter(scene), by=scene.clerk)

    assert list(documents_visible_to(scene.stranger)) == []


def test_the_text_of_a_file_is_read_and_found(scene):
    paper = write_docx(
        OutgoingDocument(
            kind="QUYẾT ĐỊNH",
            title="Quy chế đưa tin",
            agency="SỞ BÁO CHÍ",
            symbol="QĐ-SBC",
            place="Biển",
            on=DAY,
            signature=Signature(title="GIÁM ĐỐC"),
            body=(Text("Điều 1. Bản tin phải có nguồn rõ ràng và được kiểm tra trước khi đăng lên cổng."),),
            recipients=("Lưu: VT",),
        )
    )
    legal = enter(scene, upload=check_upload(BytesIO(paper), "quy-che.docx"))

    assert actions.read_legal_text(legal) is True

    kept = LegalDocument.objects.get()
    assert "Bản tin phải có nguồn" in kept.text
    assert "ban tin phai co nguon" in kept.search_text


def test_a_file_without_text_is_said_in_the_history(scene):
    legal = enter(scene, upload=check_upload(BytesIO(b"%PDF-1.4 nothing"), "quet.pdf"))

    assert actions.read_legal_text(legal) is False
    assert entries_of([legal]).first().action == "legal_document.unread"
