"""What the intake decides through its actions: sent in one act, guided, refused, kept apart, and what that leaves."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories.directory import make_agency, make_user
from factories.feedback import make_assigned, make_case, make_people, make_subject
from loa.channels.models import Letter, Notice
from loa.core.history import entries_of
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.queries import entries_visible_to
from loa.feedback import actions, queries
from loa.feedback.models import Case, CaseTrace, Denunciation, RefusalGround, RoutingRule, Suggestion

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)
RARE = "zimbabuê"


@pytest.fixture
def people(today):
    today(MONDAY)
    people = make_people()
    people["reader"] = make_user(people["desk"].agency, "officer")
    people["desk"].denunciation_officer = people["reader"]
    people["desk"].save()
    return people


def test_decided_in_one_act_and_the_suggestion_is_kept_beside(people):
    subject = make_subject()
    rule = RoutingRule.objects.create(
        intake=people["desk"].agency, rank=1, subject=subject, agency=people["agency"]
    )
    case = make_case()

    actions.decide_case(case, kind="question", subject=subject, agency=people["agency"], by=people["intake"])

    assert (case.state, case.agency, case.subject) == ("assigned", people["agency"], subject)
    kept = Suggestion.objects.get()
    assert (kept.rule, kept.rule_agency, kept.chosen_agency) == (rule, people["agency"], people["agency"])


def test_a_refused_second_half_undoes_the_first(people):
    ended = make_agency("Sở Đã giải thể", valid_to=date(2018, 12, 31))
    case = make_case()

    with pytest.raises(FlowError):
        actions.decide_case(case, kind="question", subject=None, agency=ended, by=people["intake"])

    assert Case.objects.get().state == "received"
    assert Suggestion.objects.count() == 0


def test_given_back_it_is_decided_anew(people):
    case = make_assigned(people["agency"], intake=people["intake"])
    actions.give_back_case(case, note="Không thuộc.", by=people["focal_point"])
    other = people["stranger"].hat.agency

    actions.decide_case(case, kind="conduct", subject=None, agency=other, by=people["intake"])

    assert (case.state, case.kind, case.agency) == ("assigned", "conduct", other)
    assert [row.action for row in Entry.objects.filter(action="case.classify_again")] == [
        "case.classify_again"
    ]


@pytest.mark.parametrize("kind", ["complaint", "scene"])
def test_what_goes_another_way_is_not_classified(people, kind):
    with pytest.raises(FlowError):
        actions.classify_case(make_case(), kind=kind, subject=None, by=people["intake"])


def test_complaint_is_guided_with_its_time_limits_and_forwarded_on_record(people):
    case = make_case()
    words = queries.complaint_words(case, on=MONDAY)  # in the language of the case

    actions.guide_case(case, note=words, forward_to=people["agency"], by=people["intake"])

    assert "90 ngày" in words
    assert "Luật Khiếu nại" in words
    assert (case.state, case.kind) == ("guided", "complaint")
    assert [(move.kind, move.target) for move in case.moves.all()] == [("forward", people["agency"])]
    assert queries.cases_visible_to(people["head"]).filter(pk=case.pk).exists()
    assert case.clocks.filter(stopped_on__isnull=True).count() == 0


def test_refused_only_on_a_ground_in_force(people):
    RefusalGround.objects.create(
        code="old", name_vi="Cũ", name_en="Old", legal_basis="x", valid_from=date(2010, 1, 1),
        valid_to=date(2018, 1, 1),
    )  # fmt: skip
    actions.load_grounds()
    case = make_case()

    with pytest.raises(FlowError):
        actions.refuse_case(case, ground="old", note="Vì…", by=people["intake"])
    actions.refuse_case(case, ground="in-court", note="Tòa đang xử.", by=people["intake"])

    assert (case.state, case.ground) == ("refused", "in-court")


def isolated(people, **facts):
    told = actions.Identity(name=f"Bà {RARE}", phone="0912 000 111", email="b@example.test")
    case = make_assigned(
        people["agency"], intake=people["intake"], content=f"Ông ấy nhận tiền {RARE}", title=f"Việc {RARE}",
        place=f"Ngõ {RARE}", identity=told, consents={"contact": "Cho phép"}, **facts,
    )  # fmt: skip
    return case, actions.isolate_case(case, by=people["intake"])


def test_kept_apart_everything_moves_under_seal(people):
    case, row = isolated(people)

    case.refresh_from_db()
    assert (case.state, case.title, case.content, case.place, case.search_text) == (
        "isolated",
        "",
        "",
        "",
        "",
    )
    assert (case.agency, case.subject, case.kind, case.answer) == (None, None, "", "")
    assert not hasattr(Case.objects.get(pk=case.pk), "asker")
    assert case.consents.count() == case.moves.count() == CaseTrace.objects.filter(case=case).count() == 0
    assert RARE in row.content
    assert row.name == f"Bà {RARE}"
    assert row.officer == people["reader"]
    assert Letter.objects.count() == 0
    assert not Notice.objects.filter(subject_vi__contains=RARE).exists()


def test_kept_apart_its_history_is_kept_and_shown_to_nobody(people):
    case, _row = isolated(people)
    administrator = make_user(make_agency("Trung tâm"), "administrator")

    assert Entry.objects.filter(object_id=case.pk, action="case.isolate").count() == 1
    assert entries_of([case]).count() == 0
    assert entries_visible_to(administrator).filter(action__startswith="case.").count() == 0


def test_asker_comes_back_with_the_same_code_and_secret(people):
    receipt = actions.submit_case(actions.Words("Một việc"), key="k", source="web")

    row = actions.isolate_case(receipt.case, actor="citizen")

    assert queries.denunciation_opened_by(receipt.case.code, receipt.secret) == row
    assert queries.case_opened_by(receipt.case.code, receipt.secret) is None


def test_kept_apart_once(people):
    case, _row = isolated(people)

    with pytest.raises(FlowError):
        actions.isolate_case(case, by=people["intake"])
    assert Denunciation.objects.count() == 1


def test_cases_answered_together_with_it_stand_on_their_own_again(people):
    main, other = make_case(), make_case()
    actions.merge_case(other, main, by=people["intake"])

    actions.isolate_case(main, by=people["intake"])

    other.refresh_from_db()
    assert (other.state, other.merged_into) == ("received", None)
    assert other.clocks.filter(stopped_on__isnull=True, kind="answer").get().due_on == date(2019, 3, 25)


def test_stranger_keeps_nothing_apart(people):
    with pytest.raises(PermissionDenied):
        actions.isolate_case(make_case(), by=people["stranger"])


def test_newly_named_officer_reads_the_letters_and_nobody_names_themselves(people):
    _case, row = isolated(people)
    head = make_user(people["desk"].agency, "head")
    following = make_user(people["desk"].agency, "clerk")

    with pytest.raises(FlowError):
        actions.save_desk(people["desk"], denunciation_officer=head, by=head)
    people["desk"].refresh_from_db()
    actions.save_desk(people["desk"], denunciation_officer=following, by=head)

    assert queries.denunciations_visible_to(following).get() == row
    assert queries.denunciations_visible_to(people["reader"]).count() == 0
