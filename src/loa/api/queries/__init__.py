from loa.api.queries.keys import digest_of, good_key, keepers_of, keys_visible_to
from loa.api.queries.register import answers_public, cases_of_key
from loa.api.queries.webhooks import (
    listening_to,
    told_before,
    unsent_sendings,
    webhooks_visible_to,
)

__all__ = [
    "answers_public",
    "cases_of_key",
    "digest_of",
    "good_key",
    "keepers_of",
    "keys_visible_to",
    "listening_to",
    "told_before",
    "unsent_sendings",
    "webhooks_visible_to",
]
