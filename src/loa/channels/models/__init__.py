from loa.channels.models.deliveries import Delivery
from loa.channels.models.letters import Letter
from loa.channels.models.notices import MailSettings, Notice
from loa.channels.models.posts import Outlet, Post
from loa.channels.models.reminders import Reminder, ReminderRule

__all__ = ["Delivery", "Letter", "MailSettings", "Notice", "Outlet", "Post", "Reminder", "ReminderRule"]
