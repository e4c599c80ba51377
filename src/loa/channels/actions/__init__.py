from loa.channels.actions.deliveries import retry_delivery, send_delivery
from loa.channels.actions.digests import make_digest
from loa.channels.actions.forgetting import blank_notices, forget_letters
from loa.channels.actions.hand_over import hand_over_posts
from loa.channels.actions.letters import write_letter
from loa.channels.actions.nudges import Nudged, nudge, record_reminder
from loa.channels.actions.posts import announce, doubt_post, mark_posted, save_outlet, send_again
from loa.channels.actions.reminders import send_reminders
from loa.channels.actions.rules import load_reminder_rules, save_reminder_rule
from loa.channels.actions.telling import (
    Telling,
    change_mail_settings,
    notify,
    notify_many,
    read_all_notices,
    read_notice,
)

__all__ = [
    "Nudged",
    "Telling",
    "announce",
    "blank_notices",
    "change_mail_settings",
    "doubt_post",
    "forget_letters",
    "hand_over_posts",
    "load_reminder_rules",
    "make_digest",
    "mark_posted",
    "notify",
    "notify_many",
    "nudge",
    "read_all_notices",
    "read_notice",
    "record_reminder",
    "retry_delivery",
    "save_outlet",
    "save_reminder_rule",
    "send_again",
    "send_delivery",
    "send_reminders",
    "write_letter",
]
