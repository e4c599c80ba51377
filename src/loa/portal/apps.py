from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, queue  # noqa: PLC0415  models are ready only now
        from loa.portal.labels import name_what_wagtail_leaves_unnamed  # noqa: PLC0415
        from loa.portal.queries.search import register_source  # noqa: PLC0415
        from loa.portal.queries.searched import PAGES  # noqa: PLC0415
        from loa.portal.receivers import attachments, dates, search  # noqa: F401, PLC0415  they connect themselves
        from loa.portal.views import pages  # noqa: F401, PLC0415  what each page shows

        history.describe_with(SENTENCES)
        history.when_recorded(search.follow_history)
        for source in PAGES:
            register_source(source)
        queue.name_work(WORK)
        name_what_wagtail_leaves_unnamed()
        register_page("portal:site_list", _("Component sites"), "globe", "portal.manage_sites", order=20)


SENTENCES: dict[str, object] = {
    "site.open": _("Opened the site"),
    "site.change": _("Changed the site"),
}
WORK = {
    "loa.portal.jobs.index_things": _("Search: take in what was published"),
    "loa.portal.jobs.index_all": _("Search: make it anew"),
}
