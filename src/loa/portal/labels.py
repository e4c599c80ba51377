"""Names that Wagtail leaves out or fixes too early.

A field without a label shows its own name, in English. A label asked for while the program starts stays in the language
of that moment for everybody: the name given here is asked for each time it is shown.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.views import IndexView as RedirectList
from wagtail.images.forms import ImageInsertionForm
from wagtail.sites.views import IndexView as SiteList

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
    ImageInsertionForm: {
        "format": _("Format"),
        "image_is_decorative": _("Image is decorative"),
        "alt_text": _("Alt text"),
    },
}
COLUMNS: dict[type, dict[str, Promise]] = {
    SiteList: {"port": _("Port"), "site_name": _("Name of the site"), "root_page": _("First page")},
    RedirectList: {
        "old_path": _("Old address"),
        "site": _("Site"),
        "link": _("New address"),
        "is_permanent": _("Kind"),
    },
}


def name_what_wagtail_leaves_unnamed() -> None:
    for form, labels in FIELDS.items():
        for field, label in labels.items():
            form.base_fields[field].label = label  # type: ignore[attr-defined]
    for view, labels in COLUMNS.items():
        for column in view.columns:  # type: ignore[attr-defined]
            column.label = labels.get(column.name, column.label)
    lasting = RedirectsReportFilterSet.base_filters["is_permanent"]
    lasting.label = _("Kind")
    lasting.extra["empty_label"] = _("All")
    lasting.extra["choices"] = ((True, _("Permanent")), (False, _("Temporary")))
