"""What readers answer to "is this clear?", and what the body in charge does with their words."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.procedures.models import ClarityAnswer, ProcedureVersion
from loa.procedures.states import PUBLIC_STATES


def new_token() -> str:
    """Drawn by lot: it says nothing of who carries it."""
    return secrets.token_urlsafe(24)


@transaction.atomic
def say_if_clear(version: ProcedureVersion, *, is_clear: bool, words: str, token: str) -> ClarityAnswer:
    """One answer for each browser and version: answering again changes it."""
    if version.state not in PUBLIC_STATES:
        raise FlowError(_("This version is not published."))
    answer, _is_new = ClarityAnswer.objects.update_or_create(
        version=version,
        token=token,
        defaults={
            "procedure": version.procedure,
            "is_clear": is_clear,
            "words": words[:500],
            "on": clock.today(),
        },
    )
    return answer


@transaction.atomic
def clear_words(answer: ClarityAnswer, *, by: User) -> None:
    """Take away words that name a person or insult; the answer itself still counts."""
    require(by, "procedures.manage_answers", answer.procedure)
    if ClarityAnswer.objects.filter(pk=answer.pk).exclude(words="").update(words="") == 1:
        history.record(answer.procedure, "procedure.clear_words", by=by, data={"answer": answer.pk})
        answer.words = ""
