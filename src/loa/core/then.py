"""What a state was before a moment: read back from the history, which is never changed.

Backwards from now: the first step taken at or after the moment says from which state it led; where none
was taken since, the present state is the one of then.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils import timezone

from loa.core.models import Entry
from loa.core.workflow import Flow


def end_of(day: date) -> datetime:
    """The first moment after a day of the city."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def last_day_before(moment: datetime) -> date:
    """The city's day that a moment ends or interrupts: midnight belongs to the day before."""
    local = moment.astimezone(timezone.get_default_timezone())
    return (local - timedelta(microseconds=1)).date()


def entries_since(model: type[Model], moment: datetime, *actions: str) -> QuerySet[Entry]:
    """Acts on the outer query's row at or after a moment, the first one first."""
    return _entries(model, *actions).filter(at__gte=moment).order_by("at", "pk")


def entries_before(model: type[Model], moment: datetime, *actions: str) -> QuerySet[Entry]:
    """Acts on the outer query's row before a moment, the last one first."""
    return _entries(model, *actions).filter(at__lt=moment).order_by("-at", "-pk")


def _entries(model: type[Model], *actions: str) -> QuerySet[Entry]:
    kind = ContentType.objects.get_for_model(model)
    return Entry.objects.filter(content_type=kind, object_id=OuterRef("pk"), action__in=actions)


def kept(entries: QuerySet[Entry], key: str) -> Subquery:
    """What the first of some entries keeps in its data, as text."""
    return Subquery(entries.annotate(kept=KeyTextTransform(key, "data")).values("kept")[:1])


def state_before(model: type[Model], flow: Flow, moment: datetime) -> Coalesce:
    """An expression for `annotate`: the state of each row before a moment."""
    steps = (f"{flow.noun}.{step.name}" for step in flow.steps)
    return Coalesce(
        kept(entries_since(model, moment, *steps), "from"), F(flow.state_field), output_field=CharField()
    )
