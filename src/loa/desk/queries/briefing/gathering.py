"""What a briefing says, section by section. A new register joins with one function in SECTIONS.

Each function reads what the reports and pages read, with the same queries, so that the numbers are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from loa.budgets.queries import approved_lines
from loa.budgets.queries.money import money_of_plan
from loa.campaigns.queries import clippings_in
from loa.core.templatetags.ui import money as in_money
from loa.core.text import format_date
from loa.core.then import end_of
from loa.desk.queries.briefing.facts import Fact, Period, Section, printed
from loa.desk.queries.leadership import Scope, count_figures
from loa.events.queries import held_between
from loa.feedback.queries import Period as CasePeriod
from loa.feedback.queries import all_figures, dialogue_questions, promises_between, public_answers
from loa.plans.models import Plan
from loa.plans.queries.plan import SHOWN_STATES, overseen_by, reading_agency
from loa.portal.queries.news import stories_published
from loa.procedures.queries import recent_changes
from loa.reports.models import Consolidation, ReportRound, ReportTemplate
from loa.reports.queries import owing_agency_ids
from loa.reports.queries.counting import count_rows
from loa.reports.queries.formulas import how_of, total_of
from loa.reports.states import NOT_OWED_STATES

SHOWN = 40  # titles of one section; the rest is counted
YEARLY = "communication_yearly"


def plans_to_brief_on(user: Any) -> QuerySet[Plan]:
    """Plans of which this person's agency sees every figure."""
    agency = reading_agency(user)
    if agency is None:
        return Plan.objects.none()
    return Plan.objects.filter(overseen_by(agency), state__in=SHOWN_STATES)


def gather(plan: Plan, start: date, end: date) -> list[dict[str, Any]]:
    """All sections as JSON, in Vietnamese. Gathered again for the same days they are the same."""
    period = Period(plan, start, end)
    with translation.override("vi"):
        sections = [section(period) for section in SECTIONS]
    return [section.to_json() for section in sections if section.facts]


def progress(period: Period) -> Section:
    """How the plan stood at the end of the last day, as the leadership view shows it."""
    moment = end_of(period.end)
    scope = Scope(plan=period.plan, agency=None, day=period.end, since=period.start, moment=moment)
    figures = count_figures(scope)
    source = _("Progress of plan %(number)s at the end of %(day)s") % {
        "number": period.plan.number,
        "day": format_date(period.end),
    }
    kept = {
        "since": period.start.isoformat(),
        "at": timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M"),
    }
    base = f"{reverse('desk:leadership_assignments', args=[period.plan.pk])}?{urlencode(kept)}"
    targets = f"{reverse('desk:leadership_targets', args=[period.plan.pk])}?{urlencode(kept)}"
    tally = figures.tally
    rows = [
        (_("Pieces of work assigned to agencies"), tally.total, base),
        (_("Completed"), tally.finished, f"{base}&standing=done&standing=done_late"),
        (_("On schedule"), tally.on_schedule, f"{base}&standing=on_schedule"),
        (_("Overdue"), tally.late, f"{base}&standing=late"),
        (_("Targets reached"), f"{figures.reached_count}/{figures.target_count}", targets),
    ]
    facts = [Fact(label, str(value), source, url) for label, value, url in rows]
    return Section.of("progress", _("Progress of the tasks"), facts)


def figures(period: Period) -> Section:
    """The figure tables of the communication report, counted by its formulas over the same bodies."""
    report_round, agencies = _round(period)
    if report_round is None:
        return Section.of("figures", _("Results in figures"), ())
    counted = count_rows(report_round, agencies)
    source = _("Formulas of “%(template)s”, data from %(start)s to %(end)s") % {
        "template": report_round.template.name_vi,
        "start": format_date(period.start),
        "end": format_date(period.end),
    }
    url = report_round.get_absolute_url() if report_round.pk else period.plan.get_absolute_url()
    facts = []
    for table, row in report_round.template.figure_rows:
        if row.get("formula"):
            rows = [each for pk in agencies for each in counted.get((pk, table["key"], row["key"]), [])]
            total = total_of(rows, how_of(row["formula"]))
            facts.append(Fact(row["label_vi"], printed(total, row["unit"]), source, url))
    return Section.of("figures", _("Results in figures"), facts)


def _round(period: Period) -> tuple[ReportRound | None, list[int]]:
    """The round over the very same days with its bodies; where none was opened, one as it would be opened."""
    days = {"plan": period.plan, "data_from": period.start, "data_to": period.end}
    known = ReportRound.objects.filter(**days).select_related("template").order_by("pk").first()
    if known is not None:
        return known, sorted(
            known.reports.exclude(state__in=NOT_OWED_STATES).values_list("agency", flat=True)
        )
    templates = ReportTemplate.objects.filter(code=YEARLY, valid_from__lte=period.end)
    template = templates.order_by("-valid_from").first()
    if template is None:
        return None, []
    return ReportRound(template=template, **days), sorted(owing_agency_ids(period.plan))


def news(period: Period) -> Section:
    """What the portal published and still shows."""
    stories = stories_published(period.start, period.end)
    source = _("The portal")
    facts = [Fact(_("Stories published on the portal"), str(len(stories)), source, "/")]
    facts += [
        Fact(story.title, f"{format_date(story.on)}, {story.column}".strip(", "), source, story.url)
        for story in stories[:SHOWN]
    ]
    return Section.of("news", _("News published"), facts if stories else ())


def clippings(period: Period) -> Section:
    """The press log of the plan; what two logs hold counts once."""
    found = list(clippings_in(period.plan, period.start, period.end))
    source = _("Press log of plan %(number)s") % {"number": period.plan.number}
    asked: dict[str, Any] = {
        "plan": period.plan.pk,
        "on_after": f"{period.start}",
        "on_before": f"{period.end}",
        "state": "recorded",
    }
    base = f"{reverse('campaigns:clipping_list')}?{urlencode(asked)}"
    by_body: dict[tuple[int, str], int] = {}
    for row in found:
        place = row.press_body_id, row.press_body.name
        by_body[place] = by_body.get(place, 0) + 1
    facts = [Fact(_("Items published by the press"), str(len(found)), source, base)]
    facts += [
        Fact(name, str(count), source, f"{base}&press_body={pk}")
        for (pk, name), count in sorted(by_body.items(), key=lambda pair: (-pair[1], pair[0][1]))
    ]
    facts += [
        Fact(
            row.title,
            f"{row.press_body.name}, {format_date(row.on)}",
            source,
            row.link or row.get_absolute_url(),
        )
        for row in found[:SHOWN]
    ]
    return Section.of("clippings", _("What the press published"), facts if found else ())


def procedures(period: Period) -> Section:
    """Procedures that were announced anew, changed or abolished; publicly told between the days."""
    changes = recent_changes(since=period.start).filter(published_on__lte=period.end)
    source = _("The register of procedures")
    facts = [
        Fact(
            _("Procedures that changed"),
            printed(changes.count()),
            source,
            f"{reverse('procedures:change_list')}?{urlencode({'since': period.start.isoformat()})}",
        )
    ]
    facts += [
        Fact(
            f"{version.procedure.code} {version.name}",
            f"{version.get_change_display()}, {format_date(version.published_on or period.end)}",
            source,
            version.get_absolute_url(),
        )
        for version in changes[:SHOWN]
    ]
    return Section.of("procedures", _("Procedures"), facts if len(facts) > 1 else ())


def reports(period: Period) -> Section:
    """Consolidated reports that were issued in these days."""
    rows = Consolidation.objects.filter(
        round__plan=period.plan,
        state="issued",
        document__issued_on__gte=period.start,
        document__issued_on__lte=period.end,
    ).select_related("round", "document")
    return Section.of(
        "reports",
        _("Reports issued"),
        (
            Fact(
                row.round.title,
                f"{row.document.printed_number}, {format_date(row.document.issued_on)}",
                _("Register of documents"),
                row.get_absolute_url(),
            )
            for row in rows.order_by("document__issued_on", "pk")
            if row.document and row.document.issued_on
        ),
    )


def money(period: Period) -> Section:
    """Decisions on money of these days, and how much of everything was paid by their end."""
    rows = approved_lines(period.end).filter(
        line__estimate__plan=period.plan, approval__decided_on__gte=period.start
    )
    decisions: dict[int, tuple[str, date, int]] = {}
    for row in rows.select_related("approval__document").order_by("approval__decided_on", "pk"):
        approval = row.approval
        _number, _on, amount = decisions.get(approval.pk, ("", approval.decided_on, 0))
        number = approval.document.printed_number
        decisions[approval.pk] = number, approval.decided_on, amount + row.amount
    return Section.of("money", _("Money approved"), _money(period, decisions))


def _money(period: Period, decisions: dict[int, tuple[str, date, int]]) -> Iterator[Fact]:
    whole = money_of_plan(period.plan, until=period.end)
    if not whole.approved:
        return
    url = f"{reverse('desk:leadership_money', args=[period.plan.pk])}?since={period.start.isoformat()}"
    source = _("Budget of plan %(number)s at the end of %(day)s") % {
        "number": period.plan.number,
        "day": format_date(period.end),
    }
    for number, on, amount in decisions.values():
        label = _("Approved by decision %(number)s of %(day)s") % {"number": number, "day": format_date(on)}
        yield Fact(label, in_money(amount), source, url)
    yield Fact(_("Approved in all"), in_money(Decimal(whole.approved)), source, url)
    yield Fact(_("Spent"), in_money(Decimal(whole.spent)), source, url)


def cases(period: Period) -> Section:
    """What citizens asked and were answered; counted as in the public register."""
    days = CasePeriod(period.start, period.end)
    total = all_figures(days)
    if not (total.received or total.owed):
        return Section.of("cases", _("Answers to citizens"), ())
    source = _("Register of cases, %(start)s to %(end)s") % {
        "start": format_date(period.start),
        "end": format_date(period.end),
    }
    asked = urlencode({"first": days.first.isoformat(), "last": days.last.isoformat()})
    base = f"{reverse('feedback:register_agencies')}?{asked}"
    rate = total.on_time_percent
    public = public_answers().filter(published_at__range=_moments(days)).select_related("agency", "case")
    facts = [
        Fact(_("Cases of citizens received"), str(total.received), source, base),
        Fact(_("Answered"), str(total.answered), source, base),
        Fact(_("Answered in time"), str(total.answered_on_time), source, base),
        Fact(_("Overdue without an answer"), str(total.overdue), source, base),
        Fact(_("Rate of answers in time"), printed(rate, "%"), source, base),
        Fact(_("Answers published"), str(public.count()), source, reverse("feedback:register_list")),
    ]
    facts += [
        Fact(
            row.title,
            f"{row.agency}, {format_date(timezone.localtime(row.published_at).date())}",
            source,
            row.get_absolute_url(),
        )
        for row in public.order_by("published_at", "pk")[:SHOWN]
    ]
    return Section.of("cases", _("Answers to citizens"), facts)


def dialogues(period: Period) -> Section:
    """What was held and what citizens asked there; counted as by the formulas of the reports."""
    days = CasePeriod(period.start, period.end)
    held = list(held_between(*days.moments).select_related("agency"))
    asked, promised = dialogue_questions(days), promises_between(days)
    if not held and not promised["kept"].exists():
        return Section.of("dialogues", _("Gatherings and dialogues"), ())
    source = _("Register of events, %(start)s to %(end)s") % {
        "start": format_date(period.start),
        "end": format_date(period.end),
    }
    base = reverse("events:event_list")
    by_kind: dict[str, int] = {}
    for event in held:
        by_kind[event.get_kind_display()] = by_kind.get(event.get_kind_display(), 0) + 1
    facts = [Fact(_("Gatherings held"), str(len(held)), source, base)]
    facts += [
        Fact(kind, str(count), source, base)
        for kind, count in sorted(by_kind.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    halls, promises = reverse("feedback:hall_list"), reverse("feedback:promise_list")
    present = sum(event.present_count for event in held)  # type: ignore[attr-defined]  # annotated
    facts += [
        Fact(_("People present at gatherings"), str(present), source, base),
        Fact(_("Questions received in dialogues"), str(asked["received"].count()), source, halls),
        Fact(_("Questions answered by the end of the period"), str(asked["answered"].count()), source, halls),
        Fact(_("Of them in the public register"), str(asked["published"].count()), source, halls),
        Fact(_("Promises of dialogues kept"), str(promised["kept"].count()), source, promises),
    ]
    facts += [
        Fact(
            event.title,
            f"{event.agency}, {format_date(timezone.localtime(event.began_at).date())}",
            source,
            event.get_absolute_url(),
        )
        for event in held[:SHOWN]
    ]
    return Section.of("dialogues", _("Gatherings and dialogues"), facts)


def _moments(days: CasePeriod) -> tuple[datetime, datetime]:
    first, after = days.moments
    return first, after - timedelta(microseconds=1)


# In the order of the paper.
SECTIONS: tuple[Callable[[Period], Section], ...] = (
    progress,
    figures,
    news,
    clippings,
    procedures,
    cases,
    dialogues,
    reports,
    money,
)
