"""Lists of cases; never who asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, state_badge
from loa.core.text import format_date
from loa.feedback.models import (
    AnswerTemplate,
    Case,
    DataRequest,
    Promise,
    Publication,
    RefusalGround,
    RoutingRule,
    Subject,
)
from loa.feedback.states import ENDED_STATES


class CaseTable(tables.Table):
    code = tables.Column(verbose_name=_("Code"), linkify=True)
    title = tables.Column(verbose_name=_("What it is about"))
    kind = tables.Column(verbose_name=_("Kind"), default="–")
    subject = tables.Column(
        verbose_name=pgettext_lazy("case", "Subject"), order_by="subject__rank", default="–"
    )
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name", default="–")
    officer = tables.Column(verbose_name=_("Officer"), order_by="officer__sort_name", default="–")
    state = tables.Column(verbose_name=_("State"))
    source = tables.Column(verbose_name=_("How it came in"))
    received_at = DayColumn(verbose_name=_("Received"))
    due_on = DayColumn(verbose_name=_("Due"), default="–")

    class Meta:
        model = Case
        fields = (
            "code", "title", "kind", "subject", "agency", "officer", "state", "source", "received_at", "due_on",
        )  # fmt: skip
        sequence = ("due_on", "code", "title", "state", "agency", "officer", "...")
        order_by = "due_on"
        empty_text = _("No case matches.")

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        """The page has room for the most needed; the sheet holds every column."""
        if request is not None and request.GET.get("export") != "xlsx":
            kwargs["exclude"] = ("code", "kind", "subject", "source")
        super().__init__(*args, request=request, **kwargs)

    def order_due_on(self, rows: QuerySet[Case], is_descending: bool) -> tuple[QuerySet[Case], bool]:
        """What is open first, the most urgent on top; what has ended is no longer urgent."""
        due = F("due_on").desc(nulls_last=True) if is_descending else F("due_on").asc(nulls_last=True)
        ended = ExpressionWrapper(Q(state__in=ENDED_STATES), output_field=BooleanField())
        return rows.annotate(has_ended=ended).order_by(
            "has_ended", due, "-pk" if is_descending else "pk"
        ), True

    def render_title(self, record: Case) -> SafeString:
        title = Truncator(record.title).chars(120)
        return format_html('<a href="{}">{}</a><br>{}', record.get_absolute_url(), record.code, title)

    def value_title(self, record: Case) -> str:
        return record.title

    def render_state(self, record: Case) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Case) -> str:
        return str(record.get_state_display())

    def render_due_on(self, record: Case) -> SafeString:
        if record.waiting_since and not record.is_ended:
            return badge(_("The asker is awaited"), "wait")
        return due_badge(record.due_on, open=not record.is_ended)


class ChoosableCaseTable(CaseTable):
    """With a box before each row, for acts on many at once."""

    chosen = tables.Column(verbose_name="", accessor="pk", orderable=False, exclude_from_export=True)

    class Meta(CaseTable.Meta):
        sequence = ("chosen", "due_on", "code", "title", "state", "agency", "officer", "...")

    def render_chosen(self, record: Case) -> SafeString:
        return format_html(
            '<input type="checkbox" name="case" value="{}" form="many" aria-label="{}">',
            record.pk,
            _("Choose %(code)s") % {"code": record.code},
        )


class TemplateTable(tables.Table):
    title = tables.Column(verbose_name=_("Title"))
    subject = tables.Column(verbose_name=pgettext_lazy("case", "Subject"), default="–")
    body = tables.Column(verbose_name=_("Text"))
    by = tables.Column(verbose_name=pgettext_lazy("text", "Written by"))

    class Meta:
        model = AnswerTemplate
        fields = ("title", "subject", "body", "by")
        empty_text = _("Your agency keeps no texts for answers yet.")

    def render_title(self, record: AnswerTemplate) -> SafeString:
        url = reverse("feedback:answer_template_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.title)

    def value_title(self, record: AnswerTemplate) -> str:
        return record.title

    def render_body(self, value: Any) -> str:
        return Truncator(value).chars(160)

    def value_body(self, value: Any) -> str:
        return str(value)


class DataRequestTable(tables.Table):
    """Whose data it is does not stand here: the code of the case alone."""

    case = tables.Column(
        verbose_name=_("Case"),
        accessor="case__code",
        linkify=lambda record: record.get_absolute_url(),
    )
    kind = tables.Column(verbose_name=_("What is asked"))
    state = tables.Column(verbose_name=_("State"))
    asked_at = DayColumn(verbose_name=_("Asked on"))
    reply_due_on = tables.Column(verbose_name=_("Reply due"), default="–")
    due_on = tables.Column(verbose_name=_("To be carried out by"), default="–")

    class Meta:
        model = DataRequest
        fields = ("case", "kind", "state", "asked_at", "reply_due_on", "due_on")
        order_by = "-asked_at"
        empty_text = _("Nobody has asked about own data.")

    def render_reply_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.reply_due_on, open=record.replied_at is None)

    def render_due_on(self, record: DataRequest) -> SafeString:
        return due_badge(record.due_on, open=record.is_open)
        return due_badge(record.due_on, is_open=not record.is_ended)


def _desk_url(record: Case) -> str:
    return reverse("feedback:intake_case", args=[record.pk])


class IntakeTable(tables.Table):
    """What waits to be classified and sent; never who asks."""

    code = tables.Column(verbose_name=_("Code"), linkify=_desk_url)
    title = tables.Column(
        verbose_name=pgettext_lazy("case", "Content"), attrs={"td": {"class": "cell--words"}}
    )
    kind_wished = tables.Column(verbose_name=_("As they call it"), default="–")
    commune = tables.Column(verbose_name=_("Place"), order_by="commune__sort_name", default="–")
    received_at = DayColumn(verbose_name=_("Received"))
    classify_due = tables.Column(verbose_name=_("To be sent by"), default="–")
    due_on = tables.Column(verbose_name=_("Answer due"), default="–")

    class Meta:
        model = Case
        fields = (
            "code",
            "title",
            "kind_wished",
            "commune",
            "received_at",
            "classify_due",
            "due_on",
        )
        empty_text = _("No case waits to be classified.")

    def render_title(self, record: Case) -> SafeString:
        return format_html("{}", Truncator(record.title).chars(120))

    def render_classify_due(self, value: date) -> SafeString:
        return due_badge(value)

    def value_classify_due(self, value: date) -> date:
        return value

    def render_due_on(self, record: Case) -> SafeString:
        return due_badge(record.due_on)

    def value_due_on(self, value: date) -> date:
        return value


class SubjectTable(tables.Table):
    name = tables.Column(
        verbose_name=_("Name"), linkify=lambda record: reverse("feedback:subject_edit", args=[record.pk])
    )
    name_en = tables.Column(verbose_name=_("Name in English"))
    code = tables.Column(verbose_name=_("Code"))
    agency = tables.Column(
        verbose_name=_("Agency that mostly answers"), order_by="agency__sort_name", default="–"
    )
    words = tables.Column(verbose_name=_("Words that point to it"), orderable=False, default="–")
    valid_from = DayColumn(verbose_name=_("From"), default="–")
    valid_to = DayColumn(verbose_name=_("Last day"), default="–")

    class Meta:
        model = Subject
        fields = ("name", "name_en", "code", "agency", "words", "valid_from", "valid_to")
        empty_text = _("No subject yet.")


class GroundTable(tables.Table):
    name_vi = tables.Column(
        verbose_name=_("Ground"), linkify=lambda record: reverse("feedback:ground_edit", args=[record.pk])
    )
    name_en = tables.Column(verbose_name=_("Name in English"))
    legal_basis = tables.Column(verbose_name=_("Legal basis"))
    is_checked = tables.BooleanColumn(verbose_name=_("Checked against the original text"), yesno="✓,–")
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("Last day"), default="–")

    class Meta:
        model = RefusalGround
        fields = ("name_vi", "name_en", "legal_basis", "is_checked", "valid_from", "valid_to")
        empty_text = _("No ground yet.")


class RoutingTable(tables.Table):
    """In the order in which they are asked; on the page with buttons, in the sheet without."""

    rank = tables.Column(verbose_name=pgettext_lazy("rule", "Order"), orderable=False)
    kind = tables.Column(verbose_name=_("Kind"), orderable=False, empty_values=())
    subject = tables.Column(verbose_name=pgettext_lazy("case", "Subject"), orderable=False, default=_("Any"))
    place = tables.Column(verbose_name=_("Place"), orderable=False, default=_("Any"))
    agency = tables.Column(
        verbose_name=_("Goes to"), orderable=False, default=_("The commune that the case names")
    )
    valid_from = DayColumn(verbose_name=_("From"), orderable=False, default="–")
    valid_to = DayColumn(verbose_name=_("Last day"), orderable=False, default="–")
    note = tables.Column(verbose_name=_("Note"), orderable=False, default="–")
    acts = tables.Column(
        verbose_name=_("Change"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = RoutingRule
        fields = ("rank", "kind", "subject", "place", "agency", "valid_from", "valid_to", "note", "acts")
        empty_text = _("No rule yet: every case is sent by hand.")

    def render_kind(self, record: RoutingRule) -> str:
        return str(record.get_kind_display() or _("Any"))

    def render_acts(self, record: RoutingRule) -> SafeString:
        """By Python, not by a template of its own: that would ask for the shell's figures once for each row."""
        token = get_token(self.request)
        return format_html(
            '<span class="acts">{}{}<a class="button button--quiet" href="{}">{}</a>{}</span>',
            _act("routing_move", token, "↑", _("Move up"), record.pk, "len"),
            _act("routing_move", token, "↓", _("Move down"), record.pk, "xuong"),
            reverse("feedback:routing_edit", args=[record.pk]),
            _("Change"),
            _act("routing_end", token, _("End"), "", record.pk),
        )

    def value_kind(self, record: RoutingRule) -> str:
        return str(record.get_kind_display() or _("Any"))


def _act(name: str, token: str, words: Any, said: Any, *args: Any) -> SafeString:
    """A form of one button; `said` is read out where the button shows a sign."""
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="button button--quiet"{}>{}</button></form>',
        reverse(f"feedback:{name}", args=args),
        token,
        format_html(' aria-label="{}"', said) if said else "",
        words,
    )


class PromiseTable(tables.Table):
    words = tables.Column(verbose_name=_("What was promised"), linkify=True)
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    event = tables.Column(verbose_name=_("Dialogue"), order_by="event__starts_at")
    due_on = tables.Column(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Promise
        fields = ("words", "agency", "event", "due_on", "state")
        order_by = "due_on"
        empty_text = _("Nothing was promised in a dialogue yet.")

    def render_due_on(self, record: Promise) -> SafeString:
        return due_badge(record.due_on, open=record.state == "open", link=False)

    def value_due_on(self, record: Promise) -> date:
        return record.due_on

    def render_state(self, record: Promise) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Promise) -> str:
        return record.get_state_display()


class WaitingTable(tables.Table):
    """Answered cases that are owed to the public."""

    publish_by = DayColumn(verbose_name=_("Publish by"), default="–")
    code = tables.Column(verbose_name=_("Code"))
    title = tables.Column(verbose_name=_("What it is about"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    subject = tables.Column(verbose_name=_("Subject"), order_by="subject__rank", default="–")
    answered_at = DayColumn(verbose_name=_("Answered"))

    class Meta:
        model = Case
        fields = ("publish_by", "code", "title", "agency", "subject", "answered_at")
        empty_text = _("No answered case waits to be published.")

    def render_publish_by(self, value: Any) -> SafeString:
        return due_badge(value)

    def render_code(self, record: Case) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("feedback:case_publish", args=[record.pk]), record.code
        )

    def value_code(self, record: Case) -> str:
        return record.code

    def render_title(self, record: Case) -> str:
        return Truncator(record.title).chars(120)

    def render_answered_at(self, value: Any) -> str:
        return format_date(timezone.localtime(value).date())


class PublishedTable(tables.Table):
    title = tables.Column(verbose_name=_("Title"))
    agency = tables.Column(verbose_name=_("Agency"), order_by="agency__sort_name")
    subject = tables.Column(
        verbose_name=_("Subject"),
        accessor="case__subject",
        order_by="case__subject__rank",
        default="–",
    )
    published_at = DayColumn(verbose_name=pgettext_lazy("answer", "Published"))
    withdrawn_at = DayColumn(verbose_name=_("Taken back"), default="–")
    by = tables.Column(verbose_name=pgettext_lazy("answer", "Published by"), order_by="by__sort_name")

    class Meta:
        model = Publication
        fields = ("title", "agency", "subject", "published_at", "withdrawn_at", "by")
        empty_text = _("Nothing has been published yet.")

    def render_title(self, record: Publication) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.case.get_absolute_url(), record.title)

    def value_title(self, record: Publication) -> str:
        return record.title

    def render_published_at(self, value: Any) -> str:
        return format_date(timezone.localtime(value).date())

    render_withdrawn_at = render_published_at


class RegisterTable(tables.Table):
    """The public register as a sheet."""

    code = tables.Column(verbose_name=_("Code"), accessor="case__code")
    title = tables.Column(verbose_name=_("Title"))
    question = tables.Column(verbose_name=pgettext_lazy("case", "Question"))
    answer = tables.Column(verbose_name=_("Answer"))
    agency = tables.Column(verbose_name=_("Agency"))
    subject = tables.Column(verbose_name=_("Subject"), accessor="case__subject", default="")
    commune = tables.Column(verbose_name=_("Commune"), accessor="case__commune", default="")
    received = DayColumn(verbose_name=_("Received"), accessor="case__received_at")
    answered = DayColumn(verbose_name=_("Answered"), accessor="answered_at", default=None)
    published = DayColumn(verbose_name=pgettext_lazy("answer", "Published"), accessor="published_at")
    in_time = tables.Column(verbose_name=pgettext_lazy("answer", "In time"), accessor="is_late")
    stars = tables.Column(verbose_name=_("Stars"), accessor="case__rating__stars", default=None)
    merged_count = tables.Column(verbose_name=_("Others who asked the same"), default=0)

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ()

    def value_in_time(self, value: bool) -> str:
        return str(_("No") if value else _("Yes"))

    def value_received(self, value: Any) -> Any:
        return timezone.localtime(value).date()

    value_answered = value_published = value_received
