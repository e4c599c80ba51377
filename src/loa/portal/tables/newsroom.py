from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, moment, state_badge
from loa.portal.models import Contribution, NewsAssignment, Story, UrgentRelease
from loa.portal.queries.contributions import fate_of


class ContributionTable(tables.Table):
    title = tables.Column(verbose_name=_("Headline"), linkify=True, empty_values=())
    fate = tables.Column(verbose_name=_("What became of it"), empty_values=(), orderable=False)
    column = tables.Column(verbose_name=_("For which column"), default="–")
    saved_at = tables.Column(verbose_name=_("Last written"))

    class Meta:
        model = Contribution
        fields = ()
        sequence = ("title", "fate", "column", "saved_at")

    def render_title(self, record: Contribution) -> str:
        return str(record)

    def render_fate(self, record: Contribution) -> SafeString:
        fate = fate_of(record)
        note = format_html('<br><span class="muted">{}</span>', fate.note) if fate.note else ""
        return format_html("{}{}", badge(fate.word, fate.tone), note)

    def value_fate(self, record: Contribution) -> str:
        fate = fate_of(record)
        return f"{fate.word}: {fate.note}" if fate.note else fate.word

    def render_saved_at(self, record: Contribution) -> str:
        return moment(record.saved_at)


class UrgentTable(tables.Table):
    title = tables.Column(verbose_name=_("Story"), linkify=True)
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    reason = tables.Column(verbose_name=_("Reason"))
    by = tables.Column(verbose_name=_("Published by"), order_by="by__sort_name")
    due_on = DayColumn(verbose_name=_("To be decided by"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = UrgentRelease
        fields = ()
        sequence = ("title", "agency", "reason", "by", "due_on", "state")

    def render_state(self, record: UrgentRelease) -> SafeString:
        return state_badge(record)

    def value_state(self, record: UrgentRelease) -> str:
        return record.get_state_display()

    def render_due_on(self, record: UrgentRelease) -> str:
        return due_badge(record.due_on) if record.state == "open" else DayColumn().render(record.due_on)


class NewsAssignmentTable(tables.Table):
    title = tables.Column(verbose_name=_("What to write about"), linkify=True)
    reporter = tables.Column(verbose_name=_("Reporter"), order_by="reporter__sort_name")
    column = tables.Column(verbose_name=_("For which column"), order_by="column__title")
    due_on = DayColumn(verbose_name=_("By when"))
    slot = tables.Column(verbose_name=_("Radio slot"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = NewsAssignment
        fields = ()
        sequence = ("title", "reporter", "column", "due_on", "slot", "state")

    def render_state(self, record: NewsAssignment) -> SafeString:
        return state_badge(record)

    def value_state(self, record: NewsAssignment) -> str:
        return record.get_state_display()


class ReviewTable(tables.Table):
    title = tables.Column(verbose_name=_("Story"))
    review_on = DayColumn(verbose_name=_("To be reviewed by"))
    last_published_at = tables.Column(verbose_name=_("Published"))

    class Meta:
        model = Story
        fields = ()
        sequence = ("title", "review_on", "last_published_at")

    def render_title(self, record: Story) -> SafeString:
        return format_html('<a href="/toa-soan/pages/{}/edit/">{}</a>', record.pk, record.title)

    def value_title(self, record: Story) -> str:
        return record.title

    def render_last_published_at(self, record: Story) -> str:
        return moment(record.last_published_at)
