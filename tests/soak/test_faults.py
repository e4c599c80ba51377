"""Faults on purpose, on an installation of its own: three times in `make test`, fifty times in `make soak`."""

import os
import random

import pytest

from fresh_database import copy_file
from soak.installation import Installation
from soak.papers import variant

TIMES = 50 if os.environ.get("LOA_SOAK") == "full" else 3
SEED = 42
LONGEST = 2.5  # seconds: about what the whole work takes

SET_UP = """
from loa.directory.actions import load_sample_directory
load_sample_directory()
"""
TAKE_IN = """
from pathlib import Path
from loa.directory.models import Agency
from loa.documents.actions import take_in
agency = Agency.objects.get(code="so-thong-tin-truyen-thong")
print(take_in(Path({path!r}).read_bytes(), "plan.docx", agency=agency, by=None, queue=False).pk)
"""
READ = """
from loa.documents.jobs import read_document
read_document({pk})
"""
CONFIRM = """
from loa.documents.models import Reading
from loa.plans.actions.imports import confirm_reading
confirm_reading(Reading.objects.get(pk={pk}), by=None, actor="import")
"""
CLOCKS = """
from datetime import timedelta
from loa.core import clock
from loa.core.clocks import run_clocks
clock.set_today(clock.today() + timedelta(days=1))  # the lease of the killed worker has run out
run_clocks()
"""
STATE = """
from loa.documents.models import Reading
from loa.plans.models import Assignment, Plan, PlanBody
from loa.core.models import Entry
reading = Reading.objects.get(pk={pk})
plans = Plan.objects.filter(document__reading=reading)
print(
    reading.state,
    reading.proposals.count(),
    Entry.objects.filter(action="reading.finish", object_id=reading.pk).count(),
    plans.count(),
    Assignment.objects.filter(plan__in=plans).count(),
)
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loa")
    copy_file(folder / "loa.sqlite3")
    made = Installation(folder)
    made.run(SET_UP)
    yield made
    made.end()


@pytest.mark.slow
def test_reading_killed_at_any_instant_is_read_once_in_the_end(installation, tmp_path):
    chance = random.Random(SEED)

    for number in range(TIMES):
        (pk,) = installation.run(TAKE_IN.format(path=str(variant(tmp_path, number)))).split()
        installation.run_and_kill(READ.format(pk=pk), after=chance.uniform(0, LONGEST))
        installation.run(CLOCKS)

        state, proposals, finishes, *_plan = installation.run(STATE.format(pk=pk)).split()
        assert (state, proposals, finishes) == ("read", "79", "1")


@pytest.mark.slow
def test_confirmation_killed_at_any_instant_is_whole_or_absent(installation, tmp_path):
    chance = random.Random(SEED)
    (pk,) = installation.run(TAKE_IN.format(path=str(variant(tmp_path, "confirmed")))).split()
    installation.run(READ.format(pk=pk))

    for _ in range(TIMES):
        installation.run_and_kill(CONFIRM.format(pk=pk), after=chance.uniform(0, LONGEST))

        state, _proposals, _finishes, plans, assignments = installation.run(STATE.format(pk=pk)).split()
        assert (state, plans, assignments) in {("read", "0", "0"), ("confirmed", "1", "17")}
