"""Counts kept in files: each is counted, runs out when it should, and a flood does not make them slow or lose them."""

import os
import subprocess
import sys
import time
from itertools import count

import pytest

from loa.core import file_cache
from loa.core.file_cache import CountingFileCache

COUNT_UP = """
import sys
from django.conf import settings
settings.configure()
from loa.core.file_cache import CountingFileCache
cache = CountingFileCache(sys.argv[1], {})
for _ in range(200):
    cache.add("sent", 0, timeout=3600)
    cache.incr("sent")
"""


@pytest.fixture
def cache(tmp_path):
    return CountingFileCache(tmp_path, {"OPTIONS": {"MAX_ENTRIES": 10, "CULL_FREQUENCY": 2}})


@pytest.fixture
def later(monkeypatch):
    """Let seconds pass."""

    def pass_by(seconds):
        now = time.time() + seconds
        monkeypatch.setattr("time.time", lambda: now)

    return pass_by


@pytest.fixture
def looked_over(monkeypatch):
    monkeypatch.setattr(file_cache, "LOOKED_OVER_EACH", 1)


def test_a_count_runs_out_an_hour_after_its_first(cache, later):
    cache.add("sent", 0, timeout=3600)

    later(3000)
    assert (cache.incr("sent"), cache.incr("sent")) == (1, 2)
    later(599)
    assert cache.incr("sent") == 3
    later(2)
    with pytest.raises(ValueError, match="sent"):
        cache.incr("sent")


def test_a_count_without_end_goes_on(cache, later):
    cache.add("sent", 0, timeout=None)

    later(10**9)

    assert cache.incr("sent", 4) == 4


def test_nobody_is_lost_when_two_processes_count(cache, tmp_path):
    counting = [subprocess.Popen([sys.executable, "-c", COUNT_UP, str(tmp_path)]) for _ in range(2)]

    assert [each.wait(60) for each in counting] == [0, 0]
    assert cache.get("sent") == 400


def kept(tmp_path):
    return len(list(tmp_path.glob("*.djcache")))


def test_what_has_run_out_goes_first(cache, later, looked_over, tmp_path):
    for number in range(9):
        cache.set(f"old{number}", 1, timeout=60)
    cache.set("used", 1, timeout=3600)

    later(61)
    cache.set("new", 1)

    assert (cache.get("used"), cache.get("new"), kept(tmp_path)) == (1, 1, 2)


def test_the_older_half_goes_where_all_are_in_use(cache, looked_over, tmp_path):
    for number in range(10):
        cache.set(f"used{number}", 1)
        os.utime(cache._key_to_file(f"used{number}"), (number, number))

    cache.set("new", 1)

    assert [number for number in range(10) if cache.get(f"used{number}")] == [5, 6, 7, 8, 9]
    assert kept(tmp_path) == 6


def test_the_directory_is_looked_over_at_one_write_of_many(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(CountingFileCache, "_writes", count(1))
    for number in range(199):
        cache.set(f"used{number}", 1)
    before = kept(tmp_path)
    cache.set("new", 1)

    assert (before, kept(tmp_path)) == (199, 101)
