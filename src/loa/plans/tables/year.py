"""The lists of the plan's year: carried tasks, amendments, sub-plans, guidance, talks, questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.lists import DayColumn
from loa.core.templatetags.ui import badge, due_badge, moment, state_badge
from loa.core.text import headline
from loa.plans.models import Amendment, Explanation, Extension, Guidance, GuidanceReceipt, SubPlan, Talk, Task
from loa.plans.tables.work import title_link


def _task_words(task: Task) -> str:
    no = f" · {task.no}" if task.no else ""
    return f"{task.plan.number}{no}"


def _task_link(task: Task) -> SafeString:
    return format_html('<a href="{}">{}</a>', task.get_absolute_url(), _task_words(task))


class CarriedTable(tables.Table):
    no = tables.Column(verbose_name=_("No."), order_by="position")
    content = tables.Column(verbose_name=pgettext_lazy("of a plan", "Task"), order_by="search_text")
    earlier = tables.Column(
        verbose_name=_("Carried over from"), accessor="carried_over_from", empty_values=(), default="–"
    )
    closing = tables.Column(verbose_name=_("Decided at the end"), default="–")
    later = tables.Column(verbose_name=_("Carried over to"), empty_values=(), orderable=False)

    class Meta:
        model = Task
        fields = ("no", "content", "earlier", "closing", "later")
        empty_text = _("No task of this plan comes from an earlier year or goes on to a later one.")

    def render_content(self, record: Task) -> SafeString:
        return title_link(record, record.content)

    def value_content(self, record: Task) -> str:
        return record.content

    def render_earlier(self, record: Task) -> SafeString | str:
        if record.predecessor:
            return _task_link(record.predecessor)
        if record.carried_over_from:
            return format_html("{} {}", record.carried_over_from, badge(_("Not linked yet"), "soon"))
        return "–"

    def value_earlier(self, record: Task) -> str:
        if record.predecessor:
            return _task_words(record.predecessor)
        return str(record.carried_over_from or "")

    def render_closing(self, record: Task) -> SafeString | str:
        tone = {"carry": "run", "end": "plain", "leave": "soon"}.get(record.closing, "plain")
        return badge(record.get_closing_display(), tone, record.closing_note)

    def value_closing(self, record: Task) -> str:
        return ". ".join(filter(None, [str(record.get_closing_display()), record.closing_note]))

    def render_later(self, record: Task) -> SafeString | str:
        found = list(record.successors.all())
        return _task_link(found[0]) if found else "–"

    def value_later(self, record: Task) -> str:
        return "; ".join(_task_words(task) for task in record.successors.all())


class AmendmentTable(tables.Table):
    paper = tables.Column(verbose_name=_("Paper"), accessor="number")
    subject = tables.Column(verbose_name=_("What it is about"))
    issued_on = DayColumn(verbose_name=_("Issued on"))
    effective_on = DayColumn(verbose_name=_("Takes effect on"))
    change_count = tables.Column(
        verbose_name=pgettext_lazy("count", "Changes"), attrs={"td": {"class": "number"}}
    )
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Amendment
        fields = ("paper", "subject", "issued_on", "effective_on", "change_count", "state")
        empty_text = _("This plan has not been amended.")

    def render_paper(self, record: Amendment) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)

    def value_paper(self, record: Amendment) -> str:
        return str(record)

    def render_state(self, record: Amendment) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Amendment) -> str:
        return record.get_state_display()


class SubPlanTable(tables.Table):
    agency = tables.Column(
        verbose_name=_("Body"),
        accessor="duty_assignment__agency",
        order_by="duty_assignment__agency__sort_name",
    )
    state = tables.Column(verbose_name=_("State"))
    due_on = DayColumn(verbose_name=_("To be issued by"), accessor="demand__due_on")
    issued_on = DayColumn(verbose_name=_("Issued on"), default="–")
    paper = tables.Column(
        verbose_name=_("Own plan"), accessor="document", empty_values=(), order_by="document__printed_number"
    )

    class Meta:
        model = SubPlan
        fields = ("agency", "state", "due_on", "issued_on", "paper")
        empty_text = _("No body is asked for a plan of its own yet.")

    def render_agency(self, record: SubPlan) -> SafeString:
        agency = record.duty_assignment.agency
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), agency)

    def value_agency(self, record: SubPlan) -> str:
        return record.duty_assignment.agency.name

    def render_state(self, record: SubPlan) -> SafeString:
        return badge(*_sub_plan_standing(record))

    def value_state(self, record: SubPlan) -> str:
        return str(_sub_plan_standing(record)[0])

    def render_due_on(self, record: SubPlan) -> SafeString:
        return due_badge(record.demand.due_on, False, record.state == "asked")

    def render_paper(self, record: SubPlan) -> SafeString | str:
        if record.own:
            return format_html('<a href="{}">{}</a>', record.own.get_absolute_url(), record.own.number)
        if record.document:
            return format_html('<a href="{}">{}</a>', record.document.get_absolute_url(), record.document)
        return "–"

    def value_paper(self, record: SubPlan) -> str:
        return str(record.document or "")


def _sub_plan_standing(record: SubPlan) -> tuple[Any, str]:
    if record.state == "issued":
        is_late = bool(record.issued_on and record.issued_on > record.demand.due_on)
        return (_("Issued late"), "soon") if is_late else (_("Issued"), "done")
    if record.state == "asked" and record.demand.due_on < clock.today():
        return _("Overdue"), "late"
    return record.get_state_display(), "plain"


class GuidanceTable(tables.Table):
    title = tables.Column(verbose_name=_("Note"), order_by="search_text")
    state = tables.Column(verbose_name=_("State"))
    sent_at = tables.Column(verbose_name=_("Sent"), default="–")
    acknowledge_by = DayColumn(verbose_name=_("Acknowledge by"), default="–")
    acknowledged = tables.Column(verbose_name=_("Acknowledged"), accessor="acknowledged_count")
    question_count = tables.Column(verbose_name=_("Open questions"), attrs={"td": {"class": "number"}})

    class Meta:
        model = Guidance
        fields = ("title", "state", "sent_at", "acknowledge_by", "acknowledged", "question_count")
        empty_text = _("No guidance note yet.")

    def render_title(self, record: Guidance) -> SafeString:
        return title_link(record, record.title)

    def value_title(self, record: Guidance) -> str:
        return record.title

    def render_state(self, record: Guidance) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Guidance) -> str:
        return record.get_state_display()

    def render_sent_at(self, record: Guidance) -> str:
        return moment(record.sent_at)

    def render_acknowledged(self, record: Any) -> str:
        return f"{record.acknowledged_count}/{record.receipt_count}"


class ReceiptTable(tables.Table):
    agency = tables.Column(verbose_name=_("Body"), order_by="agency__sort_name")
    state = tables.Column(verbose_name=_("State"))
    acknowledged_at = tables.Column(verbose_name=_("Acknowledged"), default="–")
    question = tables.Column(verbose_name=_("Question"), default="–", orderable=False)
    answer = tables.Column(verbose_name=_("Answer"), default="–", orderable=False)

    class Meta:
        model = GuidanceReceipt
        fields = ("agency", "state", "acknowledged_at", "question", "answer")
        empty_text = _("The note is not sent yet.")

    def render_state(self, record: GuidanceReceipt) -> SafeString:
        return state_badge(record)

    def value_state(self, record: GuidanceReceipt) -> str:
        return record.get_state_display()

    def render_acknowledged_at(self, record: GuidanceReceipt) -> str:
        return moment(record.acknowledged_at)

    def render_answer(self, record: GuidanceReceipt) -> SafeString | str:
        return record.answer

    def render_question(self, record: GuidanceReceipt) -> SafeString | str:
        user = getattr(self.request, "user", None)
        if record.state == "questioned" and user and user.has_perm("plans.answer_guidance", record):
            url = reverse("plans:receipt_step", args=[record.pk, "answer"])
            return format_html('{} <a class="button" href="{}">{}</a>', record.question, url, _("Answer"))
        return record.question

    def value_question(self, record: GuidanceReceipt) -> str:
        return record.question


class TalkTable(tables.Table):
    on = DayColumn(verbose_name=_("Day"))
    meeting = tables.Column(verbose_name=_("Meeting"), order_by="search_text")
    agency = tables.Column(verbose_name=_("Body"), order_by="agency__sort_name")
    place = tables.Column(verbose_name=_("Place"))
    people_count = tables.Column(verbose_name=_("People present"), attrs={"td": {"class": "number"}})
    minutes = tables.Column(verbose_name=_("Minutes"), attrs={"td": {"class": "number"}})
    told = tables.Column(verbose_name=_("What was told"), empty_values=(), orderable=False)
    duty = tables.Column(verbose_name=_("Standing duty"), accessor="duty_assignment__duty__text")
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Talk
        fields = ("on", "meeting", "agency", "place", "people_count", "minutes", "told", "duty", "state")
        empty_text = _(
            "Nothing is recorded yet. A talk in another meeting takes less than a minute to record."
        )

    def render_meeting(self, record: Talk) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.meeting)

    def value_meeting(self, record: Talk) -> str:
        return record.meeting

    def render_told(self, record: Talk) -> str:
        return "; ".join(Truncator(str(topic)).chars(60) for topic in record.topics.all())

    def value_told(self, record: Talk) -> str:
        return ", ".join(topic.label or topic.text for topic in record.topics.all())

    def render_duty(self, value: str) -> str:
        return Truncator(value).chars(80)

    def value_duty(self, record: Talk) -> str:
        return record.duty_assignment.duty.text

    def render_state(self, record: Talk) -> SafeString:
        return state_badge(record)

    def value_state(self, record: Talk) -> str:
        return record.get_state_display()


class _QuestionTable(tables.Table):
    """What extensions and explanations show alike: of which work, of whom."""

    agency = tables.Column(
        verbose_name=_("Lead agency"), accessor="assignment__agency", order_by="assignment__agency__sort_name"
    )
    task = tables.Column(
        verbose_name=pgettext_lazy("of a plan", "Task"),
        accessor="assignment__task__content",
        order_by="assignment__task__search_text",
    )
    plan = tables.Column(verbose_name=_("Plan"), accessor="assignment__plan__number")
    asked_at = tables.Column(verbose_name=_("Asked"))
    state = tables.Column(verbose_name=_("State"))
    answer = tables.Column(verbose_name=_("Answer"), default="–", orderable=False)

    def render_task(self, record: Any) -> SafeString:
        words = Truncator(headline(record.assignment.task.content)).chars(140)
        return format_html('<a href="{}">{}</a>', record.assignment.get_absolute_url(), words)

    def value_task(self, record: Any) -> str:
        return record.assignment.task.content

    def render_asked_at(self, record: Any) -> str:
        return moment(record.asked_at)

    def value_state(self, record: Any) -> str:
        return record.get_state_display()


class ExtensionTable(_QuestionTable):
    old_due_on = DayColumn(verbose_name=_("Due"))
    new_due_on = DayColumn(verbose_name=_("New due date"))
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)

    class Meta:
        model = Extension
        fields = ()
        sequence = (
            "plan",
            "task",
            "agency",
            "old_due_on",
            "new_due_on",
            "reason",
            "asked_at",
            "state",
            "answer",
        )
        empty_text = _("Nobody has asked for more time.")

    def render_state(self, record: Extension) -> SafeString:
        return state_badge(record)


class ExplanationTable(_QuestionTable):
    question = tables.Column(verbose_name=_("Question"), orderable=False)
    due_on = DayColumn(verbose_name=_("Answer by"), default="–")

    class Meta:
        model = Explanation
        fields = ()
        sequence = ("plan", "task", "agency", "question", "asked_at", "due_on", "state", "answer")
        empty_text = _("No explanation was asked for.")

    def render_state(self, record: Explanation) -> SafeString:
        return state_badge(record)

    def render_due_on(self, value: date, record: Explanation) -> SafeString:
        return due_badge(value, False, record.state == "asked")
