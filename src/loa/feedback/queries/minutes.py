"""The words of a session for its minutes: counts, each question with its answer and for whom it was given, promises."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loa.core.text import format_date
from loa.events.models import Event
from loa.feedback.queries.dialogue import public_promises, tally, transcript


def minutes_text(event: Event) -> str:
    """Plain paragraphs in the language that is set. A number before each question."""
    counts = tally(event)
    parts = [
        _("%(asked)d questions were asked; %(answered)d were answered in the session.")
        % {"asked": counts.asked, "answered": counts.answered}
    ]
    if counts.grouped:
        parts.append(_("%(n)d were answered together with another question.") % {"n": counts.grouped})
    if counts.running_on:
        parts.append(
            _("%(n)d questions are answered in writing after the session, within the time the law gives.")
            % {"n": counts.running_on}
        )
    for number, question in enumerate(transcript(event), start=1):
        parts.append(_("Question %(n)d: %(text)s") % {"n": number, "text": question.public_text})
        parts.append(
            _("%(agency)s answered: %(text)s")
            % {"agency": question.case.agency, "text": question.case.answer}
        )
    parts += [
        _("%(agency)s promised, by %(day)s: %(words)s")
        % {
            "agency": promise.agency,
            "day": format_date(promise.due_on),
            "words": f"{promise.words.rstrip(' .;')}.",
        }
        for promise in public_promises(event)
    ]
    return "\n\n".join(parts)
