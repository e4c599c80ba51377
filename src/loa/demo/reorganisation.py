"""The decisions of 2025 on the administrator's desk: shared out, rehearsed, waiting for their day."""

from __future__ import annotations

from datetime import date
from functools import partial

from loa.core.text import fold
from loa.demo.year import Cast, Happening
from loa.desk.actions import rehearse_decision
from loa.directory.actions import load_decisions, schedule_decision, share_work
from loa.directory.models import Reorganisation, ReorganisationDecision, User
from loa.plans.models import Plan
from loa.plans.queries import in_hand

PREPARED_ON = date(2019, 7, 8)
SPLIT = "so-thong-tin-truyen-thong"
# press and grassroots information go to culture, which takes the rest; what speaks of these words goes to science
SCIENCE, ITS_WORDS = (
    "so-khoa-hoc-cong-nghe",
    ("cong nghe thong tin", "chinh quyen dien tu", "dien tu", "truc tuyen"),
)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    del plan, cast
    return [(PREPARED_ON, partial(prepare))]


def prepare() -> None:
    """Both decisions wait as scheduled; what they would do can be looked at."""
    load_decisions()
    administrator = User.objects.get(username="quantri")
    for act in Reorganisation.objects.filter(predecessors__code=SPLIT, decided_by__isnull=False):
        tasks = in_hand(list(act.predecessors.all())).tasks
        named = {
            str(task.pk): SCIENCE for task in tasks if any(word in fold(task.content) for word in ITS_WORDS)
        }
        share_work(act, shares={"task": named}, by=administrator)
    for decision in ReorganisationDecision.objects.filter(state="draft").order_by("pk"):
        decision.refresh_from_db()
        rehearse_decision(decision, by=administrator)
        schedule_decision(decision, by=administrator)
