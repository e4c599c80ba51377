"""What helps to write an answer: words kept for answers given often, and files that go with the answer."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import history
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback.actions.intake import keep_file
from loa.feedback.models import AnswerTemplate, Case, CaseFile


@transaction.atomic
def attach_to_answer(case: Case, upload: Upload, *, by: User) -> CaseFile:
    """Keep a file that is sent with the answer; the same file twice is one."""
    require(by, "feedback.write_answer", case)
    _require_draft(case)
    row = keep_file(case, upload, by=by, is_of_answer=True)
    history.record(case, "case.attach", by=by, data={"file": row.name})
    return row


@transaction.atomic
def detach_from_answer(file: CaseFile, *, by: User) -> None:
    """Take a file out of an answer that nobody has read yet. Its content stays for whatever else holds it."""
    require(by, "feedback.write_answer", file.case)
    if not file.is_of_answer:
        raise FlowError(_("What the sender attached stays with the case."))
    _require_draft(file.case)
    history.record(file.case, "case.detach", by=by, data={"file": file.name})
    file.delete()


def _require_draft(case: Case) -> None:
    if case.state != "answering":
        raise FlowError(_("The answer is not being written now."))


def save_template(template: AnswerTemplate, *, by: User, **changes: Any) -> AnswerTemplate:
    """Keep words for answers that the agency gives often, or change them."""
    if template.pk is None:
        template.agency, template.by = by.hat.agency, by  # type: ignore[union-attr]  the rule asks for a hat
    require(by, "feedback.keep_templates", template)
    for key, value in changes.items():
        setattr(template, key, value)
    action = "answer_template.edit" if template.pk else "answer_template.add"
    try:
        with transaction.atomic():
            template.save()
            history.record(template, action, by=by)
    except IntegrityError as error:
        raise FlowError(_("Your agency already has a template with this title.")) from error
    return template


@transaction.atomic
def remove_template(template: AnswerTemplate, *, by: User) -> None:
    """Answers that were written with it stay as they are."""
    require(by, "feedback.keep_templates", template)
    history.record(template, "answer_template.remove", by=by, note=template.title)
    template.delete()
