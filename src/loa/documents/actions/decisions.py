"""The paper of a reorganisation in the register: linked where it is there already, else entered."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, ReorganisationDecision, User
from loa.documents.models import Document


@transaction.atomic
def link_decision(decision: ReorganisationDecision, *, printed_number: str, by: User) -> Document:
    """Point at the document that the register holds under this number. Raises FlowError where none or many are."""
    require(by, "directory.manage_directory")
    rows = Document.objects.filter(printed_number__iexact=" ".join(printed_number.split()))
    found = list((rows.filter(issued_on=decision.issued_on) or rows)[:2])
    if not found:
        raise FlowError(_("The register holds no document %(number)s.") % {"number": printed_number})
    if len(found) > 1:
        raise FlowError(
            _("The register holds several documents %(number)s: give the decision its date first.")
            % {"number": printed_number}
        )
    return _attach(found[0], decision, by=by)


@transaction.atomic
def register_decision(
    decision: ReorganisationDecision, *, upload: Upload, readers: Iterable[Agency] = (), by: User
) -> Document:
    """Enter the paper as an incoming document, open to the bodies it is about."""
    require(by, "directory.manage_directory")
    if decision.documents.exists():
        raise FlowError(_("The paper of this decision is in the register already."))
    kind, _space, number = decision.number.rpartition(" ")
    document = Document.objects.create(
        direction=Document.Direction.IN,
        kind=kind.upper() or _("Decision").upper(),
        printed_number=number,
        symbol=number.partition("/")[2][:60],
        issuer_name=decision.issuer_name,
        issued_on=decision.issued_on,
        subject=decision.subject,
        file=uploads.keep(upload, "documents"),
        file_name=upload.name,
        sha256=upload.sha256,
        created_at=clock.now(),
    )
    document.readers.set(readers)
    history.record(document, "document.register", by=by, data={"number": document.printed_number})
    return _attach(document, decision, by=by)


def _attach(document: Document, decision: ReorganisationDecision, *, by: User) -> Document:
    decision.documents.exclude(pk=document.pk).update(decides=None)
    Document.objects.filter(pk=document.pk).update(decides=decision)
    document.decides = decision
    history.record(decision, "decision.link_paper", by=by, data={"document": document.pk})
    return document
