"""A case that turns out to be a denunciation: what it says and who says it move under seal, the case is blanked.

What hangs on a case is dropped with it unless it is named in KEPT: an app or a table that is added later loses
its rows here by itself.
"""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from loa.channels.actions import blank_notices, forget_letters
from loa.core import clock
from loa.core.sealing import fingerprint, open_sealed
from loa.core.uploads import RECORDINGS, TYPES, Upload
from loa.directory.models import User
from loa.feedback import notices
from loa.feedback.actions.denunciations import (
    acceptance_due,
    desk_for_denunciations,
    keep_denunciation_file,
    whole_text,
)
from loa.feedback.actions.intake import Words, start_clocks
from loa.feedback.actions.learning import unlearn_case
from loa.feedback.actions.limits import stop_all
from loa.feedback.models import Case, CaseClock, CaseFile, Denunciation
from loa.feedback.states import CASE

KEPT = {"clocks"}  # of a case's relations; they hold days and rules, no words once blanked
_ENDINGS = {kind: ending for ending, kind in {**TYPES, **RECORDINGS}.items()}
_BLANK: dict[str, Any] = {
    "title": "",
    "content": "",
    "kind": "",
    "kind_wished": "",
    "commune": None,
    "place": "",
    "latitude": None,
    "longitude": None,
    "about": None,
    "procedure": None,
    "subject": None,
    "agency": None,
    "officer": None,
    "entered_by": None,
    "entered_for": None,
    "answer": "",
    "drafted_by": None,
    "ground": "",
    "waiting_since": None,
    "search_text": "",
}


@transaction.atomic
def isolate_case(case: Case, *, by: User | None = None, actor: str = "") -> Denunciation:
    """Keep a case apart as a denunciation: by the intake, or by its asker (`by=None, actor="citizen"`).

    The asker's code and secret go on and open the denunciation (`queries.denunciation_opened_by`). Cases that were
    answered together with it stand on their own again. Raises FlowError where no officer is named. Nothing of it
    is recorded but the step itself, and that is shown to nobody.
    """
    desk = desk_for_denunciations()
    code, secret, received_at = case.code, case.secret, case.received_at
    moved = _words(case)
    CASE.take(case, "isolate", by=by, actor=actor, ended_at=clock.now())
    row = Denunciation.objects.create(
        code=code,
        secret=secret,
        key=fingerprint(f"case:{case.pk}", use="denunciation-key"),
        intake=desk.agency,
        officer=desk.denunciation_officer,
        content=moved,
        received_at=received_at,
        due_on=acceptance_due(clock.today()),
        **_identity(case),
    )
    _move_files(case, row)
    _part(case, by=by, actor=actor)
    _blank(case)
    notices.tell_letter_waits(row, "came")
    return row


def _words(case: Case) -> str:
    """The case and what was asked and replied since, as one text."""
    text = whole_text(
        Words(
            content=case.content,
            title=case.title,
            commune=case.commune,
            place=case.place,
            latitude=case.latitude,
            longitude=case.longitude,
            about=case.about,
            procedure=case.procedure,
        )
    )
    asked = [
        f"{row.question}\n→ {row.reply}" for row in case.information_requests.exclude(reply="").order_by("pk")
    ]
    return "\n\n".join([text, *asked])


def _identity(case: Case) -> dict[str, str]:
    asker = getattr(case, "asker", None)
    if asker is None:
        return {}
    return {"name": asker.name, "phone": asker.phone, "email": asker.email, "address": asker.address}


def _move_files(case: Case, row: Denunciation) -> None:
    """Each file is sealed anew in the other folder; the old one goes after the commit, unless another case has it."""
    for file in case.files.all():
        content = open_sealed(file.path)
        upload = Upload(name=file.name, kind=_ENDINGS.get(file.type, "pdf"), content=content)
        keep_denunciation_file(row, upload)
        if not CaseFile.objects.filter(path=file.path).exclude(case=case).exists():
            transaction.on_commit(lambda path=file.path: default_storage.delete(path))


def _part(case: Case, *, by: User | None, actor: str) -> None:
    for other in case.merged.all():
        CASE.take(other, "part", by=by, actor=actor, merged_into=None, ended_at=None)
        start_clocks(other)


def _blank(case: Case) -> None:
    unlearn_case(case)
    stop_all(case, on=clock.today(), is_void=True)
    CaseClock.objects.filter(case=case).update(extended_why="")
    for relation in case._meta.related_objects:  # noqa: SLF001  Django's documented list of what points here
        if relation.get_accessor_name() not in KEPT:
            relation.related_model._default_manager.filter(**{relation.field.name: case}).delete()  # noqa: SLF001
    blank_notices(
        keys_begin=f"case:{case.pk}:",
        url=case.get_absolute_url(),
        subject=lambda: _("A case that is no longer here"),
    )
    forget_letters(keys_begin=f"case:{case.pk}:")
    secret = fingerprint(case.secret, use="isolated-case")  # opens nothing any more
    Case.objects.filter(pk=case.pk).update(secret=secret, **_BLANK)
    for name, value in {"secret": secret, **_BLANK}.items():
        setattr(case, name, value)
