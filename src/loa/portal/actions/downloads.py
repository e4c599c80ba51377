"""Downloads are counted by the day. Nothing about the reader is kept, and programs are not counted."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import F

from loa.portal.models import DownloadDay, PublicationFile

_PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|fetch|preview|monitor|archiv|scan|headless|curl|wget|python|java/|okhttp|"
    r"go-http|libwww|httpclient|facebookexternalhit|embedly",
    re.IGNORECASE,
)


def is_program(user_agent: str) -> bool:
    """Whether a browser's name says that no person reads."""
    return not user_agent.strip() or bool(_PROGRAMS.search(user_agent))


def count_download(file: PublicationFile, *, user_agent: str, on: date) -> bool:
    """One more on that day; False where a program asked."""
    if is_program(user_agent):
        return False
    days = DownloadDay.objects.filter(file=file, on=on)
    if not days.update(count=F("count") + 1):
        DownloadDay.objects.get_or_create(file=file, on=on)
        days.update(count=F("count") + 1)
    return True
