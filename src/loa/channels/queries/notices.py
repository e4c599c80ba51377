from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from loa.channels.models import MailSettings, Notice
from loa.core.calendar_data import current_calendar
from loa.core.deadlines import Calendar, CalendarRangeError
from loa.directory.models import Delegation, Membership, User, in_force

URGENT = (Notice.Kind.RETURNED, Notice.Kind.ESCALATION)
_SATURDAY = 5
_LONGEST_QUIET = 40  # days looked ahead for one that is not off
# what a key says of its kind where its sender does not: "assignment.return_to_agency:7"
_KINDS_OF_VERBS = {
    "return": Notice.Kind.RETURNED,
    "reopen": Notice.Kind.RETURNED,
    "refuse": Notice.Kind.RETURNED,
    "decline": Notice.Kind.RETURNED,
    "hand": Notice.Kind.WAITING,
    "submit": Notice.Kind.WAITING,
    "ask": Notice.Kind.WAITING,
    "accept": Notice.Kind.DECIDED,
    "extend": Notice.Kind.DECIDED,
    "grant": Notice.Kind.DECIDED,
    "approve": Notice.Kind.DECIDED,
    "give": Notice.Kind.DECIDED,
    "agree": Notice.Kind.DECIDED,
    "contribute": Notice.Kind.DECIDED,
}


def notices_visible_to(user: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(receiver=user)


def unread_notice_count(user: Any) -> int:
    return Notice.objects.filter(receiver=user, read_at__isnull=True).count()


def kind_of(key: str) -> str:
    """The kind of a notice by the verb in its key."""
    verb = key.partition(":")[0].rpartition(".")[2].partition("_")[0]
    return _KINDS_OF_VERBS.get(verb, Notice.Kind.WORK)


def mail_settings_of(user: User) -> MailSettings:
    """A person's own, or what holds for everybody who chose nothing (then not in the database)."""
    return MailSettings.objects.filter(user=user).first() or MailSettings(user=user)


def mail_choice(settings: MailSettings, kind: str) -> str:
    """How a kind of notice goes by mail to a person."""
    choice = settings.choices.get(kind, Notice.Mail.NOW)
    if choice == Notice.Mail.DIGEST and kind in URGENT and settings.sends_urgent_at_once:
        return Notice.Mail.NOW
    return choice


def quiet_until(settings: MailSettings, now: datetime) -> datetime | None:
    """Until when mail waits, or `None` where it may leave now."""
    zone = timezone.get_default_timezone()
    calendar = current_calendar() if settings.is_quiet_on_days_off else None
    moment = start = now.astimezone(zone)
    for _step in range(_LONGEST_QUIET):
        later = _end_of_quiet(settings, moment, calendar)
        if later is None:
            break
        moment = later
    return None if moment == start else moment


def _end_of_quiet(settings: MailSettings, moment: datetime, calendar: Calendar | None) -> datetime | None:
    day = moment.date()
    if calendar and not is_worked(day, calendar):
        return datetime.combine(day + timedelta(days=1), time.min, moment.tzinfo)
    begins, ends = settings.quiet_from, settings.quiet_to
    if begins is None or ends is None or begins == ends:
        return None
    clock_time = moment.time()
    if begins < ends:
        is_quiet, end_day = begins <= clock_time < ends, day
    else:  # over midnight
        is_quiet = clock_time >= begins or clock_time < ends
        end_day = day + timedelta(days=1) if clock_time >= begins else day
    return datetime.combine(end_day, ends, moment.tzinfo) if is_quiet else None


def is_worked(day: date, calendar: Calendar) -> bool:
    try:
        return calendar.works_on(day)
    except CalendarRangeError:
        return day.weekday() < _SATURDAY


def waiting_for_digest(before: datetime) -> QuerySet[Notice]:
    """Notices kept for a digest since before a moment."""
    return Notice.objects.filter(mail="digest", digest__isnull=True, created_at__lt=before)


def people_in(agency_ids: Iterable[int], today: date) -> dict[tuple[int, str], list[User]]:
    """Who holds which role in some agencies today, stand-ins of heads included. Two queries."""
    agencies = set(agency_ids)
    held = Membership.objects.filter(in_force(today), agency__in=agencies, user__is_active=True)
    found: dict[tuple[int, str], list[User]] = {}
    for row in held.select_related("user").order_by("pk"):
        found.setdefault((row.agency_id, row.role), []).append(row.user)
    away = Delegation.objects.filter(
        agency__in=agencies, starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
    )
    for delegation in away.filter(Q(receiver__is_active=True)).select_related("receiver").order_by("pk"):
        found.setdefault((delegation.agency_id, "head"), []).append(delegation.receiver)
    return found
