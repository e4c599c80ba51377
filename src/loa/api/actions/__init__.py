from loa.api.actions.keys import make_key, revoke_key, use_key
from loa.api.actions.open311 import take_in
from loa.api.actions.sending import forget_old, send_sending
from loa.api.actions.webhooks import (
    make_secret,
    ping,
    remove_webhook,
    renew_secret,
    retry_sending,
    save_webhook,
    tell_of,
)

__all__ = [
    "forget_old",
    "make_key",
    "make_secret",
    "ping",
    "remove_webhook",
    "renew_secret",
    "retry_sending",
    "revoke_key",
    "save_webhook",
    "send_sending",
    "take_in",
    "tell_of",
    "use_key",
]
