"""Dates of metadata: every usual form of a day is that day, what has two readings is none."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.dates import read_date
from consistency.model import Article

DAY = datetime.date(2024, 5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-06",
        "2024-5-6",
        "2024/5/6",
        "20240506",
        "20240506103200",
        "20240506T103200+0200",
        "20240506+0200",
        "2024-05-06Z",
        "2024-05-06T10:32:00.123456789Z",
        "2024-05-06T10:32:00.000+0000",
        "2024-05-06T10:32+02:00[Europe/Vienna]",
        "2024-05-06 10:32 UTC",
        "Mon May 06 2024 10:00:00 GMT+0200 (CEST)",
        "Mon May 06 2024 10:00:00 GMT+0200 (Central European Summer Time)",
        "Mon May  6 10:00:00 2024",
        "Mon May  6 10:00:00 CEST 2024",
        "Mon, 06 May 2024 10:00:00 GMT",
        "Mon, 6 May 2024 10:00:00 +0200 (CEST)",
        "Monday, 06-May-24 10:00:00 GMT",
        "Monday, May 6, 2024 - 10:32",
        "May 6, 2024 | 10:32am",
        "May 6, 2024, 10 p.m. ET.",
        "6th of May, 2024",
        "10:32 AM EDT, Mon May 6, 2024",
        "Published: 6 May 2024",
        "First published on Mon 6 May 2024 10.32 BST",
        "6. May 2024",
        "06-May-2024",
        "1714989120",
        "1714989120.5",
        "1714989120000",
        "/Date(1714989120000+0200)/",
    ],
)
def test_one_day_in_the_forms_of_many_systems(text: str) -> None:
    assert read_date(text) == DAY
    assert read_date(f"  {text}\n") == DAY
    assert Article("Rain.", published=text).published == DAY


@pytest.mark.parametrize("value", [1714989120, 1714989120.5, 1714989120000, DAY, datetime.datetime(2024, 5, 6, 23)])
def test_numbers_and_dates(value: float | datetime.date) -> None:
    assert read_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    [None, "0001-01-01", "0001-01-01T00:00:00Z", "0999-12-31", datetime.date.min, "1970-01-01T00:00:00.000Z"],
)
def test_what_stands_for_no_day_is_none(value: str | datetime.date | None) -> None:
    assert read_date(value) is None
    assert Article("Rain.", published=value).published is None


@pytest.mark.parametrize("text", ["1000-01-01", "1970-01-01", "1970-01-01T10:00:00Z", "9999-12-31"])
def test_what_is_near_to_no_day_is_a_day(text: str) -> None:
    assert str(read_date(text)) == text[:10]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/09/2022", "2022-09-14"),
        ("09/14/2022", "2022-09-14"),
        ("05.05.2022", "2022-05-05"),
        ("31/12/99", "1999-12-31"),
    ],
)
def test_figures_with_one_reading(text: str, day: str) -> None:
    assert str(read_date(text)) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12/09/2022", "more than one date"),
        ("14/09/22", "more than one date"),
        ("2022-02-30", "no day of the calendar"),
        ("32/13/2022", "no day of the calendar"),
        ("Tuesday, 6 May 2024", "no day of the calendar"),
        ("Tuesday, 6 May 24", "no day of the calendar"),
        ("6 May 24", "is no date"),
        ("Jubilee, 6 May 2024", "is no date"),
        ("6 Mayor 2024", "is no date"),
        ("May 2024", "is no date"),
        ("171498912", "is no date"),
        ("soon", "is no date"),
        ("", "is no date"),
    ],
)
def test_what_is_no_single_day(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(text)
    with pytest.raises(ValueError, match=r'^"date" '):
        read_date(text, '"date"')


@given(st.datetimes(min_value=datetime.datetime(1000, 1, 1)))
def test_every_moment_is_read_back(moment: datetime.datetime) -> None:
    for form in ("%Y-%m-%dT%H:%M:%S", "%a, %d %b %Y %H:%M:%S +0000", "%c", "%A, %B %d, %Y - %H:%M", "%Y/%m/%d %H:%M"):
        text = moment.strftime(form)
        if f"{moment.year:04}" in text and (moment.year, moment.hour) != (1970, 0):
            assert read_date(text) == moment.date()


@given(st.text() | st.integers() | st.floats() | st.from_regex(r"\d{0,4}[-/. ]\d{0,3}[-/. ]\d{0,4}"))
def test_anything_is_a_day_none_or_a_value_error(value: str | float) -> None:
    try:
        found = read_date(value)
    except ValueError as error:
        assert "write it as YYYY-MM-DD" in str(error)  # noqa: PT017
    else:
        assert found is None or isinstance(found, datetime.date)
