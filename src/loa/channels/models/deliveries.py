from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from loa.channels.models.letters import Letter
from loa.channels.models.notices import Notice
from loa.channels.models.posts import Outlet, Post
from loa.channels.states import DELIVERY_STATES

_NOTICE = Q(notice__isnull=False, receiver__isnull=True, post__isnull=True, letter__isnull=True)
_DIGEST = Q(
    notice__isnull=True,
    receiver__isnull=False,
    digest_on__isnull=False,
    post__isnull=True,
    letter__isnull=True,
)
_POST = Q(
    notice__isnull=True, receiver__isnull=True, post__isnull=False, outlet__isnull=False, letter__isnull=True
)
_LETTER = Q(notice__isnull=True, receiver__isnull=True, post__isnull=True, letter__isnull=False)


class Delivery(models.Model):
    """One sending: of a notice or a day's digest by mail, of a letter to somebody without an account, or of a post to an outlet.

    `message_id` is fixed before the first try: the Message-ID of a mail, the idempotency key of a post.
    """

    notice = models.OneToOneField(
        Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="delivery"
    )
    receiver = models.ForeignKey(  # of a digest; its notices are `lines`
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="digests"
    )
    digest_on = models.DateField(null=True, blank=True)
    letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.CASCADE, related_name="delivery"
    )
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    address = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10, choices=list(DELIVERY_STATES.items()), default="queued", db_index=True
    )
    attempt_count = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    link = models.URLField(max_length=1000, blank=True)  # where a post can be read
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)  # quiet hours, or the next try
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=_NOTICE | _DIGEST | _POST | _LETTER, name="delivery_of_one_thing"
            ),
            models.UniqueConstraint(fields=["receiver", "digest_on"], name="digest_once_a_day"),
            models.UniqueConstraint(fields=["post", "outlet"], name="post_once_an_outlet"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet or self.where_to}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("channels:post_detail", args=[self.pk])

    @property
    def person(self) -> Any:
        """The account a mail is for; a letter is for somebody who has none."""
        return self.notice.receiver if self.notice else self.receiver

    @property
    def where_to(self) -> str:
        """The address as an administrator may see it."""
        return self.letter.masked_address if self.letter else self.address
