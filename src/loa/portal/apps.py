from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Models are ready only now; each noun says what it adds to the rest of the program."""
        from loa.core import history, queue  # noqa: PLC0415
        from loa.portal.labels import name_what_wagtail_leaves_unnamed  # noqa: PLC0415
        from loa.portal.receivers import attachments, dates, media  # noqa: F401, PLC0415  they connect themselves
        from loa.portal.views import pages  # noqa: F401, PLC0415  what each page shows

        history.describe_with(SENTENCES)
        queue.name_work(WORK)
        name_what_wagtail_leaves_unnamed()
        register_page("portal:site_list", _("Component sites"), "globe", "portal.manage_sites", order=20)
        _newsroom()
        _search()
        _publications()
        _transparency()


def _newsroom() -> None:
    from loa.core import slots  # noqa: PLC0415
    from loa.portal import access  # noqa: PLC0415
    from loa.portal.forms.newsroom import StoryForm  # noqa: PLC0415
    from loa.portal.models import Story  # noqa: PLC0415
    from loa.portal.queries.calendar import radio_slots, register_calendar  # noqa: PLC0415
    from loa.portal.receivers import newsroom  # noqa: PLC0415

    access.install()
    Story.base_form_class = StoryForm
    newsroom.connect()
    register_calendar(radio_slots)
    slots.register("task", "portal:task_news", _("News"))


def _search() -> None:
    from loa.core import history  # noqa: PLC0415
    from loa.documents.queries import register_citing  # noqa: PLC0415
    from loa.portal.queries.citing import STORIES  # noqa: PLC0415
    from loa.portal.queries.search import register_source  # noqa: PLC0415
    from loa.portal.queries.searched_pages import PAGES  # noqa: PLC0415
    from loa.portal.queries.searched_registers import REGISTERS  # noqa: PLC0415
    from loa.portal.receivers import search  # noqa: PLC0415

    history.when_recorded(search.follow_history)
    register_citing("story", **STORIES)
    for source in (*PAGES, *REGISTERS):
        register_source(source)


def _publications() -> None:
    from loa.channels.queries import register_matters  # noqa: PLC0415
    from loa.core import history, slots  # noqa: PLC0415
    from loa.portal.notices import publications  # noqa: PLC0415
    from loa.portal.queries.dispatches import MATTERS  # noqa: PLC0415

    history.describe_with(publications.SENTENCES)
    register_matters(*MATTERS)
    slots.register("parcel", "channels:reminder_list", _("Reminders sent"), "print_receipt")


def _transparency() -> None:
    from loa.core import front, slots  # noqa: PLC0415
    from loa.portal.queries import open_datasets  # noqa: PLC0415
    from loa.portal.queries.front import newest_changes, running_plans  # noqa: PLC0415

    open_datasets.register_own()
    front.register("portal/front/plans.html", running_plans, order=20)
    front.register("portal/front/changes.html", newest_changes, order=40)
    slots.register("plan", "portal:plan_publicity", _("For everybody"))


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
    "contribution.throw_away": _("Threw the draft away"),
    "story.throw_away": _("Threw the draft away"),
    "contribution.send": _("Sent to the editor"),
}
WORK = {
    "loa.portal.jobs.search.index_things": _("Search: take in what was published"),
    "loa.portal.jobs.search.index_kind": _("Search: look through a register"),
    "loa.portal.jobs.search.index_all": _("Search: make it anew"),
    "loa.portal.jobs.media.make_sizes": _("Pictures: make the sizes that pages show"),
    "loa.portal.jobs.publications.look_at_file": _("Look into a publication's file"),
    "loa.portal.clocks.newsroom.publish_scheduled": _("Publish what is scheduled, withdraw what has expired"),
    "loa.portal.clocks.newsroom.remind": _("Remind the newsroom"),
    "loa.portal.clocks.publications.remind": _("Remind of receipts of publications"),
    "loa.portal.clocks.search.keep_in_step": _("Search: keep in step with the registers"),
}
