from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProceduresConfig(AppConfig):
    name = "loa.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_matters  # noqa: PLC0415  models are ready only now
        from loa.core import counted_days, history, queue, slots  # noqa: PLC0415
        from loa.procedures import actions, queries  # noqa: PLC0415
        from loa.procedures.queries.matters import MATTERS  # noqa: PLC0415

        counted_days.register_counted(
            "procedures.ProcedureVersion",
            open_rows=queries.unpublished_versions,
            visible_to=queries.versions_visible_to,
            move=actions.move_due,
        )
        register_matters(*MATTERS)
        queue.name_work(
            {
                "loa.procedures.jobs.read_import": _("Read a file of procedures"),
                "loa.procedures.jobs.take_in_import": _("Take procedures in"),
                "loa.procedures.clocks.remind": _("Remind of procedures to publish"),
            }
        )
        slots.register("plan", "procedures:plan_proposals", _("Changes of procedures to make known"))
        slots.register("version", "channels:reminder_list", _("Reminders sent"), "publication")
        history.describe_with(SENTENCES)


SENTENCES = {
    "procedure.add": _("Entered in the register"),
    "procedure.edit": _("Corrected the entry"),
    "procedure.take_in": _("Taken in from an import"),
    "procedure.hand_over": _("Passed to the body that follows"),
    "procedure.clear_words": _("Took a reader's words away"),
    "service_desk.save": _("Set where papers are handed in"),
    "version.draft": _("Began a version"),
    "version.edit": _("Wrote in the version"),
    "version.add_file": _("Added a form to download"),
    "version.remove_file": _("Removed a form to download"),
    "version.link_document": _("Linked the decision"),
    "version.move_due": _("The working calendar moved the last day to publish"),
    "version.hand_to_head": _("Submitted to the head"),
    "version.return_to_writer": _("Returned to the writer"),
    "version.return_approved": _("Took the approval back"),
    "version.approve": _("Approved"),
    "version.publish": pgettext_lazy("official", "Published"),
    "version.drop": _("Dropped the draft"),
    "version.propose_communication": _("Proposed to make it known"),
    "proposal.propose": _("Proposed to the coordinator"),
    "proposal.take_up": _("Taken up"),
    "proposal.decline": _("Declined"),
    "proposal.withdraw": _("Withdrawn"),
    "procedure_import.hand_in": _("Handed the file in"),
    "procedure_import.finish": _("Read and compared"),
    "procedure_import.fail": _("Could not be read"),
    "procedure_import.read_again": _("Said what names mean"),
    "procedure_import.confirm": _("Confirmed"),
    "procedure_import.end": _("Taken in"),
    "procedure_import.drop": _("Dropped"),
}
