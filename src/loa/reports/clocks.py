"""What reports do because time passed. Each may run at any time, twice, or after days of silence."""

from datetime import date

from django.db.models import Q

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.plans.models import Plan
from loa.reports import actions, queries
from loa.reports.models import ReportRound
from loa.reports.queries.matters import MATTERS


def propose_standing_rules() -> int:
    """Issued plans whose printed rules nobody has read yet. Returns how many rules were proposed."""
    plans = Plan.objects.filter(state="issued", reporting_rules__standing_rule__isnull=True)
    unread = plans.filter(reporting_rules__isnull=False).distinct()
    return sum(actions.propose_rules(plan, by=None, actor="clock") for plan in unread)


def open_due_rounds() -> int:
    """Rounds whose day has come, each once. Returns how many were opened."""
    openings = queries.due_openings(clock.today())
    if openings:
        actions.load_templates()
    return sum(actions.open_by_rule(opening) is not None for opening in openings)


def close_ended_rounds() -> int:
    """Rounds whose consolidated report is issued or whose last day is over. Returns how many were closed."""
    ended = Q(consolidation__state="issued") | Q(closes_on__lt=clock.today())
    rounds = ReportRound.objects.filter(ended, state="open", closes_itself=True).order_by("pk")
    for report_round in rounds:
        actions.close_round(report_round, by=None, actor="clock")
    return len(rounds)


def remind(today: date | None = None) -> int:
    """The ladders of reports owed and of reports to read. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)
