"""What askers said of an answer, let through to everybody or kept back. What it says never goes into the history."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.feedback.actions.publishing import KINDS
from loa.feedback.masking import find_personal, plain
from loa.feedback.models import Rating
from loa.feedback.queries import asker_matcher, words_are_allowed
from loa.feedback.states import RATING


@transaction.atomic
def show_words(rating: Rating, *, public_words: str, note: str = "", by: User) -> None:
    """Beside the public answer, as a moderator has them. Raises FlowError where the asker has not allowed it, or while
    they hold what the asker gave as their own.
    """
    words = plain(public_words).strip()
    if not words:
        raise FlowError(_("There are no words to show."))
    if not words_are_allowed(rating):
        raise FlowError(_("The sender has not allowed the words to be shown."))
    is_askers = asker_matcher(rating.case)
    left = {span.kind for span in find_personal(words, is_askers=is_askers) if span.is_askers}
    if left:
        what = ", ".join(str(KINDS.get(kind, kind)) for kind in sorted(left))
        raise FlowError(
            _("The text still contains personal details of the sender: %(what)s.") % {"what": what}
        )
    RATING.take(rating, "show", by=by, note=note, public_words=words)


@transaction.atomic
def hide_words(rating: Rating, *, note: str, by: User) -> None:
    """Kept back, or taken away again, with a reason that the asker reads."""
    RATING.take(rating, "hide", by=by, note=note, public_words="")
