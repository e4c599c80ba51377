"""Announcing on outlets. What is public is never posted twice: where it is not known, a person looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from loa.channels.models import Delivery, Outlet, Post
from loa.channels.queries import Announceable
from loa.channels.states import DELIVERY
from loa.core import clock, history
from loa.core.access import require
from loa.core.queue import later
from loa.core.workflow import FlowError

if TYPE_CHECKING:
    from loa.directory.models import User

LEFT = "It was begun and never ended."


@transaction.atomic
def announce(
    obj: models.Model,
    *,
    announceable: Announceable,
    title: str,
    text: str,
    outlets: Iterable[Outlet],
    by: User,
) -> Post:
    """Announce a thing on outlets; on one where it is already, it stays as it is.

    The first announcement fixes the words: a later outlet gets the same. Raises FlowError.
    """
    require(by, announceable.permission, obj)
    chosen = [outlet for outlet in outlets if outlet.is_active]
    if not chosen:
        raise FlowError(_("Choose at least one outlet."))
    if by.hat is None or not title.strip() or not text.strip():
        raise FlowError(_("An announcement needs a title and a text."))
    post, is_new = Post.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        defaults={
            "kind": announceable.kind,
            "title": title.strip(),
            "text": text.strip(),
            "agency": by.hat.agency,
            "by": by,
            "at": clock.now(),
        },
    )
    known = set(post.deliveries.values_list("outlet_id", flat=True))
    added = [outlet for outlet in chosen if outlet.pk not in known]
    if not added:
        raise FlowError(_("It is already announced there."))
    deliveries = [_delivery(post, outlet) for outlet in added]
    names = ", ".join(outlet.name for outlet in added)
    action = f"{announceable.kind}.announce"
    history.record(obj, action, by=by, note=names, data={"post": post.pk, "is_new": is_new})
    machines = [each.pk for each in deliveries if each.outlet and each.outlet.driver == "webhook"]
    if machines:
        later("loa.channels.jobs.send_deliveries", machines)
    return post


def _delivery(post: Post, outlet: Outlet) -> Delivery:
    return Delivery.objects.create(
        post=post,
        outlet=outlet,
        address=outlet.address,
        message_id=f"post:{uuid4()}",
        created_at=clock.now(),
    )


def doubt_post(delivery: Delivery) -> None:
    """A public post left in sending by a killed worker: a person is to look whether it is out."""
    DELIVERY.take(delivery, "doubt", by=None, actor="clock", note=LEFT, error=LEFT)


def mark_posted(delivery: Delivery, *, link: str = "", by: User) -> None:
    """A person has posted it, or has seen that it is posted."""
    DELIVERY.take(delivery, "mark_posted", by=by, note=link, link=link, sent_at=clock.now(), error="")


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """A person has seen that it is not posted; a manual outlet's text waits again to be posted."""
    DELIVERY.take(delivery, "send_again", by=by, attempt_count=0, not_before=None, error="")
    if delivery.outlet and delivery.outlet.driver == Outlet.Driver.WEBHOOK:
        later("loa.channels.jobs.send_deliveries", [delivery.pk])


@transaction.atomic
def save_outlet(outlet: Outlet, *, by: User, **changes: Any) -> Outlet:
    """Add an outlet or change one; what is already on its way keeps its address."""
    require(by, "channels.manage_outlets")
    before = {key: getattr(outlet, key) for key in changes} if outlet.pk else {}
    for key, value in changes.items():
        setattr(outlet, key, value)
    action = "outlet.edit" if outlet.pk else "outlet.add"
    outlet.save()
    changed = {key: [before.get(key), value] for key, value in changes.items() if before.get(key) != value}
    if changed:
        history.record(outlet, action, by=by, note=outlet.name, data={"changed": changed})
    return outlet
