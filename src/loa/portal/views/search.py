"""The public search, as a page and as JSON."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.portal.forms.search import SearchForm
from loa.portal.queries.search import (
    Question,
    counts_by_kind,
    public_texts,
    read_question,
    snippet,
    sources,
    suggestion,
)

PAGE_SIZE = 20


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    question, narrowing = read_question(request.GET.get("q", "")), form.narrowing
    rows = public_texts(question, narrowing).select_related("agency", "site")
    leaf = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    counts = counts_by_kind(question, narrowing)
    near = suggestion(question) if not leaf.paginator.count else ""
    if near and not public_texts(read_question(near), narrowing).exists():
        near = ""
    if request.GET.get("format") == "json":
        return as_json(question, leaf, counts, near)
    context = {"form": form, "question": question, "hits": [hit(row, question) for row in leaf], "leaf": leaf}
    return page(request, "portal/search/search.html", context | {"counts": counts, "near": near})


def hit(row: Any, question: Question) -> dict[str, Any]:
    return {
        "row": row,
        "kind": sources[row.kind].label,
        "title": snippet(row.title, question, width=500),
        "snippet": snippet(row.text, question),
    }


def as_json(question: Question, leaf: Leaf, counts: list[Any], near: str) -> JsonResponse:
    """For programs: the same hits; a piece of a snippet that was asked for stands between « and »."""
    return JsonResponse(
        {
            "query": question.typed,
            "count": leaf.paginator.count,
            "page": leaf.number,
            "pages": leaf.paginator.num_pages,
            "suggestion": near,
            "kinds": [{"kind": source.kind, "label": str(source.label), "count": n} for source, n in counts],
            "results": [as_data(row, question) for row in leaf],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def as_data(row: Any, question: Question) -> dict[str, Any]:
    pieces = snippet(row.text, question)
    return {
        "kind": row.kind,
        "title": row.title,
        "url": row.url,
        "date": row.on.isoformat() if row.on else None,
        "agency": row.agency.name if row.agency else None,
        "snippet": "".join(f"«{text}»" if is_hit else text for text, is_hit in pieces),
    }
