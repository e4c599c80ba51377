"""What was produced for a task and can be read by everybody: stories, publications, what the press wrote.

Staff's evidence is never shown: its titles, links and files are written for the administration. A source
brings only what is public by itself. One line adds one: `register_results("films", _("Films"), rows, make)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.campaigns.models import Clipping
from loa.campaigns.queries import public_clippings_for
from loa.core import clock
from loa.plans.models import Task
from loa.portal.models import Publication, StoryWork
from loa.portal.models.pages import Story
from loa.portal.queries.publications import public_publications


@dataclass(frozen=True, slots=True)
class Result:
    task_id: int
    kind: str
    title: str
    url: str  # "" where there is nothing to open
    on: date | None

    @property
    def label(self) -> str:
        """Which kind it is, in words."""
        return result_label(self.kind)


@dataclass(frozen=True, slots=True)
class ResultSource:
    """`rows` gives, for a queryset of tasks, one queryset of records; `make` one result of each."""

    name: str
    label: Any  # lazy
    rows: Callable[[QuerySet[Task]], QuerySet[Any]]
    make: Callable[[Any], Result]


_sources: dict[str, ResultSource] = {}


def register_results(
    name: str,
    label: Any,
    rows: Callable[[QuerySet[Task]], QuerySet[Any]],
    make: Callable[[Any], Result],
) -> None:
    """Add a source of public results; called once from an app's `ready`."""
    _sources[name] = ResultSource(name, label, rows, make)


def result_sources() -> list[ResultSource]:
    return list(_sources.values())


def results_of(tasks: QuerySet[Task]) -> Iterator[Result]:
    """Newest first inside each source; as many queries as there are sources, whatever the rows."""
    return chain.from_iterable(
        map(source.make, source.rows(tasks).iterator(chunk_size=500)) for source in _sources.values()
    )


def result_label(kind: str) -> str:
    return str(_sources[kind].label) if kind in _sources else kind


def _story_rows(tasks: QuerySet[Task]) -> QuerySet[StoryWork]:
    live = Story.objects.live().public()
    works = StoryWork.objects.filter(assignment__task__in=tasks, story__in=live)
    return works.select_related("story", "assignment").order_by("-story__first_published_at", "pk")


def _story_result(work: StoryWork) -> Result:
    published = work.story.first_published_at
    return Result(
        task_id=work.assignment.task_id if work.assignment else 0,
        kind="stories",
        title=work.story.title,
        url=work.story.get_url() or "",
        on=clock.day_of(published) if published else None,
    )


register_results("stories", _("Stories"), _story_rows, _story_result)


def _publication_rows(tasks: QuerySet[Task]) -> QuerySet[Publication]:
    rows = public_publications().filter(assignment__task__in=tasks)
    return rows.select_related("assignment").order_by("-released_on", "-pk")


def _publication_result(publication: Publication) -> Result:
    return Result(
        task_id=publication.assignment.task_id if publication.assignment else 0,
        kind="publications",
        title=publication.title,
        url=reverse("portal:publication_detail", args=[publication.pk]),
        on=publication.released_on,
    )


def _clipping_result(clipping: Clipping) -> Result:
    """As a press body has it on its own site: title, source and day."""
    return Result(
        task_id=clipping.assignment.task_id if clipping.assignment else 0,
        kind="clippings",
        title=f"{clipping.title} ({clipping.press_body})",
        url=clipping.link,
        on=clipping.on,
    )


register_results("publications", _("Publications"), _publication_rows, _publication_result)
register_results("clippings", _("In the press"), public_clippings_for, _clipping_result)
