"""Legal documents: who sees which, and whether one is in force on a day.

On a day a document is, the first that fits: *ended* (its own last day is past, or a public document that
replaces or abolishes it acts by then), *not yet in force*, *partly in force* (partly abolished by then), *in force*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.text import fold, format_date
from loa.directory.queries import itself_and_predecessors
from loa.documents.models import DocumentLink, LegalDocument
from officialdoc.read.references import number_key

Kind = DocumentLink.Kind
ENDING_KINDS = (Kind.REPLACES, Kind.ABOLISHES)
ACTING_KINDS = (*ENDING_KINDS, Kind.PARTLY_ABOLISHES, Kind.AMENDS)
STATUS_LABELS: dict[str, Any] = {
    "in_force": gettext_lazy("In force"),
    "partly": gettext_lazy("Partly in force"),
    "ended": gettext_lazy("No longer in force"),
    "not_yet": gettext_lazy("Not yet in force"),
}
STATUS_TONES = {"in_force": "done", "partly": "soon", "ended": "late", "not_yet": "wait"}


def public_legal_documents() -> QuerySet[LegalDocument]:
    """What anybody may read."""
    return LegalDocument.objects.filter(state="published").select_related("document")


def legal_documents_visible_to(user: Any) -> QuerySet[LegalDocument]:
    """What is public, what came with the program, and what the own agency keeps."""
    hat = getattr(user, "hat", None)
    if hat is None:
        return LegalDocument.objects.none()
    seen = Q(state="published") | Q(keeper__isnull=True) | Q(keeper__in=itself_and_predecessors(hat.agency))
    return LegalDocument.objects.filter(seen).select_related("document", "keeper")


def newest_public(day: date) -> QuerySet[LegalDocument]:
    """Public documents issued by a day, the newest first."""
    return (
        public_legal_documents().filter(document__issued_on__lte=day).order_by("-document__issued_on", "-pk")
    )


def _acting_on(day: date) -> QuerySet[DocumentLink]:
    """Links of public documents that act on the document of the outer row by a day."""
    links = DocumentLink.objects.filter(other=OuterRef("document"), document__legal__state="published")
    return links.annotate(day=_LINK_DAY).filter(day__lte=day).order_by()


_LINK_DAY = Coalesce("acts_from", "document__legal__effective_from", "document__issued_on")


def with_status_on(rows: QuerySet[LegalDocument], day: date) -> QuerySet[Any]:
    """Each row with `status_code`, a key of STATUS_LABELS. No further query."""
    acting = _acting_on(day)
    starts_later = Q(effective_from__gt=day) | Q(effective_from__isnull=True, document__issued_on__gt=day)
    return rows.annotate(
        status_code=Case(
            When(Q(effective_to__lt=day) | Exists(acting.filter(kind__in=ENDING_KINDS)), then=Value("ended")),
            When(starts_later, then=Value("not_yet")),
            When(Exists(acting.filter(kind=Kind.PARTLY_ABOLISHES)), then=Value("partly")),
            default=Value("in_force"),
        )
    )


def in_force_on(rows: QuerySet[LegalDocument], day: date) -> QuerySet[LegalDocument]:
    return with_status_on(rows, day).filter(status_code__in=("in_force", "partly"))


@dataclass(frozen=True, slots=True)
class Relation:
    """One document's link with another, as it is shown on the page of either."""

    link: DocumentLink
    kind: str
    label: str  # "Amended by"
    name: str  # of the other document, as short as it is cited
    text: str  # the name with the subject
    url: str  # "" where the other is not registered or may not be seen
    day: date | None  # from which it acts


@dataclass(frozen=True, slots=True)
class StatusOn:
    """Whether a document is in force on a day, and why."""

    code: str
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(STATUS_LABELS[self.code])

    @property
    def tone(self) -> str:
        return STATUS_TONES[self.code]


OUT_LABELS: dict[str, Any] = {
    Kind.AMENDS: gettext_lazy("Amends"),
    Kind.REPLACES: gettext_lazy("Replaces"),
    Kind.ABOLISHES: gettext_lazy("Abolishes"),
    Kind.PARTLY_ABOLISHES: gettext_lazy("Partly abolishes"),
    Kind.GUIDES: gettext_lazy("Guides"),
    Kind.BASIS: gettext_lazy("Based on"),
    Kind.REFERENCE: gettext_lazy("Refers to"),
}
IN_LABELS: dict[str, Any] = {
    Kind.AMENDS: gettext_lazy("Amended, supplemented by"),
    Kind.REPLACES: gettext_lazy("Replaced by"),
    Kind.ABOLISHES: gettext_lazy("Abolished by"),
    Kind.PARTLY_ABOLISHES: gettext_lazy("Partly abolished by"),
    Kind.GUIDES: gettext_lazy("Guided by"),
    Kind.BASIS: gettext_lazy("Basis of"),
    Kind.REFERENCE: gettext_lazy("Referred to by"),
}
_ORDER = {kind: at for at, kind in enumerate(OUT_LABELS)}


def relation_label(kind: str) -> str:
    return str(OUT_LABELS[kind])


def link_day(link: DocumentLink, legal: LegalDocument | None) -> date | None:
    """From when a link acts: its own day, else the day its document takes effect, else its date."""
    return link.acts_from or (legal and legal.effective_from) or link.document.issued_on


def outgoing_relations(legal: LegalDocument, seen: QuerySet[LegalDocument]) -> list[Relation]:
    """What this document does to others. Two queries."""
    links = list(legal.document.links.all())
    others = {
        row.document_id: row
        for row in seen.filter(document__in=[link.other_id for link in links if link.other_id])
    }
    found = []
    for link in links:
        link.document = legal.document
        other = others.get(link.other_id or 0)
        found.append(
            Relation(
                link=link,
                kind=link.kind,
                label=str(OUT_LABELS[link.kind]),
                name=other.name if other else link.text,
                text=_named(other) if other else link.text,
                url=other.public_url if other else "",
                day=link_day(link, legal) if link.kind in ACTING_KINDS else None,
            )
        )
    return sorted(found, key=lambda each: (_ORDER[each.kind], each.link.position))


def incoming_relations(legal: LegalDocument, seen: QuerySet[LegalDocument]) -> list[Relation]:
    """What others do to this document. Two queries."""
    rows = {row.document_id: row for row in seen.filter(document__links__other=legal.document).distinct()}
    links = DocumentLink.objects.filter(other=legal.document, document__in=rows).select_related("document")
    found = [
        Relation(
            link=link,
            kind=link.kind,
            label=str(IN_LABELS[link.kind]),
            name=rows[link.document_id].name,
            text=_named(rows[link.document_id]),
            url=rows[link.document_id].public_url,
            day=link_day(link, rows[link.document_id]) if link.kind in ACTING_KINDS else None,
        )
        for link in links
    ]
    return sorted(found, key=lambda each: (_ORDER[each.kind], each.day or date.max, each.link.pk))


def _named(legal: LegalDocument) -> str:
    if legal.title_key:
        number = legal.document.printed_number
        return f"{legal.name} ({number})" if number else legal.name
    return f"{legal.name} – {legal.document.subject}"


def status_on(legal: LegalDocument, day: date, incoming: Iterable[Relation]) -> StatusOn:
    """The status in words, from the relations of public documents that `incoming_relations` gave. No query."""
    acting = [each for each in incoming if each.kind in ACTING_KINDS]
    past = [each for each in acting if each.day and each.day <= day]
    reasons = [_told(each, day) for each in acting]
    start = legal.effective_from or legal.document.issued_on
    if legal.effective_to:
        reasons.insert(
            0, _("By its own text it ends with %(day)s.") % {"day": format_date(legal.effective_to)}
        )
    if legal.effective_from is None:
        reasons.append(_("The day it takes effect is not recorded; it is counted from its date."))
    elif start and start > day:
        reasons.insert(0, _("It takes effect on %(day)s.") % {"day": format_date(start)})
    else:
        reasons.insert(0, _("In force from %(day)s.") % {"day": format_date(legal.effective_from)})
    if not acting and not legal.effective_to:
        reasons.append(_("No document of this register changes or ends it."))
    return StatusOn(_code(legal, day, start, {each.kind for each in past}), tuple(reasons))


def _code(legal: LegalDocument, day: date, start: date | None, past_kinds: set[str]) -> str:
    if (legal.effective_to and legal.effective_to < day) or past_kinds & set(ENDING_KINDS):
        return "ended"
    if start and start > day:
        return "not_yet"
    return "partly" if Kind.PARTLY_ABOLISHES in past_kinds else "in_force"


def _told(relation: Relation, day: date) -> str:
    words = {"what": relation.label, "document": relation.name, "day": ""}
    if relation.day is None:
        return _("%(what)s %(document)s; from which day is not recorded.") % words
    words["day"] = format_date(relation.day)
    if relation.day > day:
        return _("Later: %(what)s %(document)s from %(day)s.") % words
    return _("%(what)s %(document)s from %(day)s.") % words


def alike_documents(
    *, printed_number: str, issuer_name: str, issued_on: date | None, but: LegalDocument | None = None
) -> QuerySet[LegalDocument]:
    """Documents with the same number, issuer and date: most likely the same paper."""
    rows = LegalDocument.objects.filter(
        number_key=number_key(printed_number), document__issued_on=issued_on
    ).exclude(number_key="")
    same = [
        row.pk
        for row in rows.select_related("document")
        if fold(row.document.issuer_name) == fold(issuer_name)
    ]
    found = LegalDocument.objects.filter(pk__in=same).select_related("document")
    return found.exclude(pk=but.pk) if but else found


def fields_in_use() -> list[str]:
    rows = LegalDocument.objects.exclude(field="").order_by("field").values_list("field", flat=True)
    return list(rows.distinct())


def sorted_by_day(rows: QuerySet[LegalDocument]) -> QuerySet[LegalDocument]:
    """The newest first; those without a date last, on any database."""
    return rows.order_by(F("document__issued_on").desc(nulls_last=True), "-pk")


def issued_by(rows: QuerySet[LegalDocument], day: date) -> QuerySet[LegalDocument]:
    """What existed on a day: issued by then, or in force by then where its date is not recorded."""
    undated = Q(document__issued_on__isnull=True)
    return rows.filter(
        Q(document__issued_on__lte=day)
        | undated & (Q(effective_from__lte=day) | Q(effective_from__isnull=True))
    )
