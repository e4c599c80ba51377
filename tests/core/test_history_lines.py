"""One row of history as people read it."""

import pytest

from factories import make_agency
from loa.core import history


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ({"from": "2019-07-04", "to": "2019-07-05"}, ("04/07/2019", "05/07/2019")),
        ({"from": None, "to": "2019-07-05"}, ("", "05/07/2019")),
        ({"from": "2019-07-05", "to": "2019-07-05"}, ("", "")),
        ({"from": "4.7", "to": "chưa rõ"}, ("4.7", "chưa rõ")),
        ({}, ("", "")),
    ],
)
def test_days_that_moved_are_written_as_people_write_them(db, data, read):
    line = history.line(history.record(make_agency("Sở Nội vụ"), "thing.move", by=None, data=data))

    assert (line.source, line.target) == read


def test_a_stage_is_named_with_the_sentence(db):
    entry = history.record(make_agency("Sở Nội vụ"), "story.stage_passed", by=None, data={"stage": "Duyệt"})

    assert history.line(entry).sentence.endswith(": Duyệt")
