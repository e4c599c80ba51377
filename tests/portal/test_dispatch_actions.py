from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from print_scene import TODAY

from factories import make_agency, make_group, make_user
from loa.channels.models import Notice, Reminder
from loa.core import clock
from loa.core.workflow import FlowError, StaleError
from loa.directory.actions import add_network, add_network_member
from loa.directory.models import GroupMember
from loa.portal import actions, queries
from loa.portal.clocks.publications import remind

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.slow]


def shares(dispatch):
    return [(row.agency.name, row.quantity) for row in queries.expand(dispatch).shares]


def parcel_of(dispatch, agency):
    return dispatch.parcels.select_related("agency", "dispatch__publication__agency").get(agency=agency)


def confirm(prints, parcel, received, *, on=TODAY, remark="", by=None):
    return actions.confirm_parcel(
        parcel,
        received=received,
        received_on=on,
        remark=remark,
        by=by or prints.person(parcel.agency, "clerk"),
    )


# the list ----------------------------------------------------------------------------------------
def test_group_means_its_members_of_the_day(prints):
    group = make_group("UBND các quận", prints.north, prints.south)
    GroupMember.objects.filter(agency=prints.south).update(valid_to=date(2019, 5, 31))
    dispatch = prints.round(prints.approved())

    actions.add_dispatch_line(dispatch, group=group, each=50, by=prints.writer)

    assert shares(dispatch) == [("UBND quận Bắc", 50)]


def test_network_means_its_people_of_the_day_and_goes_to_its_keeper(prints):
    keeper = prints.writer
    network = add_network(name="Tuyên truyền viên", kind="communicator", level="city", by=keeper)
    for last in (None, None, date(2019, 6, 2)):
        add_network_member(network, name="Người", agency=prints.north, valid_to=last, by=keeper)
    dispatch = prints.round(prints.approved())

    actions.add_dispatch_line(dispatch, network=network, each=20, by=prints.writer)

    (share,) = queries.expand(dispatch).shares
    assert (share.agency, share.quantity, share.parts[0]["people"]) == (prints.publisher, 40, 2)


def test_agency_named_by_two_lines_gets_both_and_is_marked(prints):
    dispatch = prints.round(prints.approved(), north=100)
    actions.add_dispatch_line(
        dispatch, group=make_group("Các quận", prints.north, prints.south), each=50, by=prints.writer
    )

    rows = queries.expand(dispatch).shares

    assert [(row.quantity, row.is_named_twice) for row in rows] == [(150, True), (50, False)]


def test_receiver_is_on_the_list_once(prints):
    dispatch = prints.round(prints.approved(), north=100)

    with pytest.raises(FlowError, match="on the list already"):
        actions.add_dispatch_line(dispatch, agency=prints.north, each=5, by=prints.writer)


def test_line_names_one_receiver(prints):
    dispatch = prints.round(prints.approved())

    with pytest.raises(FlowError, match="Choose one receiver"):
        actions.add_dispatch_line(
            dispatch, agency=prints.north, group=make_group("A"), each=5, by=prints.writer
        )


def test_more_than_the_print_run_is_refused_with_the_numbers(prints):
    dispatch = prints.round(prints.approved(print_run=1000), north=800)

    with pytest.raises(FlowError) as refused:
        actions.add_dispatch_line(dispatch, agency=prints.south, each=300, by=prints.writer)

    assert str(refused.value) == (
        "The list gives out 1100 copies, but of 1000 only 1000 are left: 100 too many."
    )
    assert dispatch.lines.count() == 1


def test_second_round_counts_what_the_first_gave_out(prints):
    publication = prints.approved(print_run=1000)
    prints.sent(publication, north=800)

    with pytest.raises(FlowError, match="only 200 are left: 100 too many"):
        prints.round(publication, south=300)


def test_group_that_grew_since_is_refused_when_sent(prints):
    group = make_group("Các quận", prints.north)
    dispatch = prints.round(prints.approved(print_run=1000))
    actions.add_dispatch_line(dispatch, group=group, each=600, by=prints.writer)
    GroupMember.objects.create(group=group, agency=prints.south)

    with pytest.raises(FlowError, match="200 too many"):
        actions.send_dispatch(dispatch, by=prints.writer)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.parcels.count()) == ("draft", 0)


def test_print_run_does_not_sink_below_what_was_given_out(prints):
    publication = prints.approved()
    prints.sent(publication, north=800)

    with pytest.raises(FlowError, match="800 copies have been given out"):
        actions.edit_publication(publication, print_run=700, by=prints.writer)


def test_draft_is_not_sent_out(prints):
    with pytest.raises(FlowError, match="once the publication is approved"):
        prints.round(prints.draft())


def test_without_a_print_run_nothing_is_sent(prints):
    with pytest.raises(FlowError, match="print run first"):
        prints.round(prints.approved(print_run=None))


def test_empty_list_is_not_sent(prints):
    with pytest.raises(FlowError, match="means nobody"):
        actions.send_dispatch(prints.round(prints.approved()), by=prints.writer)


# sent and confirmed ------------------------------------------------------------------------------
def test_each_agency_gets_a_parcel_and_is_asked_to_confirm(prints):
    person = prints.person(prints.north, "focal_point")

    dispatch = prints.sent(north=300, south=200)

    assert list(dispatch.parcels.values_list("agency", "quantity")) == [
        (prints.north.pk, 300),
        (prints.south.pk, 200),
    ]
    notice = Notice.objects.get(receiver=person)
    assert notice.subject_en == "Kindly confirm the receipt of 300 copies: Tờ gấp Một cửa"


def test_sending_twice_sends_once(prints):
    dispatch = prints.sent()

    with pytest.raises(StaleError):
        actions.send_dispatch(dispatch, by=prints.writer)

    assert dispatch.parcels.count() == 2


def test_receipt_is_confirmed_by_the_agency_and_by_nobody_else(prints):
    parcel = parcel_of(prints.sent(), prints.north)

    for stranger in (
        prints.writer,
        prints.person(prints.south, "head"),
        prints.person(prints.north, "leader"),
    ):
        with pytest.raises(PermissionDenied):
            confirm(prints, parcel, 300, by=stranger)
    confirm(prints, parcel, 300)

    assert (parcel.state, parcel.received, parcel.shortage) == ("confirmed", 300, 0)


def test_shortage_needs_words_and_the_sender_is_told(prints):
    parcel = parcel_of(prints.sent(), prints.north)

    with pytest.raises(FlowError, match="Copies are missing"):
        confirm(prints, parcel, 250)
    confirm(prints, parcel, 250, remark="Ướt một thùng")

    assert parcel.shortage == 50
    notice = Notice.objects.get(receiver=prints.writer, key__startswith="parcel.")
    assert (notice.subject_en, notice.body_en) == (
        "UBND quận Bắc lacks 50 copies: Tờ gấp Một cửa",
        "Ướt một thùng",
    )


@pytest.mark.parametrize(
    ("received", "on", "words"),
    [
        (301, TODAY, "more cannot have come"),
        (300, date(2019, 6, 4), "between the day of sending and today"),
        (300, date(2019, 6, 2), "between the day of sending and today"),
    ],
)
def test_receipt_that_cannot_be_is_refused(prints, received, on, words):
    parcel = parcel_of(prints.sent(), prints.north)

    with pytest.raises(FlowError, match=words):
        confirm(prints, parcel, received, on=on)

    parcel.refresh_from_db()
    assert parcel.state == "waiting"


def test_receipt_is_corrected_when_the_rest_came(prints):
    parcel = parcel_of(prints.sent(), prints.north)
    confirm(prints, parcel, 250, remark="Thiếu")

    confirm(prints, parcel, 300)

    parcel.refresh_from_db()
    assert (parcel.received, parcel.remark, parcel.state) == (300, "", "confirmed")


def test_receipts_on_paper_are_entered_together_or_not_at_all(prints):
    dispatch = prints.sent()
    north, south = (parcel_of(dispatch, agency) for agency in (prints.north, prints.south))

    with pytest.raises(FlowError, match="more cannot have come"):
        actions.type_in_receipts(
            dispatch,
            [actions.PaperReceipt(north, 300, TODAY), actions.PaperReceipt(south, 900, TODAY)],
            by=prints.writer,
        )
    assert dispatch.parcels.filter(state="confirmed").count() == 0

    north.refresh_from_db()
    count = actions.type_in_receipts(dispatch, [actions.PaperReceipt(north, 300, TODAY)], by=prints.writer)

    north.refresh_from_db()
    assert (count, north.is_on_paper, north.confirmed_by) == (1, True, prints.writer)


def test_receiver_does_not_type_in_for_others(prints):
    dispatch = prints.sent()

    with pytest.raises(PermissionDenied):
        actions.type_in_receipts(
            dispatch,
            [actions.PaperReceipt(parcel_of(dispatch, prints.south), 200, TODAY)],
            by=prints.person(prints.north, "head"),
        )


def test_round_called_off_gives_its_copies_back_and_asks_for_nothing(prints):
    publication = prints.approved(print_run=1000)
    dispatch = prints.sent(publication, north=800)

    actions.call_off_dispatch(dispatch, note="Xe hỏng", by=prints.writer)

    assert queries.given_out(publication) == 0
    with pytest.raises(FlowError, match="called off"):
        confirm(prints, parcel_of(dispatch, prints.north), 800)


def test_withdrawn_publication_is_no_longer_handed_out(prints):
    person = prints.person(prints.north, "focal_point")
    publication = prints.released()
    prints.sent(publication, north=100)

    prints.take(publication, "withdraw", note="In sai số điện thoại")

    notice = Notice.objects.filter(receiver=person).latest("pk")
    assert notice.subject_en == "Kindly stop handing out: Tờ gấp Một cửa"


# reminders ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        (date(2019, 6, 10), 0),
        (date(2019, 6, 11), 2),  # two days before the 13th
        (date(2019, 6, 14), 2),
        (date(2019, 6, 18), 2),
    ],
)
def test_unconfirmed_receipts_climb_the_ladder(prints, today, day, reminded):
    prints.sent()
    today(day)

    assert remind(clock.today()) == reminded


def test_reminding_twice_a_day_reminds_once_and_confirmed_receipts_are_left_alone(prints, today):
    dispatch = prints.sent()
    confirm(prints, parcel_of(dispatch, prints.north), 300)
    today(date(2019, 6, 14))

    assert (remind(), remind()) == (1, 0)
    assert list(Reminder.objects.values_list("agency", flat=True)) == [prints.south.pk]


def test_party_bodies_are_asked(prints, today):
    board = make_agency("Ban Tuyên giáo", kind="party_board")
    person = make_user(board, "focal_point")
    dispatch = prints.round(prints.approved())
    actions.add_dispatch_line(dispatch, agency=board, each=10, by=prints.writer)
    actions.send_dispatch(dispatch, by=prints.writer)
    today(date(2019, 6, 14))

    remind()

    assert Notice.objects.filter(receiver=person).latest("pk").subject_en.startswith("Kindly finish soon")
