"""Contributions: kept on the server as they are written, sent once, mended when they come back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.text import fold
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.portal.models import Column, Contribution, ContributionPhoto, Picture, Story, StoryWork
from loa.portal.queries.contributions import PHOTOS, fate_of, with_fate
from loa.portal.queries.newsroom import columns_open_to, works_for
from loa.portal.queries.territory import agency_of_page

LEAD = 300


@transaction.atomic
def begin_contribution(key: UUID, *, by: User) -> Contribution:
    """The draft of a form; the same form sent twice is the same draft."""
    require(by, "portal.contribute")
    now = clock.now()
    row, _is_new = Contribution.objects.get_or_create(
        key=key, defaults={"agency": by.hat.agency, "author": by, "made_at": now, "saved_at": now}
    )
    require(by, "portal.contribute", row)
    return row


@transaction.atomic
def save_contribution(
    contribution: Contribution,
    *,
    title: str,
    text: str,
    place: str = "",
    happened_on: date | None = None,
    column: Column | None = None,
    work: str = "",
    is_named: bool = True,
    photos: Iterable[Upload] = (),
    alt_texts: dict[int, str] | None = None,
    recording: Upload | None = None,
    by: User,
) -> None:
    """Keep what is written so far. Raises FlowError where it is with the editor, or a column or work is not open."""
    _require_open(contribution, by=by)
    if column is not None and not columns_open_to(by).filter(pk=column.pk).exists():
        raise FlowError(_("This column takes no contributions of yours."))
    fields = {
        "title": title.strip(),
        "text": text.replace("\r\n", "\n").strip(),  # a browser ends lines with both
        "place": place.strip(),
        "happened_on": happened_on,
        "column": column if contribution.story_id is None else contribution.column,
        "is_named": is_named,
        "saved_at": clock.now(),
        **_work_of(work, by=by),
        **(_recording_of(recording) if recording else {}),
    }
    for name, value in fields.items():
        setattr(contribution, name, value)
    contribution.save(update_fields=list(fields))
    _describe(contribution, alt_texts or {})
    _add_photos(contribution, list(photos))


def _work_of(work: str, *, by: User) -> dict[str, Any]:
    """`work` is a letter for its kind and its key: "a12" or "d7"."""
    found: dict[str, Any] = {"assignment": None, "duty_assignment": None}
    if not work:
        return found
    assignments, duties, _occurrences = works_for(by.hat.agency if by.hat else None)
    rows = {"a": ("assignment", assignments), "d": ("duty_assignment", duties)}
    name, queryset = rows.get(work[0], ("", assignments.none()))
    row = queryset.filter(pk=int(work[1:])).first() if work[1:].isdecimal() else None
    if row is None:
        raise FlowError(_("This work is not your agency's, or is closed."))
    return found | {name: row}


def _recording_of(upload: Upload) -> dict[str, Any]:
    return {
        "recording": uploads.keep(upload, "recordings"),
        "recording_name": upload.name,
        "recording_type": upload.type,
        "recording_sha256": upload.sha256,
    }


def _describe(contribution: Contribution, alt_texts: dict[int, str]) -> None:
    for photo in contribution.photos.all():
        words = alt_texts.get(photo.pk, photo.alt_text).strip()[:300]
        if words != photo.alt_text:
            photo.alt_text = words
            photo.save(update_fields=["alt_text"])


def _add_photos(contribution: Contribution, photos: list[Upload]) -> None:
    known = set(contribution.photos.values_list("sha256", flat=True))
    new = {upload.sha256: upload for upload in photos if upload.sha256 not in known}
    if len(known) + len(new) > PHOTOS:
        raise FlowError(_("At most %(count)s photos. Take some out first.") % {"count": PHOTOS})
    for digest, upload in new.items():
        ContributionPhoto.objects.create(
            contribution=contribution,
            file=uploads.keep(upload, "photos"),
            file_name=upload.name,
            file_type=upload.type,
            sha256=digest,
        )


@transaction.atomic
def remove_photo(photo: ContributionPhoto, *, by: User) -> None:
    _require_open(photo.contribution, by=by)
    photo.delete()


@transaction.atomic
def throw_away_contribution(contribution: Contribution, *, by: User) -> None:
    """A draft that was never sent goes: its words, photos and voice; headline and history stay. Twice is once.

    Raises FlowError for what an editor has had.
    """
    require(by, "portal.contribute", contribution)
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if locked.thrown_away_at:
        return
    if locked.story_id or locked.sent_at:
        raise FlowError(_("It was sent to the editor: only a draft of your own is thrown away."))
    digests = {locked.recording_sha256} - {""}
    files = [locked.recording.name] if locked.recording else []
    for photo in locked.photos.all():
        files.append(photo.file.name)
        digests.add(photo.sha256)
    locked.photos.all().delete()
    gone = {"text": "", "place": "", "recording": "", "recording_name": "", "recording_type": ""}
    gone |= {"recording_sha256": "", "happened_on": None, "assignment": None, "duty_assignment": None}
    Contribution.objects.filter(pk=locked.pk).update(**gone, thrown_away_at=clock.now())
    history.record(locked, "contribution.throw_away", by=by, note=locked.title)
    transaction.on_commit(partial(_forget_files, files, digests))
    contribution.refresh_from_db()


def _forget_files(names: list[str], digests: set[str]) -> None:
    """What nobody else has sent: a file is kept once under its digest."""
    kept = set(
        Contribution.objects.filter(recording_sha256__in=digests).values_list("recording_sha256", flat=True)
    )
    kept |= set(ContributionPhoto.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    for name in names:
        if not any(digest in name for digest in kept):
            default_storage.delete(name)


@transaction.atomic
def send_contribution(contribution: Contribution, *, by: User) -> Story:
    """To the editor: a story in the workflow of its column. Sent twice it is one story."""
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if locked.story_id and not _is_returned(locked):
        require(by, "portal.contribute", locked)
        return Story.objects.get(pk=locked.story_id)
    _require_open(locked, by=by)
    _require_complete(locked)
    story = _mend(locked, by=by) if locked.story_id else _make(locked, by=by)
    Contribution.objects.filter(pk=locked.pk).update(story=story, sent_at=clock.now())
    history.record(locked, "contribution.send", by=by)
    contribution.refresh_from_db()
    return story


def _make(contribution: Contribution, *, by: User) -> Story:
    column = Column.objects.get(pk=contribution.column_id)
    story = Story(live=False, owner=by, agency=contribution.agency, source=_("Network of contributors"))
    _fill(story, contribution)
    story.slug = f"{slugify(fold(contribution.title))[:180]}-{contribution.pk}".strip("-")
    column.add_child(instance=story)
    if contribution.work is not None:
        story.works = [
            StoryWork(assignment=contribution.assignment, duty_assignment=contribution.duty_assignment)
        ]
        story.save()
    story.save_revision(user=by)
    story.get_workflow().start(story, by)
    return story


def _mend(contribution: Contribution, *, by: User) -> Story:
    """What came back goes on from where it was returned; what the editor added besides stays."""
    story = Story.objects.get(pk=contribution.story_id).get_latest_revision_as_object()
    _fill(story, contribution)
    story.save_revision(user=by)
    story.current_workflow_state.resume(user=by)
    return Story.objects.get(pk=story.pk)


def _fill(story: Story, contribution: Contribution) -> None:
    paragraphs = [part.strip() for part in contribution.text.split("\n\n") if part.strip()]
    pictures = [(photo, _picture_of(photo)) for photo in contribution.photos.all()]
    told = "".join(f"<p>{escape(part)}</p>".replace("\n", "<br/>") for part in paragraphs)
    story.title = contribution.title
    story.lead = paragraphs[0][:LEAD]
    story.byline = str(contribution.author) if contribution.is_named else ""
    story.picture = pictures[0][1] if pictures else None
    figures = [
        {"type": "figure", "value": {"picture": picture.pk, "caption": ""}}
        for _photo, picture in pictures[1:]
    ]
    kept = [
        {"type": part["type"], "value": part["value"]}
        for part in story.body.get_prep_value()
        if part["type"] not in ("text", "figure")
    ]
    story.body = [{"type": "text", "value": told}, *figures, *kept]


def _picture_of(photo: ContributionPhoto) -> Picture:
    """The picture of the newsroom made from a photo, once; it belongs to the agency whose column it is for."""
    if photo.picture is None:
        contribution = photo.contribution
        with photo.file.open("rb") as source:
            content = ContentFile(source.read(), name=photo.file_name)
        photo.picture = Picture.objects.create(
            title=photo.alt_text[:255],
            alt_text=photo.alt_text,
            file=content,
            credit=str(contribution.author) if contribution.is_named else "",
            agency=agency_of_page(contribution.column),
            uploaded_by_user=contribution.author,
        )
        photo.save(update_fields=["picture"])
    return photo.picture


def _require_complete(contribution: Contribution) -> None:
    missing = [
        (contribution.title, _("Give it a headline.")),
        (
            contribution.text,
            _("Write what happened, or say it in the recording and write one sentence here."),
        ),
        (contribution.column_id, _("Choose the column it is for.")),
        (
            not contribution.photos.filter(alt_text="").exists(),
            _("Say of each photo what can be seen on it: who cannot see hears it read."),
        ),
    ]
    sentences = [sentence for value, sentence in missing if not value]
    if sentences:
        raise FlowError(" ".join(sentences))


def _is_returned(contribution: Contribution) -> bool:
    return WorkflowState.objects.filter(
        object_id=str(contribution.story_id), status=WorkflowState.STATUS_NEEDS_CHANGES
    ).exists()


def _require_open(contribution: Contribution, *, by: User) -> None:
    require(by, "portal.contribute", contribution)
    row = with_fate(Contribution.objects.filter(pk=contribution.pk)).select_related("story").get()
    if not fate_of(row).is_open:
        raise FlowError(_("It is with the editor now. It can be changed when it comes back to you."))
