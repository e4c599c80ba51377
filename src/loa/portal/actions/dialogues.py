"""The transcript of a dialogue as a story: drafted from what was answered, published as every story is."""

from __future__ import annotations

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.access import require
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.events.models import Event
from loa.feedback.queries import public_promises, tally, transcript
from loa.portal.models import Column, Story
from loa.portal.queries.assignments import columns_of


@transaction.atomic
def draft_transcript(event: Event, *, column: Column, by: User) -> Story:
    """Begin the story of a session in a column of one's own. Begun twice it is the first draft.

    Raises FlowError where nothing was answered yet, or the column is not one's own.
    """
    require(by, "portal.see_desk")
    slug = f"toan-van-doi-thoai-{event.pk}"
    found = Story.objects.filter(slug=slug).first()
    if found is not None:
        return found
    if not columns_of(by).filter(pk=column.pk).exists():
        raise FlowError(_("The column belongs to another agency."))
    body = _paragraphs(event)
    if not body:
        raise FlowError(_("Nothing was answered in this session yet."))
    counts = tally(event)
    story = Story(
        title=(_("Transcript of the dialogue: %(title)s") % {"title": event.title})[:255],
        lead=_("%(answered)d of %(asked)d questions were answered in the session of %(day)s.")
        % {
            "answered": counts.answered,
            "asked": counts.asked,
            "day": format_date(clock.day_of(event.starts_at)),
        },
        slug=slug,
        live=False,
        owner=by,
        agency=event.agency,
        body=[{"type": "text", "value": body}],
    )
    column.add_child(instance=story)
    if event.topic is not None:  # the session itself counts for its work: the story would count it twice
        story.topics = [event.topic]
        story.save(clean=False)
    story.save_revision(user=by, clean=False)
    return story


def _paragraphs(event: Event) -> str:
    """Question, who answered for whom, the answer; then what was promised. Words that people typed are escaped."""
    parts = []
    for question in transcript(event):
        asked = _("Question: %(text)s") % {"text": question.public_text}
        parts.append(f"<p><b>{escape(asked)}</b></p>")
        answered = _("%(agency)s answered: %(text)s") % {
            "agency": question.case.agency,
            "text": question.case.answer,
        }
        parts += [f"<p>{escape(line)}</p>" for line in answered.splitlines() if line.strip()]
    for promise in public_promises(event) if parts else ():
        said = _("%(agency)s promised, by %(day)s: %(words)s") % {
            "agency": promise.agency,
            "day": format_date(promise.due_on),
            "words": promise.words,
        }
        parts.append(f"<p>{escape(said)}</p>")
    return "".join(parts)
