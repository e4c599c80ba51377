"""Faults on purpose, on an installation of its own: three times in `make test`, fifty times in `make soak`."""

import os
import random
import subprocess
import sys
import time

import pytest

from fresh_database import copy_file
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


class Installation:
    """Processes of Loa on a data directory of their own."""

    def __init__(self, folder):
        self.env = {
            **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "LOA_TODAY")},
            "LOA_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "loa.config.settings",
        }

    def start(self, program):
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{program}"],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, program):
        process = self.start(program)
        output, errors = process.communicate(timeout=600)  # a hang, not a busy machine
        assert process.returncode == 0, errors
        return output.split()

    def run_and_kill(self, program, after):
        process = self.start(program)
        time.sleep(after)
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loa")
    copy_file(folder / "loa.sqlite3")
    made = Installation(folder)
    made.run(SET_UP)
    return made


@pytest.mark.slow
def test_reading_killed_at_any_instant_is_read_once_in_the_end(installation, tmp_path):
    chance = random.Random(SEED)

    for number in range(TIMES):
        (pk,) = installation.run(TAKE_IN.format(path=str(variant(tmp_path, number))))
        installation.run_and_kill(READ.format(pk=pk), after=chance.uniform(0, LONGEST))
        installation.run(CLOCKS)

        state, proposals, finishes, _plans, _assignments = installation.run(STATE.format(pk=pk))
        assert (state, proposals, finishes) == ("read", "79", "1")


@pytest.mark.slow
def test_confirmation_killed_at_any_instant_is_whole_or_absent(installation, tmp_path):
    chance = random.Random(SEED)
    (pk,) = installation.run(TAKE_IN.format(path=str(variant(tmp_path, "confirmed"))))
    installation.run(READ.format(pk=pk))

    for _ in range(TIMES):
        installation.run_and_kill(CONFIRM.format(pk=pk), after=chance.uniform(0, LONGEST))

        state, _proposals, _finishes, plans, assignments = installation.run(STATE.format(pk=pk))
        assert (state, plans, assignments) in {("read", "0", "0"), ("confirmed", "1", "17")}
