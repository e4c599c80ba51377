"""What the intake makes public, changes there, takes back, or keeps private."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback import notices
from loa.feedback.actions.counting import count_answer, uncount_answer
from loa.feedback.actions.identity import read_identity
from loa.feedback.actions.limits import stop_clock
from loa.feedback.masking import find_personal, plain
from loa.feedback.models import Case, CaseFile, KeptPrivate, Publication
from loa.feedback.queries.own_words import asker_matcher
from loa.feedback.queries.register import is_answered_anew
from loa.feedback.states import ANSWERED_STATES, CASE

KINDS = {
    "name": gettext_lazy("name"),
    "phone": gettext_lazy("phone number"),
    "email": gettext_lazy("mail address"),
    "address": gettext_lazy("address"),
}


@transaction.atomic
def publish_case(
    case: Case,
    *,
    title: str,
    question: str,
    answer: str,
    shows_name: bool = False,
    files: Iterable[CaseFile] = (),
    by: User,
) -> Publication:
    """Put a case into the public register, as texts an officer has looked through; its clock stops.

    Raises FlowError where the texts still hold what the asker gave, or the name is to be shown without consent.
    """
    texts = checked_texts(case, title=title, question=question, answer=answer, shows_name=shows_name)
    row = Publication.objects.filter(case=case).first() or Publication(case=case)
    if row.pk and row.is_public and not is_answered_anew(row):
        raise FlowError(_("The case is already public."))
    CASE.take(case, "publish", by=by)
    if case.agency is None:
        raise FlowError(_("No agency has answered this case."))
    row.agency, row.published_at, row.by = case.agency, clock.now(), by
    row.answered_at = case.answered_at
    row.withdrawn_at, row.changed_at = None, None
    _write(row, texts, shows_name=shows_name, files=files, by=by)
    KeptPrivate.objects.filter(case=case, ended_on__isnull=True).update(ended_on=clock.today())
    stop_clock(case, "publication", on=clock.today())
    history.record(row, "public_answer.publish", by=by, data={"shows_name": bool(row.asker_name)})
    count_answer(row, by=by)
    notices.tell_published(case)
    return row


@transaction.atomic
def edit_publication(
    publication: Publication,
    *,
    title: str,
    question: str,
    answer: str,
    shows_name: bool = False,
    files: Iterable[CaseFile] = (),
    note: str = "",
    by: User,
) -> Publication:
    """Change what the public reads. History says what was changed and why, never what stood there before."""
    case = publication.case
    require(by, "feedback.publish", case)
    if not publication.is_public:
        raise FlowError(_("It is no longer public: publish the case again."))
    texts = checked_texts(case, title=title, question=question, answer=answer, shows_name=shows_name)
    files = list(files)
    changed = [name for name, value in texts.items() if getattr(publication, name) != value]
    if bool(publication.asker_name) != shows_name:
        changed.append("asker_name")
    if {file.pk for file in files} != set(case.files.filter(is_public=True).values_list("pk", flat=True)):
        changed.append("files")
    if changed:
        publication.changed_at = clock.now()
        _write(publication, texts, shows_name=shows_name, files=files, by=by)
        history.record(publication, "public_answer.edit", by=by, note=note, data={"changed": changed})
    return publication


@transaction.atomic
def withdraw_publication(publication: Publication, *, note: str, by: User) -> None:
    """Take a case out of the public register; what it counted for is taken back. Twice is once."""
    case = publication.case
    require(by, "feedback.publish", case)
    if not note.strip():
        raise FlowError(_("Say why you take it down."))
    rows = Publication.objects.filter(pk=publication.pk, withdrawn_at__isnull=True)
    if rows.update(withdrawn_at=clock.now()) != 1:
        return
    publication.refresh_from_db(fields=["withdrawn_at"])
    case.files.update(is_public=False)
    if case.state == "published":
        CASE.take(case, "unpublish", by=by, note=note)
    history.record(publication, "public_answer.withdraw", by=by, note=note)
    uncount_answer(publication, note=note)


@transaction.atomic
def keep_private(case: Case, *, ground: str, note: str, by: User) -> KeptPrivate:
    """Do not publish an answered case, on a ground: the publication is no longer owed."""
    require(by, "feedback.publish", case)
    if case.state not in ANSWERED_STATES:
        raise FlowError(_("The case is not answered yet."))
    if Publication.objects.filter(case=case, withdrawn_at__isnull=True).exists():
        raise FlowError(_("The case is public: take it down first."))
    if not note.strip():
        raise FlowError(_("Say why: a reason is required for “%(step)s”.") % {"step": _("Do not publish")})
    row, is_new = KeptPrivate.objects.get_or_create(
        case=case, defaults={"ground": ground, "note": note, "by": by, "on": clock.today()}
    )
    if is_new or row.ended_on:
        row.ground, row.note, row.by, row.on, row.ended_on = ground, note, by, clock.today(), None
        row.save()
        stop_clock(case, "publication", on=clock.today(), is_void=True)
        said = f"{row.get_ground_display()}. {note}"
        history.record(case, "case.keep_private", by=by, note=said, data={"ground": ground})
    return row


def checked_texts(case: Case, *, title: str, question: str, answer: str, shows_name: bool) -> dict[str, str]:
    """The texts as they are kept. Raises FlowError while they hold what the asker gave as their own."""
    if shows_name and not case.consents.filter(purpose="name", withdrawn_at__isnull=True).exists():
        raise FlowError(_("The sender has not allowed the name to be shown."))
    texts = {name: plain(text).strip() for name, text in _named(title, question, answer)}
    if not all(texts.values()):
        raise FlowError(_("A title, the question and the answer are needed."))
    is_askers = asker_matcher(case)
    left = {
        span.kind for text in texts.values() for span in find_personal(text, is_askers=is_askers)
        if span.is_askers and not (shows_name and span.kind == "name")
    }  # fmt: skip
    if left:
        what = ", ".join(str(KINDS.get(kind, kind)) for kind in sorted(left))
        raise FlowError(
            _("The text still contains personal details of the sender: %(what)s.") % {"what": what}
        )
    return texts


def _named(title: str, question: str, answer: str) -> Iterable[tuple[str, str]]:
    return (("title", title), ("question", question), ("answer", answer))


def _write(
    row: Publication, texts: dict[str, str], *, shows_name: bool, files: Iterable[CaseFile], by: User
) -> None:
    for name, value in texts.items():
        setattr(row, name, value)
    row.title = row.title[:200]
    if not shows_name:
        row.asker_name = ""
    elif not row.asker_name:
        asker = read_identity(row.case, purpose=_("To show the name with the published answer"), by=by)
        row.asker_name = asker.name if asker else ""
    row.save()
    chosen = [file.pk for file in files if file.case_id == row.case_id]
    row.case.files.exclude(pk__in=chosen).update(is_public=False)
    row.case.files.filter(pk__in=chosen).update(is_public=True)
