"""What anybody reads of legal documents. No session is read and nothing needs a script."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.lists import active_filters
from loa.core.pages import page
from loa.documents import queries
from loa.documents.filters.legal import LegalFilter
from loa.documents.models import LegalDocument
from loa.documents.views.register import stored_file

PAGE_SIZE = 30
FEED_SIZE = 50
LONGEST_TEXT = 300_000  # letters shown on the page; the file holds all


def public_legal(pk: int) -> LegalDocument:
    return get_object_or_404(queries.public_legal_documents(), pk=pk)


@require_safe
def public_legal_list(request: HttpRequest) -> HttpResponse:
    rows = queries.sorted_by_day(queries.public_legal_documents().defer("text", "search_text"))
    filterset = LegalFilter(request.GET or None, queryset=rows, request=request)
    shown = Paginator(queries.issued_by(filterset.qs, filterset.day), PAGE_SIZE)
    context = {
        "filter": filterset,
        "day": filterset.day,
        "rows": shown.get_page(request.GET.get("page")),
        "paginator": shown,
        "active_filters": active_filters(request, filterset),
        "plain_url": request.path,
    }
    return page(request, "documents/public_legal_list.html", context)


@require_safe
def public_legal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    legal = public_legal(pk)
    day = _day(request) or clock.today()
    seen = queries.public_legal_documents()
    incoming = queries.incoming_relations(legal, seen)
    outgoing = queries.outgoing_relations(legal, seen)
    status = queries.status_on(legal, day, incoming)
    context = {
        "legal": legal,
        "document": legal.document,
        "day": day,
        "status": status,
        "incoming": incoming,
        "outgoing": outgoing,
        "graph": queries.graph_of(legal.name, incoming, outgoing),
        "text": queries.link_references([legal.text[:LONGEST_TEXT]])[0] if legal.text else "",
        "data": queries.legislation_data(legal, status, incoming, outgoing, site=settings.BASE_URL),
    }
    return page(request, "documents/public_legal_detail.html", context)


def _day(request: HttpRequest) -> object:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None


@require_safe
def public_legal_file(request: HttpRequest, pk: int) -> FileResponse:
    return stored_file(public_legal(pk).document)


@require_safe
def public_legal_feed(request: HttpRequest) -> HttpResponse:
    """Atom of the newest public documents, of one field where it is named: ?field=…"""
    rows = queries.newest_public(clock.today()).defer("text", "search_text")
    field = request.GET.get("field", "")
    rows = rows.filter(field=field) if field else rows
    site = settings.BASE_URL
    feed = Atom1Feed(
        title=f"{_('Legal documents')}: {field}" if field else _("Legal documents"),
        link=f"{site}/phap-luat/",
        feed_url=f"{site}{request.get_full_path()}",
        description=_("The newest public legal documents."),
        language="vi",
    )
    for legal in rows[:FEED_SIZE]:
        issued_at = timezone.make_aware(datetime.combine(legal.document.issued_on, time()))
        feed.add_item(
            title=f"{legal.name} – {legal.document.subject}"[:300],
            link=site + legal.public_url,
            description=legal.document.issuer_name,
            pubdate=issued_at,
            updateddate=legal.published_at or issued_at,
            categories=[legal.field] if legal.field else [],
            unique_id=site + legal.public_url,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
