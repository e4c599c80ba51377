"""What procedures, the radio desk and publications bring to a desk."""

from datetime import date, datetime, time

import pytest

from factories import (
    make_agency,
    make_plan,
    make_procedure,
    make_publication,
    make_published,
    make_script,
    make_user,
    make_version,
)
from loa.desk import queries
from loa.portal.models import Dispatch, Parcel
from loa.procedures.models import CommunicationProposal, ProcedureImport

pytestmark = pytest.mark.django_db
TODAY = date(2019, 6, 3)
NOON = datetime(2019, 6, 3, 5, 0).astimezone()


@pytest.fixture(autouse=True)
def _day(today):
    today(TODAY)


def kinds(user):
    return [item.kind for item in queries.waiting_for(user, TODAY)]


def who_sees(agency, kind, *roles, **people):
    """The roles (and named people) whose desk holds a matter of this kind."""
    everybody = {role: make_user(agency, role) for role in roles} | people
    return [name for name, user in everybody.items() if kind in kinds(user)]


# procedures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "kind", "roles"),
    [
        ("draft", "version_to_write", ["focal_point", "clerk"]),
        ("returned", "version_to_write", ["focal_point", "clerk"]),
        ("with_head", "version_to_approve", ["head"]),
        ("approved", "version_to_publish", ["focal_point", "clerk", "head"]),
    ],
)
def test_a_version_waits_for_who_can_move_it(state, kind, roles):
    agency = make_agency()
    make_version(make_procedure(agency), state=state)

    stranger = make_user(make_agency(), "head", "focal_point")
    found = who_sees(agency, kind, "officer", "focal_point", "clerk", "head", "editor", stranger=stranger)

    assert found == roles


def test_a_version_that_is_public_waits_for_nobody():
    agency = make_agency()
    make_published(agency)

    assert kinds(make_user(agency, "head", "focal_point")) == []


def test_an_officers_own_draft_waits_for_the_officer():
    agency = make_agency()
    officer = make_user(agency, "officer")
    make_version(make_procedure(agency), written_by=officer)

    assert kinds(officer) == ["version_to_write"]
    assert kinds(make_user(agency, "officer")) == []


def test_a_head_does_not_approve_what_she_wrote():
    agency = make_agency()
    head = make_user(agency, "head")
    make_version(make_procedure(agency), state="with_head", written_by=head)

    assert kinds(head) == []
    assert kinds(make_user(agency, "head")) == ["version_to_approve"]


def test_the_last_day_to_publish_says_what_is_first(as_user):
    agency = make_agency()
    make_version(make_procedure(agency, name="Việc sau"), state="approved", due_on=date(2019, 6, 20))
    late = make_version(make_procedure(agency, name="Việc trước"), state="approved", due_on=date(2019, 5, 31))

    response = as_user(make_user(agency, "clerk")).get("/viec-cua-toi/")

    first = response.context["first"]
    assert (first.title, first.due_on, first.url) == ("Việc trước", date(2019, 5, 31), late.staff_url)
    assert response.context["waiting_count"] == 2
    assert "Thủ tục cần công bố" in response.content.decode()


def test_a_proposal_waits_for_the_coordinator_of_a_running_plan():
    plan, agency = make_plan(), make_agency()
    officer = make_user(agency, "officer")
    version = make_published(agency).current
    proposal = CommunicationProposal.objects.create(
        version=version, plan=plan, agency=agency, content="Phổ biến", proposed_by=officer, proposed_at=NOON
    )

    found = who_sees(plan.coordinator, "proposal", "officer", "focal_point", "head", officer=officer)

    assert found == ["focal_point", "head"]
    CommunicationProposal.objects.filter(pk=proposal.pk).update(state="declined")
    assert kinds(make_user(plan.coordinator)) == []


def test_a_file_that_was_read_waits_for_another_head_of_the_office():
    committee = make_agency(kind="peoples_committee")
    office = make_agency(kind="office", parent=committee)
    starter = make_user(office, "head", "focal_point")
    ProcedureImport.objects.create(
        agency=office, state="read", kind="sheet", file_name="a.xlsx", started_by=starter, created_at=NOON
    )

    assert who_sees(office, "procedure_import", "focal_point", "head", starter=starter) == ["head"]


# radio -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "kind", "people"),
    [
        ("draft", "script", ["writer"]),
        ("checked", "script_to_approve", ["head", "approver"]),
        ("approved", "script_to_approve", []),
        ("used", "script_to_approve", []),
    ],
)
def test_a_script_waits_for_who_can_move_it(state, kind, people):
    agency = make_agency()
    writer = make_user(agency, "contributor", "approver")
    make_script(agency, writer, state=state)

    stranger = make_user(make_agency(), "head")
    found = who_sees(agency, kind, "officer", "editor", "head", "approver", writer=writer, stranger=stranger)

    assert found == people


def test_a_script_is_due_on_the_day_of_its_slot():
    agency = make_agency()
    writer = make_user(agency, "contributor")
    make_script(agency, writer, state="checked", title="Không giờ")
    script = make_script(
        agency, writer, state="checked", title="Sớm", slot_on=date(2019, 6, 4), slot_at=time(5)
    )

    first, second = queries.waiting_for(make_user(agency, "approver"), TODAY)

    assert (first.title, first.due_on, first.url) == ("Sớm", date(2019, 6, 4), script.get_absolute_url())
    assert (second.title, second.due_on) == ("Không giờ", None)


# publications ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "people"),
    [
        ("draft", ["writer"]),
        ("with_editor", ["approver", "head"]),
        ("approved", ["editor", "focal_point"]),
        ("released", []),
    ],
)
def test_a_publication_waits_for_who_can_move_it(state, people):
    agency = make_agency()
    writer = make_user(agency, "contributor")
    make_publication(agency, writer, state=state)

    roles = ("officer", "editor", "approver", "focal_point", "head")
    found = who_sees(agency, "publication", *roles, writer=writer)

    assert found == people


def test_copies_wait_for_their_receiver_until_the_day_to_confirm():
    publisher, receiver = make_agency(), make_agency()
    publication = make_publication(publisher, make_user(publisher, "editor"), state="released")
    dispatch = Dispatch.objects.create(
        publication=publication,
        number=1,
        state="sent",
        as_of=TODAY,
        confirm_by=date(2019, 6, 13),
        created_by=publication.created_by,
        created_at=NOON,
    )
    parcel = Parcel.objects.create(dispatch=dispatch, agency=receiver, quantity=50)

    (item,) = queries.waiting_for(make_user(receiver, "clerk"), TODAY)

    assert (item.kind, item.due_on, item.url) == ("parcel", date(2019, 6, 13), parcel.get_absolute_url())
    assert kinds(make_user(make_agency(), "clerk")) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_for_one_and_thirty(as_user, django_assert_num_queries, count):
    agency = make_agency()
    plan = make_plan(coordinator=agency)
    writer = make_user(agency, "contributor")
    proposer = make_agency()
    for _ in range(count):
        make_version(make_procedure(agency), state="approved", due_on=TODAY)
        make_script(agency, writer, state="checked")
        make_publication(agency, writer, state="with_editor")
        CommunicationProposal.objects.create(
            version=make_published(proposer).current,
            plan=plan,
            agency=proposer,
            content="Phổ biến",
            proposed_by=writer,
            proposed_at=NOON,
        )
    client = as_user(make_user(agency, "focal_point", "head"))
    client.get("/viec-cua-toi/")

    with django_assert_num_queries(42):
        response = client.get("/viec-cua-toi/")

    assert response.context["waiting_count"] == 4 * count
