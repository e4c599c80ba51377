"""The pages of the portal: the city's site and the component sites in it, columns, stories, events, landing pages.

A component site is a subtree (`/so-noi-vu/…`); with a host of its own a Wagtail Site points at the same page. The
agency of a page is the agency of the nearest site above it; a story names besides whose story it is.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from loa.directory.models import Agency
from loa.plans.models import Assignment, DutyAssignment, Occurrence, Topic
from loa.portal.models.blocks import landing_blocks, story_blocks
from loa.portal.models.media import Picture
from loa.portal.models.serving import ServedPage

PRINTED, KEPT = "in", "luu"


class SiteHome(ServedPage):
    """What the city's site and a component site have in common: whose it is, how it looks, where to be found."""

    class Accent(models.TextChoices):
        TEAL = "teal", _("Teal")
        BLUE = "blue", _("Blue")
        GREEN = "green", _("Green")
        WINE = "wine", _("Wine red")
        SLATE = "slate", _("Slate")

    agency = models.OneToOneField(
        Agency, on_delete=models.PROTECT, related_name="portal_site", verbose_name=_("agency")
    )
    english_name = models.CharField(_("name in English"), max_length=200, blank=True)
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.TEAL)
    address = models.CharField(_("address"), max_length=300, blank=True)
    english_address = models.CharField(_("address in English"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    responsible = models.CharField(_("responsible for the content"), max_length=200, blank=True)
    legal_line = models.CharField(
        _("licence of the site, and how it may be quoted"), max_length=300, blank=True
    )
    body = StreamField(landing_blocks(), blank=True, verbose_name=_("blocks"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("agency"),
                FieldPanel("english_name"),
                FieldPanel("accent"),
                FieldPanel("address"),
                FieldPanel("english_address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("responsible"),
                FieldPanel("legal_line"),
            ],
            heading=_("The site"),
        ),
    ]
    is_creatable = False


class CityHome(SiteHome):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.AgencySite", "portal.Column", "portal.LandingPage", "portal.EventPage"]
    template = "portal/home.html"
    max_count = 1

    class Meta:
        verbose_name = _("city's site")


class AgencySite(SiteHome):
    parent_page_types = ["portal.CityHome"]
    subpage_types = ["portal.Column", "portal.LandingPage", "portal.EventPage"]
    template = "portal/home.html"

    class Meta:
        verbose_name = _("component site")
        verbose_name_plural = _("component sites")


class Column(ServedPage):
    """A recurring section (chuyên mục), with sub-columns and stories."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    english_title = models.CharField(_("title in English"), max_length=255, blank=True)
    update_rule = models.CharField(_("how often it is updated"), max_length=200, blank=True)
    takes_contributions = models.BooleanField(
        _("contributors of the communes may write for it"), default=False
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("english_title"),
        FieldPanel("lead"),
        FieldPanel("update_rule"),
        FieldPanel("takes_contributions"),
        InlinePanel("stages", heading=_("Stages before publication"), label=_("Stage")),
    ]
    parent_page_types = ["portal.CityHome", "portal.AgencySite", "portal.Column"]
    subpage_types = ["portal.Column", "portal.Story", "portal.LandingPage", "portal.EventPage"]
    template = "portal/column.html"

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")


class Story(ServedPage):
    """One thing to read: news, an article, a reportage, an interview, a good example, a photo story, a briefing."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ARTICLE = "article", _("Article")
        REPORTAGE = "reportage", _("Reportage")
        INTERVIEW = "interview", _("Interview")
        EXAMPLE = "example", _("Good example")
        PHOTOS = "photos", _("Photo story")
        BRIEFING = "briefing", _("Press briefing")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS, db_index=True)
    lead = models.TextField(_("lead"), max_length=500)
    body = StreamField(story_blocks(), verbose_name=_("body"))
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    byline = models.CharField(
        _("author"), max_length=200, blank=True
    )  # as printed; the account stays the owner
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    agency = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
        verbose_name=_("agency that wrote it"),
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="stories", verbose_name=_("topics"))
    review_on = models.DateField(_("to be reviewed by"), null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("byline"),
                FieldPanel("agency"),
                FieldPanel("source"),
                FieldPanel("source_url"),
            ],
            heading=_("Author and source"),
        ),
        InlinePanel(
            "works",
            heading=_("Work of the plan it counts for"),
            label=_("Work"),
            help_text=_(
                "Offered is the open work of the site's agency; save after choosing the writing agency to see its work."
            ),
        ),
        FieldPanel("topics"),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
        FieldPanel("keeps_meaning"),
    ]
    promote_panels = Page.promote_panels
    settings_panels = [*Page.settings_panels, FieldPanel("review_on")]
    parent_page_types = ["portal.Column"]
    subpage_types: list[str] = []
    template = "portal/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_template(self, request: Any, *_args: Any, **_kwargs: Any) -> str:
        """`?ban=in` for paper, `?ban=luu` to keep: who publishes must let readers print and save."""
        wanted = request.GET.get("ban") if hasattr(request, "GET") else ""
        return "portal/story_print.html" if wanted in (PRINTED, KEPT) else self.template

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        if request.GET.get("ban") == KEPT:
            response["Content-Disposition"] = f'attachment; filename="{self.slug}.html"'
        return response


class StoryWork(Orderable):
    """The work of a plan that a story counts for: an assignment, or a standing duty, perhaps one occurrence of it."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="works")
    assignment = models.ForeignKey(
        Assignment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("assignment"),
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("duty"),
    )
    occurrence = models.ForeignKey(
        Occurrence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("occurrence"),
    )

    panels = [FieldPanel("assignment"), FieldPanel("duty_assignment"), FieldPanel("occurrence")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(assignment__isnull=False) ^ models.Q(duty_assignment__isnull=False),
                name="story_work_is_one_of_two",
                violation_error_message=_("Choose an assignment or a standing duty: one of the two."),
            )
        ]

    def __str__(self) -> str:
        return str(self.assignment or self.duty_assignment)

    @property
    def work(self) -> Any:
        return self.assignment or self.duty_assignment


class Correction(Orderable):
    """What was wrong and since when it is right, shown under the story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField(_("day"))
    text = models.TextField(_("what was corrected"))

    panels = [FieldPanel("on"), FieldPanel("text")]

    def __str__(self) -> str:
        return self.text[:80]


class EventPage(ServedPage):
    """An announced gathering; it moves to the register of events once that holds it."""

    lead = models.TextField(_("lead"), max_length=500)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300)
    organiser = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("organiser")
    )
    body = StreamField(story_blocks(), blank=True, verbose_name=_("body"))
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="event_pages", verbose_name=_("topics"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("starts_at"),
        FieldPanel("ends_at"),
        FieldPanel("place"),
        FieldPanel("organiser"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("topics"),
    ]
    parent_page_types = ["portal.CityHome", "portal.AgencySite", "portal.Column"]
    subpage_types: list[str] = []
    template = "portal/event.html"

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")


class LandingPage(ServedPage):
    """A page from blocks: an introduction, a campaign, the structure and contacts, in Vietnamese and in English."""

    lead = models.CharField(_("lead"), max_length=500, blank=True)
    body = StreamField(landing_blocks(), verbose_name=_("body"))
    english_title = models.CharField(_("title in English"), max_length=255, blank=True)
    english_body = StreamField(landing_blocks(), blank=True, verbose_name=_("body in English"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("english_title"), FieldPanel("english_body")], heading=_("In English")),
    ]
    parent_page_types = ["portal.CityHome", "portal.AgencySite", "portal.Column", "portal.LandingPage"]
    subpage_types = ["portal.LandingPage"]
    template = "portal/landing.html"

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")
