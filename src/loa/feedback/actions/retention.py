"""How long it is known who asked: erased on request, or when the time for keeping it is over.

What law requires to keep stays: that a case came in, what was decided on it and when, and that a consent was given
(purpose, words, time), without whose it was.
"""

from __future__ import annotations

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from loa.channels.actions import forget_letters
from loa.core import clock, history
from loa.feedback.models import Asker, Case, CaseFile, Publication, Rating


@transaction.atomic
def erase_identity(case: Case) -> None:
    """Who asked is forgotten: the asker, the letters' addresses, what was allowed; consents stay as evidence."""
    Asker.objects.filter(case=case).delete()
    case.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    case.data_requests.update(wanted="", words="")
    Publication.objects.filter(case=case).update(asker_name="")
    forget_letters(keys_begin=f"case:{case.pk}:")


@transaction.atomic
def erase_content(case: Case) -> None:
    """What the asker wrote and sent is forgotten too; the agency's own words and acts stay."""
    gone = _("Erased at the sender's request.")
    case.title, case.content, case.place = gone, gone, ""
    case.latitude = case.longitude = None
    case.fill_search()
    Case.objects.filter(pk=case.pk).update(
        title=case.title, content=gone, place="", latitude=None, longitude=None, search_text=case.search_text
    )
    case.information_requests.exclude(reply="").update(reply=gone)
    case.reopenings.update(reason=gone)
    Rating.objects.filter(case=case).update(words="", public_words="")
    erase_files(case)


@transaction.atomic
def erase_files(case: Case) -> None:
    """What came with a case and is not shown to the public. A content that another case holds too stays there."""
    rows = case.files.filter(is_public=False, is_of_answer=False)
    paths = list(rows.values_list("path", flat=True))
    rows.delete()
    for path in paths:
        if not CaseFile.objects.filter(path=path).exists():
            transaction.on_commit(partial(default_storage.delete, path))


@transaction.atomic
def purge_case(case: Case, *, legal_basis: str) -> int:
    """Forget who asked, when the time for keeping it is over. Returns 1, or 0 where it was done before."""
    if Case.objects.filter(pk=case.pk, purged_at__isnull=True).update(purged_at=clock.now()) != 1:
        return 0
    erase_identity(case)
    erase_files(case)
    history.record(case, "case.purge", by=None, actor="clock", data={"legal_basis": legal_basis})
    return 1
