from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core.access import permits
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.desk import actions, queries
from loa.desk.forms.reorganisation import DepartureForm
from loa.directory.queries import users_visible_to


@login_required
@require_http_methods(["GET", "POST"])
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """A person leaves: roles end, open work in that person's charge goes to others, in one act."""
    if not permits(request.user, "directory.manage_directory"):
        raise Http404
    leaver = get_object_or_404(users_visible_to(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = DepartureForm(posted, leaver=leaver, charges=queries.charges_of(leaver))
    status = attempt(
        request,
        form,
        lambda given: actions.end_roles(
            leaver,
            last_day=given["last_day"],
            note=given["note"],
            charges=form.officers,
            by=request.user,
        ),
    )
    if status == TAKEN:
        messages.success(request, _("%(person)s leaves; the work is passed on.") % {"person": leaver})
        return redirect("directory:user_detail", leaver.pk)
    return page(request, "desk/departure.html", {"form": form, "leaver": leaver}, status=status)
