"""Published answers as results of a plan's work, where its coordinator says so."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.feedback.models import CountedWork, Publication, Subject
from loa.feedback.queries.counted import answers_counted_for, works_counting
from loa.plans.actions import record_deliverable, withdraw_deliverable
from loa.plans.models import Assignment, Deliverable, DutyAssignment


@transaction.atomic
def count_for(
    work: Assignment | DutyAssignment,
    *,
    agency: Agency | None = None,
    subject: Subject | None = None,
    unit: str = "",
    by: User,
) -> CountedWork:
    """Answers count for this work: those published since its plan was issued, and each new one."""
    require(by, "feedback.count_answers", work)
    place = {"assignment" if isinstance(work, Assignment) else "duty_assignment": work}
    key = f"{_noun(work)}:{work.pk}:{agency.pk if agency else ''}:{subject.pk if subject else ''}"
    facts = {"agency": agency, "subject": subject, "unit": unit, "by": by}
    starts_on = work.plan.issued_on or clock.today()
    row, is_new = CountedWork.objects.get_or_create(
        key=key, defaults={**place, **facts, "starts_on": starts_on}
    )
    if is_new:
        history.record(work, f"{_noun(work)}.count_answers", by=by, note=_what(row))
        for publication in answers_counted_for(row):
            _record(publication, row, by=by)
    return row


@transaction.atomic
def stop_counting(row: CountedWork, *, by: User) -> None:
    """Answers no longer count for this work; what they counted for is taken back unless another line counts them."""
    work = row.work
    require(by, "feedback.count_answers", work)
    history.record(work, f"{_noun(work)}.stop_counting_answers", by=by, note=_what(row))
    rows = list(answers_counted_for(row))
    row.delete()
    for publication in rows:
        if not any(other.work == work for other in works_counting(publication)):
            _take_back(_source(publication, work), note=_("Answers no longer count for it."))


def count_answer(publication: Publication, *, by: User) -> None:
    """Record a published answer for every work it counts for; a closed plan takes nothing more."""
    for row in works_counting(publication):
        _record(publication, row, by=by)


def uncount_answer(publication: Publication, *, note: str) -> None:
    rows = Deliverable.objects.filter(source__startswith=f"case:{publication.case_id}:")
    for source in rows.filter(withdrawn_at__isnull=True).values_list("source", flat=True):
        withdraw_deliverable(source, note=note, by=None)


def _record(publication: Publication, row: CountedWork, *, by: User) -> None:
    work = row.work
    try:
        with transaction.atomic():
            record_deliverable(
                work,
                agency=work.agency,
                kind="answer",
                title=publication.title,
                on=clock.day_of(publication.published_at),
                source=_source(publication, work),
                unit=row.unit,
                by=by,
                link=f"{settings.BASE_URL}{publication.get_absolute_url()}",
            )
    except FlowError:  # the plan is closed or the task was ended: what it counted stays as it was
        return


def _take_back(source: str, *, note: str) -> None:
    if Deliverable.objects.filter(source=source, withdrawn_at__isnull=True).exists():
        withdraw_deliverable(source, note=note, by=None)


def _source(publication: Publication, work: Assignment | DutyAssignment) -> str:
    return f"case:{publication.case_id}:{_noun(work)}:{work.pk}"


def _noun(work: Assignment | DutyAssignment) -> str:
    return "assignment" if isinstance(work, Assignment) else "duty_assignment"


def _what(row: CountedWork) -> str:
    return " · ".join(str(part) for part in (row.agency, row.subject, row.unit) if part)
