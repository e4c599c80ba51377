"""Acts on running cases: joint parts, drafts, many at once, who asks, a body that ends."""

from datetime import date, timedelta
from io import BytesIO

import case_scene as scene
import pytest
from django.core.exceptions import PermissionDenied

from factories.directory import make_agency, make_user
from factories.feedback import make_case, make_people
from loa.channels.models import Notice
from loa.core.models import Entry
from loa.core.uploads import check_upload
from loa.core.workflow import FlowError
from loa.desk.queries import waiting_for
from loa.desk.queries.search import search_registers
from loa.feedback import actions, queries
from loa.feedback.models import AnswerTemplate, IdentityAccess, IntakeDesk, Publication, RoutingRule
from loa.feedback.states import CASE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONDAY = date(2019, 3, 4)


@pytest.fixture
def people(today):
    today(MONDAY)
    return make_people()


def ask(case, people, **said):
    other = people["stranger"].hat.agency
    return actions.ask_share(case, other, question="Giấy phép số mấy?", by=people["officer"], **said)


# Joint cases


def test_part_is_asked_once_and_due_before_the_answer(people):
    case = scene.answering(people)

    share, again = ask(case, people), ask(case, people)

    assert share.pk == again.pk
    assert share.due_on == date(2019, 3, 22)
    assert Notice.objects.filter(receiver=people["stranger"]).count() == 1


def test_given_part_is_told_and_can_be_asked_for_again(people):
    case = scene.answering(people)
    share = ask(case, people)

    actions.give_share(share, part="Giấy phép số 12.", by=people["stranger"])
    assert Notice.objects.filter(receiver=people["officer"], key__contains="given").count() == 1
    again = ask(case, people)

    assert (again.pk, again.state) == (share.pk, "asked")
    assert again.part == "Giấy phép số 12."


@pytest.mark.parametrize("who", ["intake", "officer", "head"])
def test_part_is_given_by_the_agency_that_was_asked_alone(people, who):
    share = ask(scene.answering(people), people)

    with pytest.raises(PermissionDenied):
        actions.give_share(share, part="Phần của tôi", by=people[who])


def test_part_is_declined_with_a_reason(people):
    share = ask(scene.answering(people), people)

    with pytest.raises(FlowError):
        actions.decline_share(share, note=" ", by=people["stranger"])
    actions.decline_share(share, note="Sở không cấp phép.", by=people["stranger"])

    assert share.state == "declined"
    assert Notice.objects.get(receiver=people["officer"], key__contains="declined").kind == "returned"


def test_who_cannot_be_asked(people):
    case = scene.answering(people)
    ended = make_agency("Sở Cũ", valid_to=MONDAY - timedelta(days=1))

    for agency in (people["agency"], ended):
        with pytest.raises(FlowError):
            actions.ask_share(case, agency, question="?", by=people["officer"])
    with pytest.raises(FlowError):
        ask(case, people, due_on=date(2019, 3, 1))
    with pytest.raises(PermissionDenied):
        actions.ask_share(case, people["agency"], question="?", by=people["stranger"])


def test_answer_leaves_without_an_awaited_part_only_with_the_reason(people):
    case = scene.answering(people)
    ask(case, people)
    actions.write_answer(case, text="Trả lời phần của Sở.", edition=0, by=people["officer"])

    with pytest.raises(FlowError, match="Sở Xây dựng"):
        actions.hand_answer_to_head(case, by=people["officer"])
    actions.hand_answer_to_head(case, note="Phần kia trả lời sau.", by=people["officer"])

    assert case.state == "with_head"
    assert Entry.objects.filter(action="case.hand_to_head", note="Phần kia trả lời sau.").exists()


def test_part_of_a_case_that_moved_on_is_no_longer_given(people):
    case = scene.answering(people)
    share = ask(case, people)
    actions.merge_case(case, make_case(), by=people["intake"])
    share.case.refresh_from_db()

    with pytest.raises(FlowError):
        actions.give_share(share, part="Muộn", by=people["stranger"])
    assert queries.shares_waiting_for(people["stranger"]).count() == 0


# Drafts, texts, files


def test_draft_sent_twice_is_saved_once(people):
    case = scene.answering(people)

    first = actions.write_answer(case, text="Bản một", edition=0, by=people["officer"])
    again = actions.write_answer(case, text="Bản một", edition=0, by=people["officer"])

    assert (first, again) == (1, 1)


def test_earlier_answer_is_shown_as_the_public_reads_it(people):
    from factories.feedback import make_subject

    subject = make_subject()
    public, own, foreign = scene.answered(people), scene.answered(people), scene.answered(people)
    type(own).objects.update(subject=subject)
    other = make_agency("Sở Giao thông")
    type(own).objects.filter(pk__in=[public.pk, foreign.pk]).update(agency=other)
    public.moves.update(target=other)
    foreign.moves.update(target=other)
    Publication.objects.create(
        case=public, title="Hỏi về phí", question="…", answer="Bản đã che tên.", agency=other,
        published_at="2019-03-05T00:00:00Z", by=people["intake"],
    )  # fmt: skip
    case = scene.answering(people)
    case.subject = subject

    found = {
        each.case.pk: (each.text, each.is_public) for each in queries.earlier_answers(case, people["officer"])
    }

    assert found == {
        public.pk: ("Bản đã che tên.", True),
        own.pk: ("Mời ông đến nhận phiếu.", False),
    }


def test_file_of_the_answer_is_added_once_and_taken_out_only_from_a_draft(people):
    case = scene.answering(people)
    picture = check_upload(BytesIO(PNG), "mẫu đơn.png")

    row = actions.attach_to_answer(case, picture, by=people["officer"])
    assert actions.attach_to_answer(case, picture, by=people["officer"]).pk == row.pk
    with pytest.raises(PermissionDenied):
        actions.detach_from_answer(row, by=people["intake"])
    actions.write_answer(case, text="Kèm mẫu đơn.", edition=0, by=people["officer"])
    actions.hand_answer_to_head(case, by=people["officer"])
    with pytest.raises(FlowError):
        actions.detach_from_answer(row, by=people["officer"])


def _png():
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


PNG = _png()


# Who asks


def test_reading_who_asks_is_logged_with_its_purpose(people):
    case = scene.answering(people, identity=actions.Identity(name="Nguyễn Thị Thử"))

    with pytest.raises(FlowError):
        actions.read_identity(case, purpose=" ", by=people["officer"])
    with pytest.raises(PermissionDenied):
        actions.read_identity(case, purpose="Xem", by=people["stranger"])
    asker = actions.read_identity(case, purpose="Gọi hẹn ngày", by=people["officer"])

    assert asker.name == "Nguyễn Thị Thử"
    assert [(row.by, row.agency, row.purpose) for row in IdentityAccess.objects.all()] == [
        (people["officer"], people["agency"], "Gọi hẹn ngày")
    ]


def test_nobody_to_read_leaves_no_trace(people):
    case = scene.answering(people)

    assert actions.read_identity(case, purpose="Gọi", by=people["officer"]) is None
    assert not IdentityAccess.objects.exists()


# Many at once


def test_many_cases_each_done_or_named_with_its_reason(people):
    sent, running, ended = scene.assigned(people), scene.answering(people), scene.answered(people)
    other = people["stranger"].hat.agency

    first = actions.transfer_all(
        [sent, running, ended], agency=other, note="Về cấp phép.", by=people["intake"]
    )
    again = actions.transfer_all([sent, running], agency=other, note="Về cấp phép.", by=people["intake"])

    assert [bool(row.why_not) for row in first] == [False, False, True]
    assert [bool(row.why_not) for row in again] == [True, True]
    assert sent.moves.filter(kind="transfer").count() == 1


def test_many_duplicates_are_merged_into_one_of_them(people):
    main, copies = make_case(), [make_case(), make_case()]

    done = actions.merge_all([main, *copies], into=main, by=people["intake"])

    assert [row.why_not for row in done] == ["", ""]
    assert set(main.merged.all()) == set(copies)


def test_many_by_a_stranger_are_all_named(people):
    rows = [scene.answering(people)]

    done = actions.say_status_of_all(rows, words="Đang xác minh.", by=people["stranger"])

    assert all(row.why_not for row in done)


# Where cases stand on a desk


def test_next_acts_stand_on_the_desk_of_who_can_take_them(people):
    new, sent, writing, decided = (
        make_case(),
        scene.assigned(people),
        scene.answering(people),
        scene.with_head(people),
    )
    ask(writing, people)

    def on_desk(who):
        return {item.obj.pk for item in waiting_for(people[who], MONDAY) if item.kind == "case"}

    assert on_desk("intake") == {new.pk}
    assert on_desk("focal_point") == {sent.pk}
    assert on_desk("officer") == {writing.pk}
    assert on_desk("head") == {sent.pk, decided.pk}
    assert [item.kind for item in waiting_for(people["stranger"], MONDAY)] == ["case_share"]


def test_search_of_the_desk_finds_cases_one_may_see(people):
    case = scene.assigned(people, content="Biển quảng cáo che tầm nhìn ở ngã tư.")

    found = [row for group in search_registers(people["officer"], "quang cao") for row in group.rows]

    assert found == [case]
    assert search_registers(people["stranger"], "quang cao") == []


# A body that ends


def test_open_cases_pass_to_the_successor_and_answered_ones_stay(people):
    successor = make_agency("Sở Tư pháp và Nội vụ")
    open_case, answered = scene.answering(people), scene.answered(people)
    joint = scene.answering(people)
    AnswerTemplate.objects.create(agency=people["agency"], title="Chào", body="…", by=people["officer"])
    AnswerTemplate.objects.create(agency=people["agency"], title="Kết", body="…", by=people["officer"])
    AnswerTemplate.objects.create(agency=successor, title="Kết", body="…", by=people["officer"])
    RoutingRule.objects.create(intake=people["desk"].agency, rank=1, agency=people["agency"])
    actions.ask_share(joint, people["stranger"].hat.agency, question="?", by=people["officer"])

    moved = actions.hand_over_cases(
        people["agency"], successor, on=MONDAY, decision="QĐ 1", by=people["head"]
    )

    for case in (open_case, answered):
        case.refresh_from_db()
    assert (open_case.agency, open_case.officer) == (successor, None)
    assert answered.agency == people["agency"]
    assert RoutingRule.objects.get().agency == successor
    assert {row.label: bool(row.why_not) for row in moved if row.label in ("Chào", "Kết")} == {
        "Chào": False,
        "Kết": True,
    }
    keeper = make_user(successor, "focal_point")
    assert queries.cases_visible_to(keeper).filter(pk=open_case.pk).exists()


def test_intake_that_ends_leaves_its_desk_and_cases_to_the_successor(people):
    successor = make_agency("Trung tâm Phục vụ hành chính công")
    new, answered = make_case(), scene.answered(people)

    actions.hand_over_cases(people["desk"].agency, successor, on=MONDAY, decision="QĐ 2", by=None)

    for case in (new, answered):
        case.refresh_from_db()
        assert case.intake == successor
    assert IntakeDesk.objects.get().agency == successor
    assert make_case().intake == successor


def test_officer_who_goes_along_keeps_the_case(people):
    successor = make_agency("Sở Tư pháp và Nội vụ")
    case = scene.answering(people)
    people["officer"].memberships.create(agency=successor, role="officer", valid_from=MONDAY)

    actions.hand_over_cases(people["agency"], successor, on=MONDAY, decision="QĐ 1", by=people["head"])

    case.refresh_from_db()
    assert case.officer == people["officer"]


# Who may: every step against everybody

MAY = {
    "assigned": {
        "intake": {"transfer", "isolate"},
        "officer": {"transfer", "give_back", "accept"},
        "head": {"transfer", "give_back", "accept"},
    },
    "answering": {
        "intake": {"transfer", "isolate"},
        "officer": {"transfer", "give_back", "hand_to_head"},
        "head": {"transfer", "give_back", "hand_to_head"},
    },
    "with_head": {"intake": set(), "officer": set(), "head": {"return_to_officer", "approve"}},
    "approved": {"intake": {"return_answer", "send"}, "officer": set(), "head": set()},
    "answered": {"intake": {"publish", "reopen"}, "officer": set(), "head": set()},
}


@pytest.mark.parametrize("state", MAY)
def test_steps_that_are_open_to_each(people, state):
    case = getattr(scene, state)(people)

    found = {who: {step.name for step in CASE.open_to(people[who], case)} for who in MAY[state]}

    assert found == MAY[state]
    assert CASE.open_to(people["stranger"], case) == []
    assert queries.acts_open_to(people["stranger"], case) == []


def test_acts_that_change_no_state(people):
    case = scene.answering(people)

    def names(who):
        return {act.name for act in queries.acts_open_to(people[who], case)}

    assert names("officer") == {
        "transfer", "give_back", "hand_to_head", "write", "share", "status", "ask",
    }  # fmt: skip
    assert names("head") - names("officer") == {"officer", "extend"}
    assert names("intake") == {"transfer", "isolate", "ask", "merge"}
    closed = {act.name: act.why_not for act in queries.acts_open_to(people["officer"], case)}
    assert closed["hand_to_head"]
