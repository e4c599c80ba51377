"""What the newsroom tells whom, through the same notices as everything else; Wagtail's own mails stay off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Agency, User, in_force
from loa.portal.models import Contribution, NewsAssignment, Story, UrgentRelease
from loa.portal.queries.stages import people_at
from loa.portal.queries.territory import agency_of_page


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def people_of(agency: Agency | None, *roles: str) -> QuerySet[User]:
    held = in_force(clock.today(), "memberships__")
    return User.objects.filter(
        held, memberships__agency=agency, memberships__role__in=roles, is_active=True
    ).distinct()


def address_for_author(story: Page) -> str:
    """Who wrote on the phone goes on there; anybody else in the editor."""
    written = Contribution.objects.filter(story=story.pk).first()
    return written.get_absolute_url() if written else edit_address(story)


def tell_waiting(state: TaskState) -> None:
    """A page has come to a stage: whoever acts there hears of it."""
    page, stage = state.workflow_state.content_object, state.task.specific
    notify(
        people_at(stage, page),
        key=f"story.submit:{state.pk}",
        subject=lambda: (
            _("Waits for you (%(stage)s): %(title)s") % {"stage": stage.name, "title": page.title}
        ),
        body=lambda: _("Open it, then hand it on or return it with a reason."),
        url=edit_address(page),
        kind="waiting",
    )


def tell_returned(state: TaskState) -> None:
    page = state.workflow_state.content_object
    people = [person for person in (page.owner, state.workflow_state.requested_by) if person]
    notify(
        {person.pk: person for person in people}.values(),
        key=f"story.return:{state.pk}",
        subject=lambda: _("Returned to you: %(title)s") % {"title": page.title},
        body=lambda: state.comment,
        url=address_for_author(page),
        kind="returned",
    )


def tell_published(story: Story) -> None:
    if story.owner is None:
        return
    notify(
        [story.owner],
        key=f"story.publish:{story.pk}:{story.live_revision_id}",
        subject=lambda: _("Published: %(title)s") % {"title": story.title},
        body=lambda: _("Readers see it now."),
        url=story.get_url() or address_for_author(story),
        kind="decided",
    )


def tell_taken_down(story: Story, reason: str) -> None:
    people = people_of(agency_of_page(story), "editor", "approver")
    notify(
        {person.pk: person for person in [*people, *([story.owner] if story.owner else [])]}.values(),
        key=f"story.withdraw:{story.pk}:{clock.now():%Y%m%d%H%M%S}",
        subject=lambda: _("Taken off the site: %(title)s") % {"title": story.title},
        body=lambda: reason,
        url=edit_address(story),
        kind="decided",
    )


def tell_not_counted(story: Story, people: Iterable[User], reasons: list[str]) -> None:
    """The story is out, the plan did not take it: what stands in the way."""
    notify(
        people,
        key=f"story.not_counted:{story.pk}:{story.live_revision_id}",
        subject=lambda: _("Published, but not counted in the plan: %(title)s") % {"title": story.title},
        body=lambda: "\n".join(f"– {reason}" for reason in reasons),
        url=edit_address(story),
        kind="returned",
    )


def tell_urgent(release: UrgentRelease) -> None:
    notify(
        people_of(release.agency, "approver", "head").exclude(pk=release.by_id),
        key=f"urgent_release.ask:{release.pk}",
        subject=lambda: _("Published urgently without approval: %(title)s") % {"title": release.title},
        body=lambda: (
            _("Reason: %(reason)s. Approve it or take it off the site by %(day)s.")
            % {"reason": release.reason, "day": format_date(release.due_on)}
        ),
        url=release.get_absolute_url(),
        kind="waiting",
    )


def tell_urgent_decided(release: UrgentRelease, note: str) -> None:
    notify(
        [release.by],
        key=f"urgent_release.{release.state}:{release.pk}",
        subject=lambda: f"{release.get_state_display()}: {release.title}",
        body=lambda: note,
        url=release.get_absolute_url(),
        kind="decided" if release.state == "approved" else "returned",
    )


def tell_urgent_late(release: UrgentRelease, *, is_late: bool) -> int:
    """On the last day, and once it has passed; each told once."""
    told = notify(
        people_of(release.agency, "approver", "head"),
        key=f"urgent_release.{'late' if is_late else 'due'}:{release.pk}",
        subject=lambda: (
            (
                _("The time to approve an urgent publication has passed: %(title)s")
                if is_late
                else _("Today is the last day to approve an urgent publication: %(title)s")
            )
            % {"title": release.title}
        ),
        body=lambda: release.reason,
        url=release.get_absolute_url(),
        kind="escalation" if is_late else "reminder",
    )
    return len(told)


def tell_review(story: Story) -> int:
    told = notify(
        people_of(agency_of_page(story), "editor"),
        key=f"story.review:{story.pk}:{story.review_on:%Y%m%d}",
        subject=lambda: _("To be reviewed: %(title)s") % {"title": story.title},
        body=lambda: _("Is it still right? Correct it, take it down, or set a new day of review."),
        url=edit_address(story),
        kind="reminder",
    )
    return len(told)


def tell_comment(comment: Any, *, text: str, by: User, key: str) -> None:
    """Said at a sentence: the author and whoever spoke in the thread."""
    page = comment.page
    people = {page.owner_id: page.owner, comment.user_id: comment.user}
    people |= {reply.user_id: reply.user for reply in comment.replies.all()}
    notify(
        [person for pk, person in people.items() if person is not None and pk != by.pk],
        key=key,
        subject=lambda: _("%(person)s comments on “%(title)s”") % {"person": by, "title": page.title},
        body=lambda: text,
        url=address_for_author(page),
    )


def tell_assigned(assignment: NewsAssignment) -> None:
    notify(
        [assignment.reporter],
        key=f"news_assignment.give:{assignment.pk}",
        subject=lambda: (
            _("To write by %(day)s: %(title)s")
            % {"day": format_date(assignment.due_on), "title": assignment.title}
        ),
        body=lambda: assignment.note,
        url=assignment.get_absolute_url(),
    )


def tell_assignment_moved(assignment: NewsAssignment, step: str, note: str, *, by: User) -> None:
    receiver = assignment.given_by if by.pk == assignment.reporter_id else assignment.reporter
    if receiver.pk == by.pk:
        return
    notify(
        [receiver],
        key=f"news_assignment.{step}:{assignment.pk}",
        subject=lambda: f"{assignment.get_state_display()}: {assignment.title}",
        body=lambda: note,
        url=assignment.get_absolute_url(),
        kind="returned" if step == "cancel" else "decided",
    )


def tell_assignment_due(assignment: NewsAssignment, *, is_late: bool) -> int:
    told = notify(
        [assignment.reporter, *([assignment.given_by] if is_late else [])],
        key=f"news_assignment.{'late' if is_late else 'due'}:{assignment.pk}:{assignment.due_on:%Y%m%d}",
        subject=lambda: (
            (_("Overdue since %(day)s: %(title)s") if is_late else _("Due on %(day)s: %(title)s"))
            % {"day": format_date(assignment.due_on), "title": assignment.title}
        ),
        body=lambda: assignment.note,
        url=assignment.get_absolute_url(),
        kind="escalation" if is_late else "reminder",
    )
    return len(told)
