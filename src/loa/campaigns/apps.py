from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "loa.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, queue  # noqa: PLC0415  models are ready only now

        history.describe_with(SENTENCES)
        queue.name_work(
            {
                "loa.campaigns.jobs.fetch_feed": _("Fetch a feed of the press"),
                "loa.campaigns.clocks.fetch_feeds": _("Fetch the feeds of the press"),
                "loa.campaigns.clocks.remind": _("Remind of press agreements that end"),
            }
        )


SENTENCES: dict[str, object] = {
    "press_body.add": _("Added the press body"),
    "press_body.edit": _("Changed the press body"),
    "press_agreement.sign": _("Kept the agreement"),
    "press_agreement.change": _("Corrected the agreement"),
    "press_agreement.hand_over": _("Passed to the body that follows"),
    "press_body.hand_over": _("Passed to the body that follows"),
    "feed.hand_over": _("Passed to the body that follows"),
    "station.hand_over": _("Passed to the body that follows"),
    "script.hand_over": _("Passed to the body that follows"),
    "press_agreement.end": _("Ended the agreement early"),
    "press_agreement.resume": _("Let the agreement run again"),
    "clipping.record": _("Kept it in the press log"),
    "clipping.change": _("Corrected it in the press log"),
    "clipping.withdraw": _("Took it out of the press log"),
    "feed.add": _("Had the feed watched"),
    "feed.edit": _("Changed the feed"),
    "candidate.take": _("Took it into the press log"),
    "candidate.pass_over": _("Dropped it"),
    "script.make": _("Made the radio script"),
    "script.write": _("Wrote the radio script"),
    "script.plan_slot": _("Set when it is wanted"),
    "script.check": _("Checked the script"),
    "script.approve": _("Approved the script"),
    "script.return_to_writer": _("Returned the script to its writer"),
    "script.use": _("The script was read on air"),
    "script.drop": _("Gave the script up"),
    "station.add": _("Added the station"),
    "station.edit": _("Changed how the station reads"),
    "abbreviation.add": _("Added the abbreviation"),
    "abbreviation.edit": _("Changed the abbreviation"),
}
