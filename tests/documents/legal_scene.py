"""A city with two bodies that keep legal documents, and quick makers of such documents."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from factories import make_agency, make_user
from loa.documents.models import Document, DocumentLink, LegalDocument

NOW = datetime(2019, 6, 3, 2, 0, tzinfo=UTC)
DAY = date(2019, 6, 3)


def make_scene():
    committee = make_agency("Ủy ban nhân dân thành phố Biển", kind="peoples_committee")
    office = make_agency("Văn phòng Biển", kind="office", parent=committee)
    press = make_agency("Sở Báo chí")
    other = make_agency("Sở Văn nghệ")
    return SimpleNamespace(
        committee=committee,
        office=office,
        press=press,
        other=other,
        office_head=make_user(office, "head"),
        clerk=make_user(press, "clerk"),
        head=make_user(press, "head"),
        focal_point=make_user(press, "focal_point"),
        officer=make_user(press, "officer"),
        stranger=make_user(other, "clerk"),
        administrator=make_user(other, "administrator"),
        nobody=make_user(),
    )


def make_legal(
    number="61/2018/NĐ-CP",
    *,
    kind="NGHỊ ĐỊNH",
    subject="Về cơ chế một cửa",
    issuer="Chính phủ",
    on=date(2018, 4, 23),
    state="published",
    **fields,
):
    document = Document.objects.create(
        direction="in",
        kind=kind,
        printed_number=number,
        issuer_name=issuer,
        subject=subject,
        issued_on=on,
        created_at=NOW,
    )
    fields.setdefault("effective_from", on)
    return LegalDocument.objects.create(document=document, state=state, created_at=NOW, **fields)


def link(source, kind, target, acts_from=None):
    return DocumentLink.objects.create(
        document=source.document,
        kind=kind,
        text=str(target),
        number=target.document.printed_number,
        other=target.document,
        acts_from=acts_from,
        position=source.document.links.count(),
    )
