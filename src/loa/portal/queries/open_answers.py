"""The public register of answers as open data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.feedback.queries import listed_answers
from loa.portal.queries.open_data import Field, Rows, Value

ANSWER_FIELDS = (
    Field("code", _("Code")),
    Field("title", _("Title")),
    Field("question", pgettext_lazy("case", "Question"), description=_("Personal data is left out.")),
    Field("answer", _("Answer"), description=_("Personal data is left out.")),
    Field("kind", _("Kind")),
    Field("subject_code", _("Code of the subject")),
    Field("subject", pgettext_lazy("case", "Subject")),
    Field("agency_code", _("Code of the agency")),
    Field("agency", _("Agency")),
    Field("commune", _("Commune")),
    Field("received_on", _("Received"), "date"),
    Field("answered_on", pgettext_lazy("case", "Answered"), "date"),
    Field("published_on", pgettext_lazy("answer", "Published"), "date"),
    Field("is_in_time", pgettext_lazy("answer", "In time"), "boolean"),
    Field(
        "stars", _("Stars"), "integer", _("1 to 5, as the sender rated the answer; empty where nobody did.")
    ),
    Field("others", _("Others who asked the same"), "integer"),
    Field("url", _("Address"), "uri"),
)


def answer_rows(_plan: int | None = None) -> Rows:
    """Every public answer, in the order of its publication."""
    return Rows([(listed_answers().order_by("published_at", "pk"), _answer)])


def _answer(row: Any) -> tuple[Value, ...]:
    case, subject = row.case, row.case.subject
    rating = getattr(case, "rating", None)
    return (
        case.code, row.title, row.question, row.answer, str(case.get_kind_display()),
        subject.code if subject else "", subject.name if subject else "", row.agency.code, row.agency.name,
        case.commune.name if case.commune else "", clock.day_of(case.received_at),
        clock.day_of(row.answered_at) if row.answered_at else None, clock.day_of(row.published_at),
        not row.is_late, rating.stars if rating else None, row.merged_count or 0,
        f"{settings.BASE_URL}{row.get_absolute_url()}",
    )  # fmt: skip
