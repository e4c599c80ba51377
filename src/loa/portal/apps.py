from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are ready only now
        from loa.portal import access  # noqa: PLC0415
        from loa.portal.forms.newsroom import StoryForm  # noqa: PLC0415
        from loa.portal.models import Story  # noqa: PLC0415
        from loa.portal.receivers import newsroom  # noqa: PLC0415

        history.describe_with(SENTENCES)
        access.install()
        Story.base_form_class = StoryForm
        newsroom.connect()


SENTENCES: dict[str, object] = {
    "story.stage_passed": _("Passed a stage"),
    "story.stage_returned": _("Returned to the author"),
    "story.schedule": _("Approved for a later hour"),
    "story.release_urgently": _("Published urgently, without approval"),
    "story.take_down": _("Taken off the site"),
    "story.expire": _("Expired"),
    "story.keep_meaning": _("Changed the published text without changing its meaning"),
    "story.correct": _("Corrected the published text"),
    "news_assignment.give": _("Gave the assignment"),
}
