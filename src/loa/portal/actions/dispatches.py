"""Sending copies out: the list, the round, and what each agency says has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import Agency, AgencyGroup, Network, User
from loa.directory.queries import networks_visible_to
from loa.portal import queries
from loa.portal.models import Dispatch, DispatchLine, Parcel, Publication
from loa.portal.notices import publications as notices
from loa.portal.states import DISPATCH, PARCEL


@transaction.atomic
def prepare_dispatch(
    publication: Publication, *, as_of: date, confirm_by: date, note: str = "", by: User
) -> Dispatch:
    """A round with an empty list; nobody is told before it is sent."""
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    dispatch = Dispatch(publication=row, as_of=as_of, confirm_by=confirm_by, note=note)
    require(by, "portal.distribute", dispatch)
    if row.state not in ("approved", "released"):
        raise FlowError(_("Copies are sent out once the publication is approved."))
    if not row.print_run:
        raise FlowError(_("Give the print run first: what is sent is counted against it."))
    dispatch.number = (row.dispatches.aggregate(last=Max("number"))["last"] or 0) + 1
    dispatch.created_by, dispatch.created_at = by, clock.now()
    dispatch.save()
    history.record(dispatch, "dispatch.prepare", by=by)
    return dispatch


@transaction.atomic
def edit_dispatch(dispatch: Dispatch, *, as_of: date, confirm_by: date, note: str, by: User) -> Dispatch:
    require(by, "portal.distribute", dispatch)
    _require_draft(dispatch)
    dispatch.as_of, dispatch.confirm_by, dispatch.note = as_of, confirm_by, note
    dispatch.save()
    history.record(dispatch, "dispatch.edit", by=by)
    return dispatch


@transaction.atomic
def add_dispatch_line(
    dispatch: Dispatch,
    *,
    each: int,
    agency: Agency | None = None,
    group: AgencyGroup | None = None,
    network: Network | None = None,
    by: User,
) -> DispatchLine:
    """One receiver more: exactly one of agency, group and network."""
    require(by, "portal.distribute", dispatch)
    _require_draft(dispatch)
    if [agency, group, network].count(None) != 2:
        raise FlowError(_("Choose one receiver: an agency, a group or a network of people."))
    if network and not networks_visible_to(by).filter(pk=network.pk).exists():
        raise FlowError(_("You do not see this network."))
    try:
        with transaction.atomic():
            line = DispatchLine.objects.create(
                dispatch=dispatch, agency=agency, group=group, network=network, each=each
            )
    except IntegrityError as error:
        raise FlowError(_("This receiver is on the list already.")) from error
    _require_enough(dispatch, queries.expand(dispatch).total)
    history.record(dispatch, "dispatch.add_line", by=by, note=f"{line}: {each}")
    return line


@transaction.atomic
def remove_dispatch_line(line: DispatchLine, *, by: User) -> None:
    require(by, "portal.distribute", line.dispatch)
    _require_draft(line.dispatch)
    history.record(line.dispatch, "dispatch.remove_line", by=by, note=str(line))
    line.delete()


@transaction.atomic
def send_dispatch(dispatch: Dispatch, *, by: User) -> Entry:
    """The list as of its day becomes one parcel for each agency; each is asked to confirm."""
    publication = (
        Publication.objects.select_for_update().select_related("agency").get(pk=dispatch.publication_id)
    )
    dispatch.publication = publication
    if publication.state not in ("approved", "released"):
        raise FlowError(_("Copies are sent out once the publication is approved."))
    expanded = queries.expand(dispatch)
    entry = DISPATCH.take(dispatch, "send", by=by, sent_at=clock.now(), sent_on=clock.today())
    if not expanded.shares:
        raise FlowError(_("The list means nobody on that day: choose who gets copies."))
    _require_enough(dispatch, expanded.total)
    parcels = Parcel.objects.bulk_create(
        Parcel(dispatch=dispatch, agency=share.agency, quantity=share.quantity, parts=share.parts)
        for share in expanded.shares
    )
    notices.dispatch_sent(dispatch, parcels)
    return entry


@transaction.atomic
def call_off_dispatch(dispatch: Dispatch, *, note: str, by: User) -> Entry:
    """The copies count as not given out; what was confirmed stays readable."""
    was_sent = dispatch.state == "sent"
    entry = DISPATCH.take(dispatch, "withdraw", by=by, note=note)
    if was_sent:
        notices.dispatch_called_off(dispatch, entry)
    return entry


def _require_draft(dispatch: Dispatch) -> None:
    if dispatch.state != "draft":
        raise FlowError(_("The round has left: its list does not change any more."))


def _require_enough(dispatch: Dispatch, wanted: int) -> None:
    """No copy is given out twice: all rounds together stay within the print run."""
    publication = dispatch.publication
    left = (publication.print_run or 0) - queries.given_out(publication)
    if wanted > left:
        words = ngettext(
            "The list gives out %(wanted)s copies, but of %(run)s only %(left)s are left: %(over)s too many.",
            "The list gives out %(wanted)s copies, but of %(run)s only %(left)s are left: %(over)s too many.",
            wanted - left,
        )
        found = {"wanted": wanted, "run": publication.print_run or 0, "left": left, "over": wanted - left}
        raise FlowError(words % found)


# receipts ----------------------------------------------------------------------------------------


@transaction.atomic
def confirm_parcel(parcel: Parcel, *, received: int, received_on: date, remark: str = "", by: User) -> Entry:
    """What came, said by who got it; said again it is corrected. A shortage is told to the sender."""
    step = "confirm" if parcel.state == "waiting" else "correct"
    return _take(parcel, step, received=received, received_on=received_on, remark=remark, by=by)


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    """A line of the hand-over sheet that came back signed."""

    parcel: Parcel
    received: int
    received_on: date
    remark: str = ""


@transaction.atomic
def type_in_receipts(dispatch: Dispatch, receipts: Iterable[PaperReceipt], *, by: User) -> int:
    """Receipts on paper, entered by who sent the copies: all of them or none. Returns how many."""
    require(by, "portal.distribute", dispatch)
    count = 0
    for receipt in receipts:
        _take(
            receipt.parcel,
            "type_in",
            received=receipt.received,
            received_on=receipt.received_on,
            remark=receipt.remark,
            is_on_paper=True,
            by=by,
        )
        count += 1
    if not count:
        raise FlowError(_("No row is filled in."))
    history.record(dispatch, "dispatch.type_in", by=by, data={"count": count})
    return count


def why_not_receipt(parcel: Parcel, received: int, received_on: date, remark: str) -> str | None:
    """What is wrong with a receipt, as a sentence."""
    dispatch = parcel.dispatch
    if dispatch.state != "sent":
        return _("This sending was called off.")
    if received > parcel.quantity:
        return _("%(agency)s was sent %(n)s copies; more cannot have come.") % {
            "agency": parcel.agency,
            "n": parcel.quantity,
        }
    if received_on > clock.today() or (dispatch.sent_on and received_on < dispatch.sent_on):
        return _("The day of receipt lies between the day of sending and today.")
    if received < parcel.quantity and not remark.strip():
        return _("Copies are missing: say what is known of them.")
    return None


def _take(
    parcel: Parcel, step: str, *, received: int, received_on: date, remark: str, by: User, **more: Any
) -> Entry:
    if why_not := why_not_receipt(parcel, received, received_on, remark):
        raise FlowError(why_not)
    entry = PARCEL.take(
        parcel,
        step,
        by=by,
        received=received,
        received_on=received_on,
        remark=remark,
        confirmed_by=by,
        confirmed_at=clock.now(),
        **more,
    )
    if parcel.shortage and step != "type_in":
        notices.parcel_short(parcel, entry)
    return entry
