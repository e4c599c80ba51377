"""The conclusion and the minutes, written here, signed by another and registered; certificates for those present."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.numbering import next_number
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, User
from loa.directory.queries.signing import named_head_signature, signature_of
from loa.documents.actions import register_outgoing
from loa.events import notices
from loa.events.models import Certificate, Event, EventPaper
from loa.events.papers.letters import certificates_sheet, event_paper
from loa.events.queries.papers import attended, head_of, receivers_of, subject_of, symbol_of, words
from loa.events.queries.sessions import people_for_certificates
from loa.events.states import HELD, PAPER
from officialdoc.write.certificate import write_certificates
from officialdoc.write.pdf import write_pdf
from officialdoc.write.word import write_docx

FORMS = ("docx", "pdf")
MOST_CERTIFICATES = 500  # pages of one file


@transaction.atomic
def begin_paper(event: Event, kind: str, *, by: User) -> EventPaper:
    """The conclusion or the minutes of a gathering that was held. Begun twice it is the first."""
    require(by, "events.change_event", event)
    if kind not in EventPaper.Kind.values:
        raise FlowError(_("There is no such paper."))
    if event.state not in ("running", *HELD):
        raise FlowError(_("It is written once the event has begun."))
    try:
        with transaction.atomic():
            paper, is_new = EventPaper.objects.get_or_create(
                event=event, kind=kind, defaults={"writer": by, "saved_at": clock.now(), "text": ""}
            )
    except IntegrityError:  # a second click was faster
        return EventPaper.objects.get(event=event, kind=kind)
    if is_new:
        history.record(paper, "event_paper.begin", by=by)
    return paper


@transaction.atomic
def write_paper(paper: EventPaper, *, text: str, receivers: str, saved_at: str = "", by: User) -> EventPaper:
    """Save a draft. StaleError where somebody has saved since the page was opened (`saved_at`)."""
    require(by, "events.write_paper", paper)
    row = EventPaper.objects.select_for_update(of=("self",)).select_related("event").get(pk=paper.pk)
    if row.state != "draft":
        raise FlowError(_("Only a draft is changed. Return it to the writer first."))
    if saved_at and saved_at != row.saved_at.isoformat():
        raise StaleError(
            _("Somebody else has saved this meanwhile. Copy your words and open the page again.")
        )
    row.text, row.receivers, row.writer, row.saved_at = text, receivers, by, clock.now()
    row.save()
    history.record(row, "event_paper.write", by=by)
    return row


@transaction.atomic
def take_paper_step(paper: EventPaper, step: str, *, note: str = "", by: User) -> Entry:
    """Hand in, return, or sign: then it gets its number in the register of the organiser."""
    changes: dict[str, Any] = {}
    if step == "hand_in":
        if not paper.text.strip():
            raise FlowError(_("There is nothing to sign yet."))
        changes = {"handed_in_by": by}
    elif step == "issue":
        changes = {"issued_on": clock.today(), "signature": signature_of(by, paper.event.agency)}
    entry = PAPER.take(paper, step, by=by, note=note, **changes)
    if step == "issue":
        _register(paper, by)
        notices.tell_issued(paper, entry, _bodies(paper.event))
    notices.paper_moved(paper, entry)
    return entry


def _register(paper: EventPaper, by: User) -> None:
    event = paper.event
    day = paper.issued_on or clock.today()
    head = head_of(event.agency, day)
    document = register_outgoing(
        issuer=event.agency,
        kind=words()[paper.kind]["kind"],
        symbol=symbol_of(paper, head),
        subject=subject_of(paper, head),
        issued_on=day,
        readers=_bodies(event),
        by=by,
        place=head.place,
        signer_name=paper.signature["name"],
        signer_title=paper.signature["title"],
        signer_authority=" / ".join(paper.signature["authority"]),
        recipients=receivers_of(paper, event),
    )
    EventPaper.objects.filter(pk=paper.pk).update(document=document)
    paper.document = document


def _bodies(event: Event) -> list[Agency]:
    """Who had a part in it, and who oversees the plan it counts for."""
    keys = set(event.invitations.filter(state__in=("sent", "answered")).values_list("agency", flat=True))
    keys |= set(event.panel.values_list("agency", flat=True))
    if event.work:
        keys.add(event.work.plan.coordinator_id)
    return list(Agency.objects.filter(pk__in=keys - {event.agency_id}))


def paper_file(paper: EventPaper, form: str) -> bytes:
    """As .docx or .pdf; until it is signed, stamped as a draft."""
    event = paper.event
    head = head_of(event.agency, paper.issued_on or clock.today())
    document = event_paper(paper, head, attended(paper))
    return write_docx(document) if form == "docx" else write_pdf(document)


@transaction.atomic
def give_certificates(event: Event, *, by: User) -> int:
    """To everybody who was present (in as many sessions as the event asks for) and has none yet, each with the next number of the year. Returns how many."""
    require(by, "events.change_event", event)
    row = Event.objects.select_for_update(of=("self",)).select_related("agency__parent").get(pk=event.pk)
    if row.state not in HELD or not row.gives_certificates:
        raise FlowError(_("Certificates are issued once the event has ended, if it gives any."))
    today = clock.today()
    head, own = head_of(row.agency, today), words()["certificate"]
    fresh = []
    for person in people_for_certificates(row).filter(certificate__isnull=True):
        number = next_number(f"event-certificate:{row.agency.code}:{today.year}")
        printed = f"{number:02d}/{own['symbol']}-{head.symbol}"
        fresh.append(
            Certificate(
                registration=person,
                number=number,
                printed_number=printed,
                name=person.name,
                issued_on=today,
                by=by,
            )
        )
    Certificate.objects.bulk_create(fresh)
    if fresh:
        data = {"count": len(fresh), "first": fresh[0].printed_number, "last": fresh[-1].printed_number}
        history.record(row, "event.give_certificates", by=by, data=data)
    return len(fresh)


def certificates_file(event: Event, rows: list[Certificate]) -> bytes:
    """One .pdf with a page for each. Raises FlowError where there is none, or too many for one file."""
    if not rows:
        raise FlowError(_("Nobody has a certificate yet."))
    if len(rows) > MOST_CERTIFICATES:
        raise FlowError(_("One file holds at most %(n)d certificates.") % {"n": MOST_CERTIFICATES})
    day = rows[0].issued_on
    sheet = certificates_sheet(
        event, head_of(event.agency, day), rows, named_head_signature(event.agency, day)
    )
    return write_certificates(sheet)
