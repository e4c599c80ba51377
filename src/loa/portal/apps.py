from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, slots  # noqa: PLC0415  models are ready only now
        from loa.portal import access  # noqa: PLC0415
        from loa.portal.forms.newsroom import StoryForm  # noqa: PLC0415
        from loa.portal.models import Story  # noqa: PLC0415
        from loa.portal.receivers import attachments, dates, newsroom  # noqa: F401, PLC0415  the first two connect themselves
        from loa.portal.views import pages  # noqa: F401, PLC0415  what each page shows

        history.describe_with(SENTENCES)
        register_page("portal:site_list", _("Component sites"), "globe", "portal.manage_sites", order=20)
        access.install()
        Story.base_form_class = StoryForm
        newsroom.connect()
        slots.register("task", "portal:task_news", _("News"))


SENTENCES: dict[str, object] = {
    "site.open": _("Opened the site"),
    "site.change": _("Changed the site"),
    "story.stage_passed": _("Passed a stage"),
    "story.stage_returned": _("Returned to the author"),
    "story.schedule": _("Approved for a later hour"),
    "story.release_urgently": _("Published urgently, without approval"),
    "story.take_down": _("Taken off the site"),
    "story.expire": _("Expired"),
    "story.keep_meaning": _("Changed the published text without changing its meaning"),
    "story.correct": _("Corrected the published text"),
    "news_assignment.give": _("Gave the assignment"),
    "contribution.send": _("Sent to the editor"),
}
