"""Wagtail speaks in signals; each receiver here says it to an action or a notice. Connected once, from `ready`."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Comment, CommentReply, TaskState
from wagtail.signals import page_published, page_unpublished, task_rejected, task_submitted
from wagtail.users.models import UserProfile

from loa.core import history
from loa.portal.actions import assignments, newsroom, stages
from loa.portal.models import Attachment, CityHome, Column, Contribution, EditorialStage, Picture, Story
from loa.portal.notices import newsroom as notices


def connect() -> None:
    page_published.connect(when_published, dispatch_uid="newsroom.published")
    page_unpublished.connect(when_unpublished, dispatch_uid="newsroom.unpublished")
    pre_delete.connect(when_deleted, sender=Story, dispatch_uid="newsroom.deleted")
    post_save.connect(when_site_opened, sender=CityHome, dispatch_uid="newsroom.site")
    task_submitted.connect(when_submitted, dispatch_uid="newsroom.submitted")
    task_rejected.connect(when_returned, dispatch_uid="newsroom.returned")
    post_save.connect(when_commented, sender=Comment, dispatch_uid="newsroom.comment")
    post_save.connect(when_replied, sender=CommentReply, dispatch_uid="newsroom.reply")
    pre_save.connect(before_profile, sender=UserProfile, dispatch_uid="newsroom.profile")
    for model in (Picture, Attachment):
        pre_save.connect(before_media, sender=model, dispatch_uid=f"newsroom.media.{model.__name__}")


def who_acts() -> Any:
    """Whoever is at work in the newsroom now; nobody where the clock is."""
    return get_active_log_context().user


def when_published(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Column):
        stages.keep_stages_of(instance)
    if not isinstance(instance, Story) or not instance.live:
        return
    by = who_acts()
    refused = newsroom.count_story(instance, by=by)
    assignments.follow_story(instance, is_live=True)
    notices.tell_published(instance)
    if refused:
        told = [person for person in (by, instance.owner) if person]
        notices.tell_not_counted(instance, {person.pk: person for person in told}.values(), refused)


def when_unpublished(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Story):
        newsroom.uncount_story(instance, note=_("The story was taken off the site."))
        assignments.follow_story(instance, is_live=False)


def when_deleted(instance: Story, **_kwargs: Any) -> None:
    newsroom.uncount_story(instance, note=_("The story was deleted."))
    by = who_acts()
    if instance.first_published_at is None and by is not None:
        history.record(instance, "story.throw_away", by=by, note=instance.title)
        for written in Contribution.objects.filter(story=instance):
            history.record(written, "contribution.throw_away", by=by, note=instance.title)


def when_site_opened(instance: CityHome, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        stages.keep_stages_of_site(instance)


def when_submitted(instance: TaskState, **_kwargs: Any) -> None:
    if isinstance(instance.task.specific, EditorialStage):
        notices.tell_waiting(instance)


def when_returned(instance: TaskState, **_kwargs: Any) -> None:
    notices.tell_returned(instance)


def when_commented(instance: Comment, created: bool, **_kwargs: Any) -> None:
    if created:
        notices.tell_comment(instance, text=instance.text, by=instance.user, key=f"comment.add:{instance.pk}")


def when_replied(instance: CommentReply, created: bool, **_kwargs: Any) -> None:
    if created:
        notices.tell_comment(
            instance.comment, text=instance.text, by=instance.user, key=f"comment.reply:{instance.pk}"
        )


def before_media(instance: Any, **_kwargs: Any) -> None:
    """What a person uploads belongs to the agency of the hat."""
    if instance.agency_id is None and instance.uploaded_by_user_id:
        hat = instance.uploaded_by_user.hat
        instance.agency = hat.agency if hat else None


def before_profile(instance: UserProfile, **_kwargs: Any) -> None:
    """Notices go out by our channels alone."""
    for name in ("submitted", "approved", "rejected", "updated_comments"):
        setattr(instance, f"{name}_notifications", False)
