"""Names for the fields and columns that Wagtail leaves without one.

Django then writes the field's own name, in English, on dialogs that editors use every day.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.sites.views import IndexView

FIELDS: dict[type, dict[str, Promise]] = {
    choosers.ExternalLinkChooserForm: {"link_text": _("Words of the link")},
    choosers.AnchorLinkChooserForm: {"link_text": _("Words of the link")},
    choosers.EmailLinkChooserForm: {
        "email_address": _("E-mail address"),
        "link_text": _("Words of the link"),
        "subject": _("Subject of the mail"),
        "body": _("Text of the mail"),
    },
    choosers.PhoneLinkChooserForm: {
        "phone_number": _("Phone number"),
        "link_text": _("Words of the link"),
    },
    WorkflowPageForm: {"page": _("Page")},
}
SITE_COLUMNS: dict[str, Promise] = {
    "port": _("Port"),
    "site_name": _("Name of the site"),
    "root_page": _("First page"),
}


def name_what_wagtail_leaves_unnamed() -> None:
    for form, labels in FIELDS.items():
        for field, label in labels.items():
            form.base_fields[field].label = label  # type: ignore[attr-defined]
    for column in IndexView.columns:
        if getattr(column, "name", "") in SITE_COLUMNS:
            column.label = SITE_COLUMNS[column.name]
