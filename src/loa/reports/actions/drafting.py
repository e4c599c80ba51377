"""The consolidated text, drafted from what agencies wrote: at once, or for many agencies as a job."""

from __future__ import annotations

from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, progress
from loa.core.access import require
from loa.core.models import Job
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.reports.models import Consolidation, ReportRound, Sentence
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.narrative import DraftSentence, draft_narrative

DRAFT_AT_ONCE = 100  # reports; the text of a larger round is drafted by a job

_DRAFTED = ("section", "position", "heading", "text", "original", "report", "line", "figure", "other_reports")


def draft_consolidation(report_round: ReportRound, *, by: User) -> Consolidation:
    """Draft, or draft anew: what somebody edited, wrote, dropped or moved is kept.

    Also before everybody has reported. Raises FlowError once it is no longer being drafted.
    """
    require(by, "reports.manage_round", report_round)
    with transaction.atomic():
        consolidation = _begin(report_round)
        for section, drafts in _by_section(report_round):
            _renew_sentences(consolidation, section, drafts)
        _finish(consolidation, by)
    return consolidation


def draft_or_queue(report_round: ReportRound, *, by: User) -> Consolidation | Job:
    """What the page does: a small round at once, a large one as a job that can be left and come back to."""
    require(by, "reports.manage_round", report_round)
    if report_round.reports.count() <= DRAFT_AT_ONCE:
        return draft_consolidation(report_round, by=by)
    with transaction.atomic():
        consolidation = _begin(report_round)
        job = consolidation.drafting_job
        if job is None or job.ended_at is not None:
            title = _("Draft the consolidated report: %(round)s") % {"round": report_round.title}
            steps = len(report_round.leaves) + 1
            job = progress.start(title, "loa.reports.jobs.draft_round", report_round.pk, total=steps, by=by)
            consolidation.drafting_job = job
            consolidation.save(update_fields=["drafting_job"])
    return job


def draft_by_job(report_round: ReportRound, job: Job) -> None:
    """Section by section, each in a transaction of its own: killed and begun again, it ends the same."""
    if job.ended_at is not None or job.started_by is None:
        return
    progress.begin(job)
    try:
        consolidation = _begin(report_round)
        sections = _by_section(report_round)
        progress.advance(job)
        for section, drafts in sections:
            with transaction.atomic():
                _renew_sentences(_begin(report_round), section, drafts)
            progress.advance(job)
        with transaction.atomic():
            _finish(consolidation, job.started_by)
            progress.finish(job, result_url=consolidation.get_absolute_url())
    except FlowError as refused:  # somebody handed it over meanwhile
        progress.fail(job, str(refused))


def _begin(report_round: ReportRound) -> Consolidation:
    """The round's consolidation, made where there is none; refused once it is no longer being drafted."""
    with transaction.atomic():
        consolidation, _is_new = Consolidation.objects.select_for_update().get_or_create(
            round=report_round, defaults={"drafted_at": clock.now()}
        )
    if consolidation.state != "drafting":
        raise FlowError(_("Only a report that is being drafted can be drafted anew."))
    return consolidation


def _finish(consolidation: Consolidation, by: User) -> None:
    consolidation.version += 1
    consolidation.drafted_at = clock.now()
    consolidation.save(update_fields=["version", "drafted_at"])
    action = "consolidation.draft" if consolidation.version == 1 else "consolidation.redraft"
    history.record(consolidation, action, by=by)


def _by_section(report_round: ReportRound) -> list[tuple[str, list[DraftSentence]]]:
    """Every section of the outline with its drafts, also one without any."""
    drafts = draft_narrative(gather_facts(report_round))
    found = {key: list(rows) for key, rows in groupby(drafts, key=lambda draft: draft.section)}
    return [(leaf["key"], found.get(leaf["key"], [])) for leaf in report_round.leaves]


def _renew_sentences(consolidation: Consolidation, section: str, drafts: list[DraftSentence]) -> None:
    """Sentences nobody touched follow their sources; the others only learn what their source says now."""
    rows = list(consolidation.sentences.filter(section=section).order_by("position", "pk"))
    was = {row.pk: _fields(row) for row in rows}
    kept = {row.origin: row for row in rows if row.origin}
    origins = {draft.origin for draft in drafts}
    gone = [row for row in rows if row.origin and row.origin not in origins and not row.is_edited]
    order = [row for row in rows if row not in gone]
    before: Sentence | None = None
    for draft in drafts:
        row = kept.get(draft.origin)
        if row is None:
            row = Sentence(consolidation=consolidation, origin=draft.origin)
            _insert_after(order, before, row)
        _follow(row, draft)
        before = row
    for index, row in enumerate(order, start=1):
        row.position = index * 10
    new = [row for row in order if not row.pk]
    old = [row for row in order if row.pk and _fields(row) != was[row.pk]]
    Sentence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Sentence.objects.bulk_create(new)
    Sentence.objects.bulk_update(old, _DRAFTED, batch_size=100)


def _fields(row: Sentence) -> list[object]:
    """What a redraft may change; most sentences stay as they are and are not written again."""
    names = ("report_id" if name == "report" else "line_id" if name == "line" else name for name in _DRAFTED)
    return [getattr(row, name) for name in names]


def _insert_after(order: list[Sentence], before: Sentence | None, row: Sentence) -> None:
    """A new sentence stands where its draft stands, whatever people have moved meanwhile."""
    at = next((index + 1 for index, other in enumerate(order) if other is before), 0)
    order.insert(at, row)


def _follow(row: Sentence, draft: DraftSentence) -> None:
    row.section, row.heading, row.figure = draft.section, draft.heading, draft.figure
    row.report_id, row.line_id, row.original = draft.report, draft.line, draft.text
    row.other_reports = list(draft.other_reports)
    if not row.is_edited:
        row.text = draft.text
