from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class DeskConfig(AppConfig):
    name = "loa.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, queue  # noqa: PLC0415  models are ready only now

        history.describe_with(SENTENCES)
        queue.name_work(WORK)
        register_page("desk:decision_list", _("Reorganise"), "merge", "directory.manage_directory", order=20)


WORK = {
    "loa.desk.jobs.apply_decision": _("Apply a reorganisation"),
    "loa.desk.jobs.rehearse_decision": _("Rehearse a reorganisation"),
    "loa.desk.clocks.apply_due": _("Apply reorganisations whose day has come"),
    "loa.desk.clocks.keep_figures_fresh": _("Count the figures of large plans beforehand"),
}
SENTENCES: dict[str, object] = {
    "briefing.make": _("Made the briefing pack"),
    "briefing.write": _("Wrote questions, answers and contact"),
    "briefing.gather": _("Gathered the figures anew"),
    "briefing.approve": _("Approved the briefing pack"),
    "briefing.return_to_draft": _("Returned the briefing pack to the draft"),
    "briefing.hand_out": _("The briefing pack was handed out"),
}
