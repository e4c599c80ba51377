"""Keys of other systems: made, shown once, used, revoked."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.api.models import ApiKey
from loa.api.queries import digest_of
from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, User

_SHOWN = 8


@transaction.atomic
def make_key(
    *,
    name: str,
    agency: Agency,
    keeper: User,
    scopes: list[str],
    rate: int,
    ends_on: date | None = None,
    by: User,
) -> tuple[ApiKey, str]:
    """A new key and its letters, which are told this once and can never be read again. Raises FlowError."""
    require(by, "api.manage_keys")
    if not scopes:
        raise FlowError(_("Choose at least one thing the system may do."))
    if not any(hat.agency.pk == agency.pk for hat in keeper.hats):
        raise FlowError(_("%(person)s does not work in %(agency)s.") % {"person": keeper, "agency": agency})
    letters = f"loa_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name,
        agency=agency,
        keeper=keeper,
        start=letters[:_SHOWN],
        digest=digest_of(letters),
        rate=rate,
        ends_on=ends_on,
        made_by=by,
        made_at=clock.now(),
        **dict.fromkeys(scopes, True),
    )
    data = {"agency": str(agency), "keeper": str(keeper), "scopes": scopes}
    history.record(key, "api_key.make", by=by, note=name, data=data)
    return key, letters


@transaction.atomic
def revoke_key(key: ApiKey, *, note: str, by: User) -> None:
    """From now on it opens nothing."""
    require(by, "api.manage_keys")
    if not note.strip():
        raise FlowError(_("Say why: a reason is required for “%(step)s”.") % {"step": _("Revoke")})
    now = clock.now()
    if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now) != 1:
        raise StaleError(_("The key is revoked already."))
    key.revoked_at = now
    history.record(key, "api_key.revoke", by=by, note=note)


def use_key(key: ApiKey) -> None:
    """Remember the day, so that keys nobody uses are seen; written once a day."""
    today = clock.today()
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)
        key.used_on = today
