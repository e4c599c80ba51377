"""What an editor is told after acting at a stage, in place of Wagtail's word that the page was updated."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from loa.core.history import entries_of
from loa.core.templatetags.ui import moment
from loa.portal.models import Story


def tell_what_became(request: HttpRequest, story: Story) -> None:
    """Wagtail's own word is the last that waits; what was said before it stays."""
    if not has_acted(request, story):
        return
    *earlier, _generic = messages.get_messages(request)
    for said in earlier:
        messages.add_message(request, said.level, said.message, said.extra_tags)
    messages.success(request, what_became(Story.objects.get(pk=story.pk)))


def has_acted(request: HttpRequest, story: Story) -> bool:
    """Whether this version was judged now: where somebody was faster, Wagtail keeps the text as a draft instead."""
    acts = entries_of([story]).filter(action__startswith="story.stage_", by=request.user)
    last = acts.first()
    return last is not None and last.data.get("version") == story.latest_revision_id


def what_became(story: Story) -> str:
    """Where a story stands after a stage was passed or the story was returned."""
    told = {"title": story.get_latest_revision_as_object().title}
    waiting = story.current_workflow_task
    if waiting is not None:
        return _("“%(title)s” was handed on. It waits at: %(stage)s.") % {**told, "stage": waiting.name}
    if story.current_workflow_state is not None:
        return _("“%(title)s” was returned; the author reads your reason.") % told
    if story.go_live_at and not story.live:
        return _("“%(title)s” is approved and becomes public on %(when)s.") % {
            **told,
            "when": moment(story.go_live_at),
        }
    return _("“%(title)s” is approved and public.") % told
