from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import make_user
from loa.core import history
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Delegation
from loa.documents.models import Document
from loa.reports import actions
from loa.reports.models import Consolidation, Sentence
from loa.reports.queries.differences import differences
from loa.reports.queries.facts import Facts
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import facts_of, gather_facts

pytestmark = pytest.mark.slow


@pytest.fixture
def approved(scene, consolidation):
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    actions.approve_consolidation(consolidation, by=scene.person(scene.coordinator, "head"))
    return consolidation


@pytest.fixture
def issued(scene, approved, today):
    today(date(2019, 11, 11))
    actions.issue_consolidation(approved, by=scene.person(scene.coordinator, "clerk"))
    return approved


def texts(consolidation, section):
    return list(
        consolidation.sentences.filter(section=section, is_dropped=False).values_list("text", flat=True)
    )


def test_draft_before_anybody_reported_says_so(consolidation):
    assert texts(consolidation, "direction")[1] == (
        "Có 0/04 cơ quan, đơn vị đã gửi báo cáo, trong đó 0 cơ quan, đơn vị gửi muộn; "
        "04 cơ quan, đơn vị chưa gửi (Phụ lục III)."
    )


def test_draft_by_another_agency_is_refused(scene, opened):
    with pytest.raises(PermissionDenied):
        actions.draft_consolidation(opened(), by=scene.head)


def test_draft_quotes_each_agency_with_its_source(scene, report_of, accepted, today):
    today(date(2019, 10, 20))
    report = accepted(report_of(scene.press), result="Đã đăng 12 bài\n- Mở 01 chuyên mục")

    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)

    line = consolidation.sentences.get(line=report.lines.get())
    assert (line.section, line.report, line.text) == (
        "results",
        report,
        "Báo Hải Phòng: Đã đăng 12 bài. Mở 01 chuyên mục.",
    )
    assert texts(consolidation, "obstacles") == ["Báo Hải Phòng: Thiếu kinh phí."]


def test_draft_leaves_out_what_was_not_handed_in(scene, report_of):
    report = report_of(scene.press)
    line = report.lines.get()
    typed = {line.pk: {"result": "Bí mật của bản nháp"}}
    actions.save_report(report, version=0, texts={}, lines=typed, by=scene.writer)

    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)

    assert consolidation.sentences.filter(report=report).count() == 0


def test_redraft_follows_sources_and_keeps_what_was_edited(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press), result="Đã đăng 12 bài")
    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)
    quoted = consolidation.sentences.get(line=report.lines.get())
    actions.edit_sentence(quoted, text="Báo Hải Phòng đăng 12 bài viết.", version=0, by=scene.accepter)
    submitted(report_of(scene.office), result="Tổ chức 06 cuộc")

    actions.draft_consolidation(report.round, by=scene.accepter)

    assert "Báo Hải Phòng đăng 12 bài viết." in texts(consolidation, "results")
    assert "Văn phòng UBND thành phố: Tổ chức 06 cuộc." in texts(consolidation, "results")
    assert texts(consolidation, "direction")[1].startswith("Có 02/04 cơ quan")


def test_redraft_puts_a_new_sentence_in_its_place(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    report = submitted(report_of(scene.press), result="Đăng bài")
    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)
    submitted(report_of(scene.office), result="Đối thoại")

    actions.draft_consolidation(report.round, by=scene.accepter)

    quoted = [text for text in texts(consolidation, "results") if text.endswith(("bài.", "thoại."))][-2:]
    assert quoted == ["Văn phòng UBND thành phố: Đối thoại.", "Báo Hải Phòng: Đăng bài."]


def test_redraft_does_not_bring_back_what_was_dropped(scene, consolidation):
    sentence = consolidation.sentences.filter(section="direction").first()
    actions.drop_sentence(sentence, version=0, by=scene.accepter)

    actions.draft_consolidation(consolidation.round, by=scene.accepter)

    sentence.refresh_from_db()
    assert (sentence.is_dropped, len(texts(consolidation, "direction"))) == (True, 1)


def test_redraft_forgets_a_withdrawn_report_unless_its_sentence_was_edited(
    scene, report_of, submitted, today
):
    today(date(2019, 10, 20))
    press, office = submitted(report_of(scene.press)), submitted(report_of(scene.office))
    consolidation = actions.draft_consolidation(press.round, by=scene.accepter)
    edited = consolidation.sentences.get(line=office.lines.get())
    actions.edit_sentence(edited, text="Giữ lại.", version=0, by=scene.accepter)
    for report in (press, office):
        actions.return_to_agency(report, reason="Thiếu", by=scene.accepter)

    actions.draft_consolidation(press.round, by=scene.accepter)

    quoted = consolidation.sentences.exclude(report=None)
    assert [row.text for row in quoted] == ["Giữ lại."]


def test_edit_of_an_old_version_is_refused(scene, consolidation):
    mine = consolidation.sentences.first()
    theirs = Sentence.objects.get(pk=mine.pk)
    actions.edit_sentence(mine, text="Một.", version=0, by=scene.accepter)

    with pytest.raises(StaleError):
        actions.edit_sentence(theirs, text="Hai.", version=0, by=scene.accepter)

    theirs.refresh_from_db()
    assert theirs.text == "Một."


def test_typed_back_to_its_source_a_sentence_follows_it_again(scene, consolidation):
    sentence = consolidation.sentences.first()
    actions.edit_sentence(sentence, text="Khác.", version=0, by=scene.accepter)
    was_edited = sentence.is_edited

    actions.edit_sentence(sentence, text=sentence.original, version=1, by=scene.accepter)

    assert (was_edited, sentence.is_edited) == (True, False)


def test_add_sentence_after_another(scene, consolidation):
    first = consolidation.sentences.filter(section="direction").first()

    actions.add_sentence(consolidation, section="direction", text="Thêm.", after=first, by=scene.accepter)

    assert texts(consolidation, "direction")[1] == "Thêm."


def test_add_sentence_to_an_unknown_section_is_refused(scene, consolidation):
    with pytest.raises(FlowError):
        actions.add_sentence(consolidation, section="lạ", text="Thêm.", by=scene.accepter)


@pytest.mark.parametrize(("steps", "place"), [(-1, 0), (-5, 0), (1, 1), (5, 1)])
def test_move_sentence_stops_at_the_edges(scene, consolidation, steps, place):
    last = consolidation.sentences.filter(section="direction").last()
    first = consolidation.sentences.filter(section="direction").first()
    sentence = last if steps < 0 else first

    actions.move_sentence(sentence, by_steps=steps, by=scene.accepter)

    assert texts(consolidation, "direction").index(sentence.text) == place


def test_after_handing_over_nothing_can_be_edited(scene, consolidation):
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)

    with pytest.raises(FlowError):
        actions.edit_sentence(consolidation.sentences.first(), text="Khác.", version=0, by=scene.accepter)
    with pytest.raises(FlowError):
        actions.draft_consolidation(consolidation.round, by=scene.accepter)


def test_approval_by_a_focal_point_is_refused(scene, consolidation):
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)

    with pytest.raises(PermissionDenied):
        actions.approve_consolidation(consolidation, by=scene.accepter)


def test_approval_keeps_the_heads_title_and_name(scene, approved):
    head = scene.person(scene.coordinator, "head")
    assert approved.signature == {"title": "GIÁM ĐỐC", "authority": [], "name": head.full_name}


def test_a_stand_in_signs_for_the_head(scene, consolidation, today):
    today(date(2019, 11, 5))
    head, deputy = scene.person(scene.coordinator, "head"), make_user(scene.coordinator, "officer")
    Delegation.objects.create(
        agency=scene.coordinator,
        giver=head,
        receiver=deputy,
        starts_on=date(2019, 11, 1),
        ends_on=date(2019, 11, 30),
        reason="Đi công tác",
    )
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)

    actions.approve_consolidation(consolidation, by=deputy)

    assert (consolidation.signature["authority"], consolidation.signature["title"]) == (
        ["KT. GIÁM ĐỐC"],
        "PHÓ GIÁM ĐỐC",
    )


def test_issue_numbers_the_report_in_its_agencys_register(scene, issued):
    document = issued.document

    assert (document.printed_number, document.issuer, document.issued_on) == (
        "01/BC-STTTT",
        scene.coordinator,
        date(2019, 11, 11),
    )
    assert (document.kind, document.signer_title) == ("BÁO CÁO", "GIÁM ĐỐC")


def test_issue_twice_gives_one_number(scene, approved):
    stale = Consolidation.objects.get(pk=approved.pk)
    actions.issue_consolidation(approved, by=scene.person(scene.coordinator, "clerk"))

    with pytest.raises(StaleError):
        actions.issue_consolidation(stale, by=scene.person(scene.coordinator, "clerk"))

    assert Document.objects.filter(kind="BÁO CÁO").count() == 1


def test_issue_before_approval_is_refused(scene, consolidation):
    with pytest.raises(StaleError):
        actions.issue_consolidation(consolidation, by=scene.person(scene.coordinator, "clerk"))

    assert (consolidation.snapshot, Document.objects.filter(kind="BÁO CÁO").count()) == ({}, 0)


def test_snapshot_read_back_is_the_same_facts(issued):
    issued.refresh_from_db()

    facts = facts_of(issued)

    assert facts == Facts.from_json(facts.to_json())
    assert facts == gather_facts(issued.round, issued)


def test_a_later_correction_shows_as_a_difference_and_rewrites_nothing(scene, report_of, accepted, today):
    today(date(2019, 10, 20))
    report = accepted(report_of(scene.press), result="Đã đăng 12 bài")
    consolidation = actions.draft_consolidation(report.round, by=scene.accepter)
    actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    actions.approve_consolidation(consolidation, by=scene.person(scene.coordinator, "head"))
    actions.issue_consolidation(consolidation, by=scene.person(scene.coordinator, "clerk"))
    frozen, nothing_yet = facts_of(consolidation), differences(consolidation)

    actions.reopen_report(report, reason="Nhầm số", by=scene.accepter)
    accepted(report, result="Đã đăng 15 bài")

    consolidation.refresh_from_db()
    found = [(row.agency, row.was, row.now) for row in differences(consolidation) if row.field == "result"]
    assert nothing_yet == []
    assert found == [("Báo Hải Phòng", "Đã đăng 12 bài", "Đã đăng 15 bài")]
    assert facts_of(consolidation) == frozen


def test_a_report_that_comes_after_issue_shows_as_a_difference(scene, report_of, issued, submitted, today):
    today(date(2019, 11, 20))
    report = issued.round.reports.get(agency=scene.press)
    report.late_reason = "Chờ số liệu"
    report.save()

    submitted(report)

    reported = [(row.agency, row.was, row.now) for row in differences(issued) if row.field == "status"]
    assert reported == [("Báo Hải Phòng", "not_started", "submitted")]


def test_signed_copy_must_be_a_pdf_by_content(scene, issued):
    wrong = SimpleUploadedFile("ban-ky.pdf", b"PK\x03\x04 not a pdf")

    with pytest.raises(FlowError):
        actions.attach_signed_copy(
            issued, file=wrong, name=wrong.name, by=scene.person(scene.coordinator, "clerk")
        )

    issued.refresh_from_db()
    assert issued.signed_file.name == ""


def test_signed_copy_is_kept_under_its_digest(scene, issued):
    file = SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.7\n%%EOF")

    actions.attach_signed_copy(issued, file=file, name=file.name, by=scene.person(scene.coordinator, "clerk"))

    issued.refresh_from_db()
    assert Path(issued.signed_file.name).name == issued.sha256
    with issued.signed_file.open() as kept:
        assert kept.read() == b"%PDF-1.7\n%%EOF"


def test_signed_copy_of_a_draft_is_refused(scene, consolidation):
    file = SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.7\n%%EOF")

    with pytest.raises(FlowError):
        actions.attach_signed_copy(
            consolidation, file=file, name=file.name, by=scene.person(scene.coordinator, "head")
        )


def test_every_act_stands_in_history(scene, issued):
    assert [entry.action for entry in history.entries_of([issued])] == [
        "consolidation.issue",
        "consolidation.approve",
        "consolidation.hand_to_head",
        "consolidation.draft",
    ]


def test_figures_of_the_snapshot_equal_the_figures_of_the_day_it_was_issued(scene, issued):
    issued.refresh_from_db()

    now = {key: figure.value for key, figure in figures_of(gather_facts(issued.round, issued)).items()}

    assert {key: figure.value for key, figure in figures_of(facts_of(issued)).items()} == now


def test_agencies_that_say_the_same_are_named_together(scene, report_of, submitted, today):
    today(date(2019, 10, 20))
    press, office = submitted(report_of(scene.press)), submitted(report_of(scene.office))

    consolidation = actions.draft_consolidation(press.round, by=scene.accepter)

    sentence = consolidation.sentences.get(section="obstacles")
    assert sentence.text == "Báo Hải Phòng, Văn phòng UBND thành phố: Thiếu kinh phí."
    assert (sentence.report, sentence.other_reports) == (press, [office.pk])


def test_a_text_that_reports_have_overtaken_is_not_handed_over(scene, consolidation, submitted, today):
    today(date(2019, 10, 20))
    submitted(consolidation.round.reports.get(agency=scene.press))

    with pytest.raises(FlowError):
        actions.hand_consolidation_to_head(consolidation, by=scene.accepter)
    actions.draft_consolidation(consolidation.round, by=scene.accepter)
    actions.hand_consolidation_to_head(Consolidation.objects.get(), by=scene.accepter)

    assert Consolidation.objects.get().state == "with_head"


def test_a_text_overtaken_after_approval_gets_no_number(scene, approved, submitted, today):
    today(date(2019, 10, 20))
    submitted(approved.round.reports.get(agency=scene.press))

    with pytest.raises(FlowError):
        actions.issue_consolidation(approved, by=scene.person(scene.coordinator, "clerk"))

    approved.refresh_from_db()
    assert (approved.state, Document.objects.filter(kind="BÁO CÁO").count()) == ("approved", 0)


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        ("đối thoại trực tuyến", "Đối thoại trực tuyến: đạt 02/06 cuộc đối thoại."),
        ("Cuộc đối thoại", "Đạt 02/06 cuộc đối thoại."),
    ],
)
def test_a_target_says_how_far_it_is(scene, opened, deliverable, measure, sentence):
    scene.dialogue.task.targets.update(measure=measure)
    deliverable(scene.dialogue, quantity=2, unit="cuộc đối thoại")

    consolidation = actions.draft_consolidation(opened(), by=scene.accepter)

    assert consolidation.sentences.get(figure__startswith="target:").text == sentence
