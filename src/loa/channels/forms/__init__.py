from loa.channels.forms.posts import AnnounceForm, OutletForm, PostedForm, SendAgainForm
from loa.channels.forms.reminders import RecordForm, RuleForm
from loa.channels.forms.settings import MailSettingsForm

__all__ = [
    "AnnounceForm",
    "MailSettingsForm",
    "OutletForm",
    "PostedForm",
    "RecordForm",
    "RuleForm",
    "SendAgainForm",
]
