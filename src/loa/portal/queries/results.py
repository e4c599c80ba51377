"""What was produced for a task and can be read by everybody: stories, and what further sources give.

Staff's evidence is never shown: its titles, links and files are written for the administration. A source
brings only what is public by itself. One line adds one: `register_results("clippings", _("In the press"), rows)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.plans.models import Task
from loa.portal.models import StoryWork
from loa.portal.models.pages import Story


@dataclass(frozen=True, slots=True)
class Result:
    task_id: int
    kind: str
    title: str
    url: str  # "" where there is nothing to open
    on: date | None


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
        on=timezone.localtime(published).date() if published else None,
    )


register_results("stories", _("Stories"), _story_rows, _story_result)
