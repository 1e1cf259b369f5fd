"""Dates as the world writes them: as precise as stated, in the zone stated, and no date where none is stated."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retold.inputs.piece import Piece, read_piece
from retold.model.records import Version
from retold.model.times import moment
from retold.reading.moments import stated_moment
from tests.inputs.inputs import BODY


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2014-03-10", "2014-03-10"),
        ("2014-03", "2014-03"),
        ("2014-3-9", "2014-03-09"),
        ("2014/03/10", "2014-03-10"),
        ("20140310", "2014-03-10"),
        (20140310, "2014-03-10"),
        ("10.03.2014", "2014-03-10"),
        ("10 March 2014", "2014-03-10"),
        ("March 10, 2014", "2014-03-10"),
        ("10 mars 2014", "2014-03-10"),
        ("Mon, 10 Mar 2014", "2014-03-10"),
        ("2014-03-10 16:52:50", "2014-03-10T16:52:50"),
        ("2014-03-10T16:52", "2014-03-10T16:52"),
        ("2014-03-10T16:52:50Z", "2014-03-10T16:52:50Z"),
        ("2014-03-10 16:52:50 UTC", "2014-03-10T16:52:50Z"),
        ("2014-03-10T16:52:50.698000+00:00", "2014-03-10T16:52:50.698000+00:00"),
        ("2014-03-10 16:52:50.7-0500", "2014-03-10T16:52:50.700-05:00"),
        ("2014-03-10T16:52:50+01:00[Europe/Berlin]", "2014-03-10T16:52:50+01:00"),
        ("20140310T165250Z", "2014-03-10T16:52:50Z"),
        ("20140310165250", "2014-03-10T16:52:50"),
        ("Mon, 10 Mar 2014 16:52:50 GMT", "2014-03-10T16:52:50+00:00"),
        ("Mon, 10 Mar 2014 16:52:50 -0500", "2014-03-10T16:52:50-05:00"),
        ("Mon Mar 10 16:52:50 2014", "2014-03-10T16:52:50"),
        ("10 Mar 2014 16:52 GMT", "2014-03-10T16:52+00:00"),
        ("March 10, 2014, 4:52 pm", "2014-03-10T16:52"),
        (1394470370, "2014-03-10T16:52:50+00:00"),
        (1394470370698, "2014-03-10T16:52:50.698000+00:00"),
        (1394470370.5, "2014-03-10T16:52:50.500000+00:00"),
        ("1394470370", "2014-03-10T16:52:50+00:00"),
        (datetime(2014, 3, 10, 16, 52, tzinfo=UTC), "2014-03-10T16:52:00+00:00"),
        (datetime(2014, 3, 10, 16, 52), "2014-03-10T16:52:00"),
        (date(2014, 3, 10), "2014-03-10"),
    ],
)
def test_a_date_is_read_as_precise_as_it_is_stated(stated, read):
    assert stated_moment(stated) == read


@pytest.mark.parametrize(
    "stated",
    [
        None, "", " ", "soon", "yesterday", "2014", "99", 7, 0, -1, True, 1e300, float("nan"), float("inf"),
        "2014-02-31", "2014-13-01", "2014-03-10 25:00", "0001-01-01T00:00:00", "1970-01-01", "1601-01-01", "03/10/2014",
        "9" * 19, "9" * 5000, [2014, 3, 10], {"year": 2014}, b"2014-03-10", "\ud800" * 3 + "2014", datetime.min,
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(stated):
    assert stated_moment(stated) is None


def test_an_article_with_a_date_that_is_none_is_kept():
    read = read_piece(Piece("a.jsonl", "1", "record", {"text": BODY, "published": "soon", "seen": []}))
    assert isinstance(read, Version)
    assert (read.published, read.seen) == (None, None)


@settings(deadline=None)
@given(
    some.datetimes(
        min_value=datetime(1973, 1, 1), max_value=datetime(2200, 1, 1), timezones=some.timezones() | some.none()
    )
)
def test_what_python_writes_comes_back(time):
    told = stated_moment(time.isoformat())
    assert told is None if time.year < 1900 else moment(told) == moment(time.isoformat())


@settings(deadline=None)
@given(
    some.text()
    | some.integers()
    | some.floats()
    | some.dates()
    | some.datetimes(timezones=some.timezones() | some.none())
)
def test_any_value_is_a_time_or_none(value):
    told = stated_moment(value)
    assert told is None or len(told) == 7 or moment(told)
