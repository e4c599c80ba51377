"""Who sees the press work of an agency; how far an agreement is; what was published, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from loa.campaigns.links import host_of
from loa.campaigns.models import Candidate, Clipping, Feed, PressAgreement, PressBody, Promise
from loa.directory.models import Agency, Succession
from loa.directory.queries import itself_and_predecessors
from loa.plans.models import Assignment, CommunicationForm, DutyAssignment, Plan, Task, Topic
from loa.plans.queries import plans_visible_to
from loa.plans.queries.plan import overseen_by

# everybody who works for an agency, those who write included; an administrator keeps the feeds alone
READERS = ("officer", "focal_point", "head", "clerk", "leader", "editor", "approver", "contributor")
FEEDERS = ("editor", "focal_point", "head", "officer", "administrator")


def press_agency(user: Any) -> Agency | None:
    """The agency whose press work this person reads under the hat that is worn."""
    hat = getattr(user, "hat", None)
    return hat.agency if hat and hat.holds(*READERS) else None


def press_bodies_visible_to(user: Any) -> QuerySet[PressBody]:
    """One register for all: who publishes is no secret of an agency."""
    hat = getattr(user, "hat", None)
    return PressBody.objects.select_related("agency") if hat else PressBody.objects.none()


def press_body_of_link(link: str) -> PressBody | None:
    """Whose a link is, by its host."""
    host = host_of(link)
    return PressBody.objects.filter(host=host, is_active=True).first() if host else None


def agreements_visible_to(user: Any) -> QuerySet[PressAgreement]:
    """Those of one's own agency: what it pays is nobody else's business."""
    agency = press_agency(user)
    if agency is None:
        return PressAgreement.objects.none()
    rows = PressAgreement.objects.filter(agency__in=itself_and_predecessors(agency))
    return rows.select_related("agency", "press_body")


def with_counts(agreements: QuerySet[PressAgreement]) -> QuerySet[PressAgreement]:
    """Each with `promised_count` and `published_count`."""
    promised = Promise.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    left_by = Succession.objects.filter(successor=OuterRef(OuterRef("agency")), is_default=True)
    published = Clipping.objects.filter(
        Q(agency=OuterRef("agency")) | Q(agency__in=left_by.values("predecessor")),
        state="recorded",
        press_body=OuterRef("press_body"),
        on__gte=OuterRef("starts_on"),
        on__lte=OuterRef("ends_on"),
    )
    counted = published.order_by().values("press_body").annotate(n=Count("pk")).values("n")
    return agreements.annotate(
        promised_count=Coalesce(
            Subquery(promised.annotate(n=Sum("count")).values("n"), output_field=IntegerField()), 0
        ),
        published_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    )


def published_under(agreement: PressAgreement) -> QuerySet[Clipping]:
    """What the press body published for the agency from the agreement's first to its last day.

    Before a reorganisation that was for the body that the agency carries on.
    """
    left_by = Succession.objects.filter(successor=agreement.agency_id, is_default=True)
    return Clipping.objects.filter(
        Q(agency=agreement.agency_id) | Q(agency__in=left_by.values("predecessor")),
        state="recorded",
        press_body=agreement.press_body_id,
        on__gte=agreement.starts_on,
        on__lte=agreement.ends_on,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise and how much of it is published."""

    promise: Promise
    published: int

    @property
    def missing(self) -> int:
        return max(self.promise.count - self.published, 0)


def promises_kept(agreement: PressAgreement) -> list[Kept]:
    """Two queries. An item counts for every promise that it fits."""
    items = list(published_under(agreement).values_list("column_key", "topic_id"))
    return [
        Kept(promise, sum(_fits(promise, column, topic) for column, topic in items))
        for promise in agreement.promises.select_related("topic")
    ]


def _fits(promise: Promise, column: str, topic: int | None) -> bool:
    return (not promise.column_key or promise.column_key == column) and (
        promise.topic_id is None or promise.topic_id == topic
    )


def agreements_ending(day: date) -> list[PressAgreement]:
    """Running ones whose reminder is due and that nobody was reminded of."""
    rows = PressAgreement.objects.filter(state="running", reminded_on__isnull=True, ends_on__gte=day)
    near = rows.select_related("agency", "press_body")
    return [row for row in with_counts(near) if row.ends_on - timedelta(days=row.remind_days) <= day]


def clippings_visible_to(user: Any) -> QuerySet[Clipping]:
    """The agency's own log, what counts as its own work, and for who oversees a plan all of the plan's."""
    agency = press_agency(user)
    if agency is None:
        return Clipping.objects.none()
    own = itself_and_predecessors(agency)
    return Clipping.objects.filter(
        Q(agency__in=own)
        | Q(assignment__agency__in=own)
        | Q(duty_assignment__agency__in=own)
        | overseen_by(agency, "plan__")
    )


def public_clippings() -> QuerySet[Clipping]:
    """What everybody may read: marked public, with an address to read it at. Title, source and day only."""
    rows = _readable_clippings()
    earlier = rows.filter(key=OuterRef("key")).order_by("pk").values("pk")[:1]
    return rows.filter(pk=Subquery(earlier)).select_related("press_body").order_by("-on", "-pk")


def public_clippings_for(tasks: QuerySet[Task]) -> QuerySet[Clipping]:
    """Of these what is published for tasks; what several logs hold is one result of a task."""
    rows = _readable_clippings()
    same = rows.filter(key=OuterRef("key"), assignment__task=OuterRef("assignment__task"))
    first = Subquery(same.order_by("pk").values("pk")[:1])
    found = rows.filter(assignment__task__in=tasks, pk=first)
    return found.select_related("press_body", "assignment").order_by("-on", "-pk")


def _readable_clippings() -> QuerySet[Clipping]:
    return Clipping.objects.filter(state="recorded", is_public=True).exclude(link="")


def clippings_in(plan: Plan, start: date, end: date) -> QuerySet[Clipping]:
    """Of a plan in a period, for briefings and reports; what two logs hold counts once."""
    rows = Clipping.objects.filter(state="recorded", plan=plan, on__gte=start, on__lte=end)
    earlier = rows.filter(key=OuterRef("key")).order_by("pk").values("pk")[:1]
    return rows.filter(pk=Subquery(earlier)).select_related("press_body", "topic").order_by("on", "pk")


def known_clipping(agency: Agency, key: str, *, but: int | None = None) -> Clipping | None:
    """The one the agency's log holds already."""
    return Clipping.objects.filter(agency=agency, key=key, state="recorded").exclude(pk=but).first()


def columns_of(user: Any) -> list[str]:
    """Columns the agency's log knows, to choose from while typing."""
    agency = press_agency(user)
    rows = Clipping.objects.filter(agency=agency, state="recorded").exclude(column="")
    return sorted(rows.order_by().values_list("column", flat=True).distinct()[:100]) if agency else []


def feeds_visible_to(user: Any) -> QuerySet[Feed]:
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*FEEDERS):
        return Feed.objects.none()
    return Feed.objects.filter(agency=hat.agency).select_related("press_body", "agency")


def candidates_visible_to(user: Any) -> QuerySet[Candidate]:
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*FEEDERS):
        return Candidate.objects.none()
    return Candidate.objects.filter(agency=hat.agency).select_related("feed__press_body")


def plans_to_publish_for(user: Any) -> QuerySet[Plan]:
    """Plans that run and that this person sees: their topics and forms can be named."""
    return plans_visible_to(user).filter(state="issued").order_by("-year", "pk")


def topics_to_choose(user: Any) -> QuerySet[Topic]:
    return Topic.objects.filter(plan__in=plans_to_publish_for(user)).select_related("plan")


def forms_to_choose(user: Any) -> QuerySet[CommunicationForm]:
    return CommunicationForm.objects.filter(plan__in=plans_to_publish_for(user)).select_related("plan")


def works_to_publish_for(user: Any) -> list[Assignment | DutyAssignment]:
    """What a clipping may count for: one's own work; for a coordinator the work of the press bodies too."""
    agency = press_agency(user)
    if agency is None:
        return []
    is_press = Q(agency__kind=Agency.Kind.PRESS) | Q(agency__press_body__isnull=False)
    ours = Q(agency=agency) | (Q(plan__coordinator=agency) & is_press)
    assignments = Assignment.objects.filter(ours, plan__state="issued").exclude(
        state__in=("ended", "passed_on")
    )
    duties = DutyAssignment.objects.filter(ours, plan__state="issued", ended_on__isnull=True)
    return [
        *assignments.select_related("task", "plan", "agency").order_by("-plan__year", "task__position", "pk"),
        *duties.select_related("duty", "plan", "agency").order_by("-plan__year", "duty__position", "pk"),
    ]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the same rows by press body, by topic and by month; each adds up to `total`."""

    total: int
    by_body: list[tuple[str, int]]
    by_topic: list[tuple[str, int]]
    by_month: list[tuple[date, int]]


def statistics(clippings: QuerySet[Clipping]) -> Statistics:
    """Of the recorded ones. Three queries."""
    rows = clippings.filter(state="recorded").order_by()
    bodies = rows.values("press_body__name").annotate(n=Count("pk", distinct=True))
    topics = rows.values("topic__position", "topic__label", "topic__text", "topic__plan__number").annotate(
        n=Count("pk", distinct=True)
    )
    months = rows.values(year=F("on__year"), month=F("on__month")).annotate(n=Count("pk", distinct=True))
    by_month = sorted((date(row["year"], row["month"], 1), row["n"]) for row in months)
    return Statistics(
        total=sum(count for _month, count in by_month),
        by_body=sorted(
            ((row["press_body__name"], row["n"]) for row in bodies), key=lambda pair: (-pair[1], pair[0])
        ),
        by_topic=[
            (_topic_words(row), row["n"])
            for row in sorted(
                topics, key=lambda row: (row["topic__position"] is None, row["topic__position"] or 0)
            )
        ],
        by_month=by_month,
    )


def _topic_words(row: dict[str, Any]) -> str:
    label = (row["topic__label"] or "").rstrip(")")
    return f"{label}) {row['topic__text']}" if row["topic__text"] else ""
