"""Public texts that name documents: found, listed, and told to who answers for them once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from documents.legal_scene import link, make_legal
from factories import make_plan, make_user
from loa.channels.models import Notice
from loa.documents import actions, clocks, queries
from loa.documents.models import Citation, CitingScan
from loa.plans.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
START, ENDS = date(2019, 5, 31), date(2019, 7, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def plan(today):
    """An issued plan whose title cites a decree that is replaced on 1 July."""
    today(START)
    legal = make_legal()
    new = make_legal("50/2019/NĐ-CP", on=date(2019, 5, 1), effective_from=ENDS)
    link(new, "replaces", legal)
    plan = make_plan(number="42/KH-UBND", state="issued")
    Plan.objects.filter(pk=plan.pk).update(title="Theo Nghị định số 61/2018/NĐ-CP và Nghị định 7/2010/NĐ-CP")
    plan.refresh_from_db()
    plan.clerk = make_user(plan.coordinator, "clerk")
    plan.legal = legal
    return plan


def cited():
    return sorted(
        (each.source, each.printed, each.legal.document.printed_number) for each in Citation.objects.all()
    )


def test_a_public_text_is_looked_through_and_keeps_only_registered_documents(plan):
    assert clocks.index_citations() == 1

    assert cited() == [("plan", "Nghị định số 61/2018/NĐ-CP", "61/2018/NĐ-CP")]
    assert CitingScan.objects.get(source="plan").row_count == 1


def test_the_second_time_of_a_day_and_an_unchanged_text_cost_nothing(plan, today):
    clocks.index_citations()

    assert clocks.index_citations() == 0
    today(START + ONE_DAY)
    assert clocks.index_citations() == 0
    assert CitingScan.objects.get(source="plan").scanned_on == START + ONE_DAY


def test_a_text_that_changed_and_a_document_that_came_are_seen_the_next_day(plan, today):
    clocks.index_citations()
    make_legal("7/2010/NĐ-CP", on=date(2010, 1, 1))

    today(START + ONE_DAY)
    clocks.index_citations()
    assert len(cited()) == 2

    Plan.objects.update(title="Không viện dẫn gì")
    today(START + 2 * ONE_DAY)
    clocks.index_citations()
    assert cited() == []


def test_a_draft_plan_is_no_public_text(plan):
    Plan.objects.update(state="draft")

    clocks.index_citations()

    assert cited() == []


def test_the_clerk_is_told_on_the_day_it_ends_and_once(plan, today):
    clocks.index_citations()
    told = []
    for day in (ENDS - ONE_DAY, ENDS, ENDS, ENDS + ONE_DAY):
        today(day)
        told.append(clocks.tell_out_of_force())

    assert told == [0, 1, 0, 0]
    notice = Notice.objects.get()
    assert (notice.receiver, notice.url) == (plan.clerk, plan.get_absolute_url())
    assert notice.subject_en == "Nghị định 61/2018/NĐ-CP is no longer in force and is cited"
    assert "Nghị định 50/2019/NĐ-CP" in notice.body_en


def test_without_clerk_or_editor_the_focal_points_and_heads_are_told(plan, today):
    plan.clerk.memberships.all().delete()
    head = make_user(plan.coordinator, "head")
    clocks.index_citations()

    today(ENDS)
    clocks.tell_out_of_force()

    assert [notice.receiver for notice in Notice.objects.all()] == [head]


def test_a_citation_that_stays_is_not_told_again_after_the_text_is_looked_through(plan, today):
    clocks.index_citations()
    today(ENDS)
    clocks.tell_out_of_force()
    Plan.objects.update(number="43/KH-UBND")

    today(ENDS + ONE_DAY)
    clocks.index_citations()

    assert clocks.tell_out_of_force() == 0
    assert Citation.objects.get().label.startswith("43/KH-UBND")


def test_a_paper_does_not_cite_itself(plan):
    make_legal("42/KH-UBND", kind="KẾ HOẠCH", issuer="Ủy ban", on=None)
    own = make_legal("1/KH-UBND", kind="KẾ HOẠCH", issuer="Ủy ban", on=None)
    type(own).objects.filter(pk=own.pk).update(document=plan.document)
    Plan.objects.update(title="Kế hoạch 1/KH-UBND và Kế hoạch 42/KH-UBND")

    clocks.index_citations()

    assert [number for _source, _printed, number in cited()] == ["42/KH-UBND"]


def test_one_row_can_be_looked_through_at_once(plan):
    actions.index_row("plan", plan)
    actions.index_row("nobody", plan)

    assert len(cited()) == 1


def test_looking_through_thirty_texts_takes_as_many_queries_as_one(plan, django_assert_max_num_queries):
    source = queries.citing_named("plan")
    for number in range(30):
        other = make_plan(number=f"{number}/KH-UBND", state="issued")
        Plan.objects.filter(pk=other.pk).update(title="Nghị định 61/2018/NĐ-CP")

    with django_assert_max_num_queries(9):
        assert actions.index_source(source) == 31

    assert Citation.objects.count() == 31


def test_the_page_lists_what_has_ended_and_anything_else_when_asked(plan, today, as_user):
    clocks.index_citations()
    page = as_user(plan.clerk)
    url = reverse("documents:citation_list")

    def rows(**query):
        return [row.record.label for row in page.get(url, query).context["table"].paginated_rows]

    assert rows() == []
    assert len(rows(status="all")) == 1
    assert len(rows(on=ENDS.isoformat())) == 1
    today(ENDS)
    assert len(rows()) == 1
    assert len(rows(agency="own")) == 1
    assert "Nghị định 50/2019/NĐ-CP" in page.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_often_for_one_row_as_for_thirty(plan, as_user, count, django_assert_num_queries):
    for number in range(count):
        Citation.objects.create(
            source="plan",
            key=f"x{number}",
            label="Trang",
            url="/",
            printed="x",
            legal=plan.legal,
            found_on=START,
        )
    page = as_user(plan.clerk)
    url = f"{reverse('documents:citation_list')}?status=all"
    page.get(url)

    with django_assert_num_queries(10):
        page.get(url)


def test_the_sheet_of_citations_holds_their_words(plan, as_user):
    clocks.index_citations()

    response = as_user(plan.clerk).get(
        reverse("documents:citation_list"), {"status": "all", "export": "xlsx"}
    )

    assert response.status_code == 200
