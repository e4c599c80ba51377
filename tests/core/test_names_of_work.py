"""The page of background work names what runs in words, whichever app it belongs to."""

import re

import pytest
from django.conf import settings

from architecture.tree import SOURCE
from loa.core.queue import work_in_words

JOB = re.compile(r'"(loa\.[a-z_]+\.jobs\.[a-z_.]+)"')


def jobs():
    return {name for path in (SOURCE / "loa").rglob("*.py") for name in JOB.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("name", sorted({*settings.CLOCKS, *jobs()}))
def test_work_has_a_name_in_words(name):
    assert work_in_words(name) != name
