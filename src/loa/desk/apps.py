from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class DeskConfig(AppConfig):
    name = "loa.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are ready only now

        history.describe_with(SENTENCES)
        register_page("desk:decision_list", _("Reorganise"), "merge", "directory.manage_directory", order=20)


SENTENCES: dict[str, object] = {
    "briefing.make": _("Made the briefing pack"),
    "briefing.write": _("Wrote questions, answers and contact"),
    "briefing.gather": _("Gathered the figures anew"),
    "briefing.approve": _("Approved the briefing pack"),
    "briefing.return_to_draft": _("Returned the briefing pack to the draft"),
    "briefing.hand_out": _("The briefing pack was handed out"),
}
