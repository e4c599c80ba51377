from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class CoreConfig(AppConfig):
    name = "loa.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, page_cache, queue  # noqa: PLC0415  models are not loaded before this moment

        history.describe_with(SENTENCES)
        queue.name_work(WORK)
        page_cache.start()
        for page in PAGES:
            register_page(*page)


SENTENCES = {
    "calendar.add_day": _("Added a day to the calendar"),
    "calendar.change_day": _("Changed a day of the calendar"),
    "calendar.remove_day": _("Took a day out of the calendar"),
    "calendar.import": _("Imported the calendar"),
    "rule.add": _("Added a version of the rule"),
    "rule.close": _("Ended the version before"),
    "rule.correct": _("Corrected the rule"),
}
WORK = {
    "loa.core.clocks.run_clocks": _("Run the clocks"),
    "loa.core.jobs.run": _("A job"),
    "loa.core.jobs.recount": _("Count due dates again after a change of the calendar"),
    "loa.core.live.prune_events": _("Forget what live pages were told long ago"),
    "loa.core.page_cache.expire_pages": _("Draw public pages anew whose time is over"),
    "loa.core.retries.try_again": _("Try again what met an absent database or network"),
    "loa.core.whole_files.forget_unfinished": _("Clear away files that were never finished"),
}
PAGES = (
    ("core:calendar_list", _("Working days"), "calendar", "core.manage_calendar"),
    ("core:rule_list", _("Time limits by law"), "scale", "core.manage_rules"),
    ("core:job_list", _("Background jobs"), "refresh", "core.manage_jobs"),
)
