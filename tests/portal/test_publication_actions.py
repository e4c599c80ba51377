from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from print_scene import TODAY, checked

from factories import make_agency, make_approval, make_assignment, make_budget, make_estimate, make_line
from loa.channels.models import Notice
from loa.core import history
from loa.core.workflow import FlowError, StaleError
from loa.plans.models import Deliverable, Target
from loa.plans.queries import target_counts
from loa.portal import actions, queries
from loa.portal.jobs.publications import look_at_file
from loa.portal.models import DownloadDay
from loa.portal.models.publications import public_storage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.slow]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"


# files -------------------------------------------------------------------------------------------
def test_cover_pages_and_text_come_from_the_pdf(prints):
    publication = prints.draft()
    upload = checked(prints.pdf, "to-gap.pdf")

    file = actions.attach_publication_file(publication, purpose="reading", upload=upload, by=prints.writer)
    look_at_file(file.pk)

    file.refresh_from_db()
    publication.refresh_from_db()
    assert (publication.page_count, publication.cover_width) == (2, 640)
    assert publication.cover.name.endswith(".webp")
    assert public_storage().exists(publication.cover.name)
    assert file.pages[0][0] == {"text": "Một cửa", "bold": True}
    assert "giấy hẹn" in file.pages[1][1]["text"]


def test_file_is_looked_at_once(prints):
    file = prints.with_file(prints.draft())
    file.refresh_from_db()

    actions.look_at_file(file, reader=lambda _path: pytest.fail("looked twice"))


def test_broken_pdf_is_kept_and_says_so(prints):
    publication = prints.draft()
    upload = checked(b"%PDF-1.4 nothing", "hong.pdf")

    file = actions.attach_publication_file(publication, purpose="reading", upload=upload, by=prints.writer)
    actions.look_at_file(file)

    file.refresh_from_db()
    publication.refresh_from_db()
    assert (file.is_looked_at, file.page_count, bool(publication.cover)) == (True, None, False)
    assert history.entries_of([publication])[0].action == "publication.unreadable"


def test_same_file_twice_is_kept_once(prints):
    publication = prints.draft()

    prints.with_file(publication)
    prints.with_file(publication)

    assert publication.files.count() == 1


def test_printer_gets_a_pdf_alone(prints):
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")

    with pytest.raises(FlowError, match=r"printer gets a \.pdf"):
        actions.attach_publication_file(
            prints.draft(), purpose="print", upload=checked(picture.getvalue(), "a.png"), by=prints.writer
        )


def test_reading_file_gives_the_cover_before_the_printers(prints):
    publication = prints.draft()
    prints.with_file(publication, purpose="print")
    first = publication.cover.name

    prints.with_file(publication, purpose="reading")

    assert publication.cover.name == first  # the same paper, the same picture, kept once


# the way to the readers --------------------------------------------------------------------------
def test_nothing_is_handed_in_without_a_file(prints):
    with pytest.raises(FlowError, match="Add the file first"):
        prints.take(prints.draft(), "hand_to_editor")


def test_writer_does_not_approve(prints):
    publication = actions.write_publication(kind="poster", title="A", about="B", by=prints.head)
    actions.attach_publication_file(
        publication, purpose="reading", upload=checked(prints.pdf, "a.pdf"), by=prints.head
    )
    actions.take_publication_step(publication, "hand_to_editor", by=prints.head)

    with pytest.raises(PermissionDenied):
        actions.take_publication_step(publication, "approve", by=prints.head)


def test_who_changed_it_last_does_not_approve(prints):
    publication = prints.draft()
    prints.with_file(publication)
    prints.take(publication, "hand_to_editor")
    publication = actions.edit_publication(publication, title="Khác", by=prints.head)

    with pytest.raises(PermissionDenied):
        actions.take_publication_step(publication, "approve", by=prints.head)


def test_editor_returns_with_a_reason_and_the_writer_learns_it(prints):
    publication = prints.draft()
    prints.with_file(publication)
    prints.take(publication, "hand_to_editor")

    with pytest.raises(FlowError, match="reason"):
        actions.take_publication_step(publication, "return_to_writer", by=prints.head)
    actions.take_publication_step(publication, "return_to_writer", note="Sai số điện thoại", by=prints.head)

    assert publication.state == "draft"
    assert Notice.objects.get(receiver=prints.writer).body_en == "Sai số điện thoại"


def test_approver_is_told_that_it_waits(prints):
    publication = prints.draft()
    prints.with_file(publication)
    head = prints.head

    prints.take(publication, "hand_to_editor")

    assert list(Notice.objects.values_list("receiver", flat=True)) == [head.pk]


def test_after_approval_only_facts_of_the_printing_change(prints):
    publication = prints.approved()

    publication = actions.edit_publication(
        publication, title="Khác hẳn", printer="Nhà in", print_run=1200, by=prints.writer
    )

    assert (publication.title, publication.printer, publication.print_run) == (
        "Tờ gấp Một cửa",
        "Nhà in",
        1200,
    )


def test_files_of_an_approved_publication_stay(prints):
    publication = prints.approved()

    with pytest.raises(FlowError, match="open it again"):
        actions.drop_publication_file(publication.files.get(), by=prints.writer)


def test_second_click_loses(prints):
    publication = prints.approved()
    stale = type(publication).objects.get(pk=publication.pk)
    prints.take(publication, "release")

    with pytest.raises(StaleError):
        prints.take(stale, "release")


# the plan ----------------------------------------------------------------------------------------
def test_release_counts_the_print_run_where_the_task_counts_copies(prints):
    publication = prints.released()

    row = Deliverable.objects.get(source=f"publication:{publication.pk}")
    assert (row.quantity, row.unit, row.on, row.kind) == (Decimal(1000), "tờ gấp", TODAY, "publication")
    (count,) = target_counts([prints.work.task])[prints.work.task_id]
    assert count.counted == 1000


@pytest.mark.parametrize(("unit", "counted"), [("ấn phẩm", "ấn phẩm"), ("cuộc", "ấn phẩm")])
def test_release_counts_as_one_where_the_task_counts_otherwise(prints, unit, counted):
    Target.objects.update(unit=unit)

    publication = prints.released()

    row = Deliverable.objects.get(source=f"publication:{publication.pk}")
    assert (row.quantity, row.unit) == (Decimal(1), counted)


def test_withdrawal_takes_the_deliverable_back_with_history_and_restoring_brings_it_again(prints):
    publication = prints.released()
    row = Deliverable.objects.get()

    prints.take(publication, "withdraw", note="In sai")
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert history.entries_of([prints.work])[0].note == "In sai"

    prints.take(publication, "restore")
    publication = actions.edit_publication(publication, print_run=1500, by=prints.writer)
    prints.take(publication, "release")
    row.refresh_from_db()
    assert (row.withdrawn_at, row.quantity, Deliverable.objects.count()) == (None, Decimal(1500), 1)


def test_publication_without_work_releases_and_withdraws(prints):
    publication = prints.released(assignment=None)

    prints.take(publication, "withdraw")

    assert not Deliverable.objects.exists()


def test_release_for_a_plan_that_is_closed_is_refused_and_nothing_moves(prints):
    publication = prints.approved()
    type(prints.work.plan).objects.filter(pk=prints.work.plan_id).update(state="closed")
    prints.work.refresh_from_db()
    publication = type(publication).objects.get(pk=publication.pk)

    with pytest.raises(FlowError):
        prints.take(publication, "release")

    publication.refresh_from_db()
    assert publication.state == "approved"


def test_work_of_another_agency_is_refused(prints):
    with pytest.raises(FlowError, match="another agency"):
        prints.draft(assignment=make_assignment(make_agency(), plan=prints.work.plan))


# money -------------------------------------------------------------------------------------------
def cost_line(agency, *, plan, amount=2_000_000, state="spending"):
    budget = make_budget(plan)
    line = make_line(make_estimate(budget, agency, state=state))
    if amount:
        make_approval(budget, {line: amount})
    return line


def test_cost_line_shows_planned_and_spent(prints):
    line = cost_line(prints.publisher, plan=prints.work.plan)
    line.payments.create(voucher="1", amount=700_000, on=TODAY, by=prints.writer, at="2019-06-01T00:00:00Z")

    cost = queries.cost_of(prints.draft(cost_line=line))

    assert (cost.planned, cost.bound, cost.spent) == (2_000_000, 0, 700_000)


@pytest.mark.parametrize("amount", [0, 2_000_000])
def test_cost_line_is_an_approved_one_of_the_own_agency(prints, amount):
    agency = prints.publisher if not amount else make_agency()
    line = cost_line(agency, plan=prints.work.plan, amount=amount)

    with pytest.raises(FlowError, match="approved one of your own agency"):
        prints.draft(cost_line=line)


# downloads ---------------------------------------------------------------------------------------
def test_downloads_are_counted_by_the_day(prints):
    file = prints.with_file(prints.draft())

    for day in (TODAY, TODAY, date(2019, 6, 4)):
        actions.count_download(file, user_agent=BROWSER, on=day)

    assert list(DownloadDay.objects.values_list("on", "count")) == [(TODAY, 2), (date(2019, 6, 4), 1)]


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1", "curl/8.0", "python-requests/2", "Mozilla/5.0 HeadlessChrome/99"]
)
def test_programs_are_not_counted(prints, agent):
    file = prints.with_file(prints.draft())

    actions.count_download(file, user_agent=agent, on=TODAY)

    assert not DownloadDay.objects.exists()
