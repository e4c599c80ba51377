from __future__ import annotations

from django.db import models

from loa.core.sealing import SealedField


class Letter(models.Model):
    """A mail to somebody without an account; `key` makes writing twice write once.

    The address and the words lie sealed: a letter may carry what opens somebody's own case.
    """

    key = models.CharField(max_length=200, unique=True)
    address = SealedField()
    language = models.CharField(max_length=2, default="vi")
    subject = models.CharField(max_length=300)
    body = SealedField()
    url = models.CharField(max_length=300, blank=True)  # of this site; "" where there is nothing to follow
    end_url = models.CharField(max_length=300, blank=True)  # of this site: a POST there ends such letters
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def masked_address(self) -> str:
        """Enough to see a slip of the pen: "n•••@example.vn"."""
        name, _at, host = self.address.partition("@")
        return f"{name[:1]}•••@{host}"
