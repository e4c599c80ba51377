from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from loa.core import clock
from loa.core.pages import page
from loa.desk import queries


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My work: the next act first, then what is late, due soon, and waited for."""
    today = clock.today()
    waiting = queries.waiting_for(request.user, today)
    seen = {(item.kind, item.obj.pk) for item in waiting}
    late = queries.overdue(request.user, today)
    context = {
        "today": today,
        "first": waiting[0] if waiting else None,
        "waiting": waiting[1:],
        "waiting_count": len(waiting),
        "overdue_count": len(late),
        "overdue": [item for item in late if (item.kind, item.obj.pk) not in seen],
        "due_next": [
            item for item in queries.due_next(request.user, today) if (item.kind, item.obj.pk) not in seen
        ],
        "waited_for": queries.waited_for(request.user),
    }
    return page(request, "desk/mine.html", context)


@login_required
@require_GET
def search_all(request: HttpRequest) -> HttpResponse:
    """One search over every register, accents optional; only what this person may see."""
    words = request.GET.get("q", "")
    return page(
        request, "desk/search.html", {"q": words, "groups": queries.search_registers(request.user, words)}
    )
