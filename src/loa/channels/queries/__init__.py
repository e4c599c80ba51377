from loa.channels.queries.deliveries import (
    failed_deliveries_visible_to,
    stuck_posts,
    unsent_deliveries,
)
from loa.channels.queries.ladder import rules_in_force, rules_visible_to, steps_reached, to_remind
from loa.channels.queries.matters import (
    Matter,
    MatterSource,
    register_matters,
    source_called,
    sources,
    sources_about,
)
from loa.channels.queries.notices import (
    mail_choice,
    mail_settings_of,
    notices_visible_to,
    people_in,
    quiet_until,
    unread_notice_count,
    waiting_for_digest,
)
from loa.channels.queries.overdue import late_as_of, overdue_rows
from loa.channels.queries.posts import (
    Announceable,
    announceable_called,
    outlets_open,
    outlets_visible_to,
    posts_about,
    posts_visible_to,
    register_announceable,
)
from loa.channels.queries.reminders import reminders_of

__all__ = [
    "Announceable",
    "Matter",
    "MatterSource",
    "announceable_called",
    "failed_deliveries_visible_to",
    "late_as_of",
    "mail_choice",
    "mail_settings_of",
    "notices_visible_to",
    "outlets_open",
    "outlets_visible_to",
    "overdue_rows",
    "people_in",
    "posts_about",
    "posts_visible_to",
    "quiet_until",
    "register_announceable",
    "register_matters",
    "reminders_of",
    "rules_in_force",
    "rules_visible_to",
    "source_called",
    "sources",
    "sources_about",
    "steps_reached",
    "stuck_posts",
    "to_remind",
    "unread_notice_count",
    "unsent_deliveries",
    "waiting_for_digest",
]
