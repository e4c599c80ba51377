"""What happens now, on the screens that show it: published in an act's own transaction, streamed after its commit.

An app says once, from its `ready`, what may be listened to and by whom; an action publishes as its last deed:

    live.register_topic("dialogue", may_listen=lambda _user, key: is_public(key), is_public=True)
    live.register_topic("moderation", may_listen=lambda user, key: moderates(user, key))

    with transaction.atomic():
        question = ...
        live.publish(f"moderation:{dialogue.pk}", kind="question", data=str(question.pk))
        live.publish(f"dialogue:{dialogue.pk}", kind="question", data=render_to_string(...))

A public topic carries the rendered fragment, the same bytes for everyone and no personal data. Any other carries a
reference only, and the browser asks again under its own rights. A page asks `last_number(topic)` before it reads what
it shows, and gives it to `core/live.js` as data-live-since: nothing is missed in between. docs/live.md tells the rest.
"""

from loa.core.live.events import last_number, prune_events, publish
from loa.core.live.topics import may_listen, register_topic

__all__ = ["last_number", "may_listen", "prune_events", "publish", "register_topic"]
