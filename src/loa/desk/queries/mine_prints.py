"""What publications bring to a desk: one to look at, copies that came and are not confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from loa.directory.models import User
from loa.portal.queries import own_parcels, publications_waiting_for

SHOWN = 50
RECEIVERS = ("focal_point", "clerk")


def print_items(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "publication" and "parcel". Two queries."""
    for row in publications_waiting_for(user)[:SHOWN]:
        yield make("publication", row, row.title, row.get_absolute_url(), row.agency.name)
    if not hat.holds(*RECEIVERS):
        return
    for parcel in own_parcels(user).filter(state="waiting", dispatch__state="sent")[:SHOWN]:
        publication = parcel.dispatch.publication
        yield make(
            "parcel", parcel, publication.title, parcel.get_absolute_url(), publication.agency.name, "",
            parcel.dispatch.confirm_by,
        )  # fmt: skip
