"""The only caller of now. `LOA_TODAY` replaces the date for demos while the time of day runs.

Sessions, tokens, one-time codes and job leases use real time: they must not ask here.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_override: list[date] = []


def set_today(day: date | None) -> None:
    """Play another day, as the sample year does; `None` ends it."""
    _override[:] = [day] if day else []


def is_fixed() -> bool:
    return bool(_override or settings.TODAY)


def today() -> date:
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The city's day of an aware moment: before seven in the morning not that of UTC."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def now() -> datetime:
    """An aware moment in UTC."""
    real = timezone.now()
    fixed = _override[0] if _override else (date.fromisoformat(settings.TODAY) if settings.TODAY else None)
    if fixed is None:
        return real
    return real + timedelta(days=(fixed - day_of(real)).days)
