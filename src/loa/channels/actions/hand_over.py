"""What passes to the successor of a body: announcements that still wait for a person of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from loa.channels.models import Delivery, Post
from loa.core import history
from loa.core.handover import Moved

if TYPE_CHECKING:
    from loa.directory.models import Agency, User


def hand_over_posts(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Posts not yet out everywhere become the successor's to post or check; what is out stays as it was."""
    waiting = Delivery.objects.exclude(state="sent").filter(post__isnull=False)
    found = Post.objects.filter(agency=predecessor, pk__in=waiting.values("post"))
    posts = list(found.prefetch_related("deliveries"))
    for post in posts:
        data = {"from": predecessor.code, "to": successor.code, "on": on.isoformat()}
        history.record(post, "post.hand_over", by=by, actor="" if by else "import", note=decision, data=data)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(agency=successor)
    return [
        Moved(_("Announcement"), post.title, each.get_absolute_url())
        for post in posts
        for each in post.deliveries.all()
        if each.state != "sent"
    ]
