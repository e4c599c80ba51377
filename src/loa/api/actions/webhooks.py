"""Telling an agency's own system what happens with the agency's cases."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from loa.api.models import CaseWebhook, WebhookSending
from loa.api.queries import listening_to
from loa.api.states import SENDING
from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.queue import later
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback.models import Case
from loa.feedback.states import ENDED_STATES

_UNTOLD = {"case.read_identity"}  # changes nothing in the case
_JOB = "loa.api.jobs.send_sendings"


def make_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


@transaction.atomic
def save_webhook(
    webhook: CaseWebhook, *, url: str, events: list[str], is_active: bool, by: User
) -> CaseWebhook:
    """Connect a system of one's own agency, or change it. Raises FlowError where it is connected already."""
    is_new = webhook.pk is None
    if by.hat is None or is_new:
        require(by, "api.make_webhooks")
        webhook.agency, webhook.made_by = by.hat.agency, by  # type: ignore[union-attr]
        webhook.made_at, webhook.secret = clock.now(), make_secret()
    else:
        require(by, "api.keep_webhook", webhook)
    given = {"url": url, "events": events, "is_active": is_active}
    changed = {name: [getattr(webhook, name), value] for name, value in given.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    for name, value in given.items():
        setattr(webhook, name, value)
    try:
        with transaction.atomic():
            webhook.save()
    except IntegrityError as error:
        raise FlowError(_("This address is connected already.")) from error
    action = "case_webhook.add" if is_new else "case_webhook.edit"
    if is_new or changed:
        history.record(webhook, action, by=by, note=url, data={} if is_new else {"changed": changed})
    return webhook


@transaction.atomic
def renew_secret(webhook: CaseWebhook, *, by: User) -> str:
    """A new secret at once; what still waits is signed with it."""
    require(by, "api.keep_webhook", webhook)
    webhook.secret = make_secret()
    webhook.save(update_fields=["secret"])
    history.record(webhook, "case_webhook.renew_secret", by=by)
    return webhook.secret


@transaction.atomic
def remove_webhook(webhook: CaseWebhook, *, by: User) -> None:
    """Disconnect a system; what waited for it is not sent."""
    require(by, "api.keep_webhook", webhook)
    history.record(webhook, "case_webhook.remove", by=by, note=webhook.url)
    webhook.delete()


@transaction.atomic
def ping(webhook: CaseWebhook, *, by: User) -> WebhookSending:
    """A trial: the system is told that it is being tried."""
    require(by, "api.keep_webhook", webhook)
    if not webhook.is_active:
        raise FlowError(_("The system is not in use."))
    sending = WebhookSending.objects.create(webhook=webhook, event=CaseWebhook.Event.PING, at=clock.now())
    later(_JOB, [sending.pk])
    return sending


@transaction.atomic
def retry_sending(sending: WebhookSending, *, by: User) -> None:
    """Tell once more what failed or was given up, under the same key."""
    SENDING.take(sending, "retry", by=by, attempt_count=0, not_before=None)
    later(_JOB, [sending.pk])


def tell_of(obj: models.Model) -> None:
    """A row of a case's history was written: queue it for the systems of the agency that has or had the case.

    It runs in the transaction of the act, so that what did not happen is not told and nothing is forgotten.
    """
    if not isinstance(obj, Case):
        return
    now = Case.objects.filter(pk=obj.pk).values("agency_id", "state").first()
    agencies = {key for key in (obj.agency_id, now and now["agency_id"]) if key}
    webhooks = list(listening_to(agencies)) if now and agencies else []
    if not webhooks:
        return
    entry = _newest_entry(obj)
    if entry is None or entry.action in _UNTOLD:
        return
    sendings = []
    for webhook in webhooks:
        event, state = _event(webhook, obj, now, entry)
        if event in webhook.events:
            sendings.append(
                WebhookSending(
                    webhook=webhook, case=obj, event=event, case_state=state, entry=entry.pk, at=entry.at
                )
            )
    WebhookSending.objects.bulk_create(sendings, ignore_conflicts=True)  # told twice, it is one message
    if sendings:
        told = WebhookSending.objects.filter(entry=entry.pk, state="queued")
        later(_JOB, list(told.values_list("pk", flat=True)))


def _newest_entry(case: Case) -> Entry | None:
    kind = ContentType.objects.get_for_model(Case)
    return Entry.objects.filter(content_type=kind, object_id=case.pk).order_by("-pk").first()


def _event(webhook: CaseWebhook, was: Case, now: Any, entry: Entry) -> tuple[str, str]:
    """What it means for this agency. Of a case that is no longer its own it learns no state."""
    event = CaseWebhook.Event
    if now["agency_id"] != webhook.agency_id or now["state"] == "isolated":
        return event.LEFT, ""
    if was.agency_id != webhook.agency_id:
        return event.ARRIVED, now["state"]
    has_moved = entry.data.get("from") != entry.data.get("to")
    if has_moved and now["state"] in ENDED_STATES and entry.data.get("from") not in ENDED_STATES:
        return event.ENDED, now["state"]
    return event.CHANGED, now["state"]
