"""Days as metadata writes them: ISO 8601, e-mail and feeds, ctime and JavaScript, timestamps, and dates in words.

A day is the one that is written, moved to no other time zone; what has two readings is not guessed.
"""

from __future__ import annotations

import datetime
import itertools
import re
from typing import TypeAlias

DateLike: TypeAlias = "datetime.date | str | int | float"

_FIRST_YEAR = 1000  # what is before it stands for "unknown" (0001-01-01)
_CENTURY = 69  # two digits below it are of this century, as POSIX has it
_SHOWN = 80  # characters of a value in a message

# Metadata has them whatever its article is written in, as RFC 5322 does; text has those of calendar.toml.
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZONE = (
    r"(?:(?:Z|UTC|GMT|BST|IST|WES?T|CES?T|EES?T|MSK|JST|KST|HKT|SGT|AE[DS]T|(?:AK|HA?|[ECMP])[DS]?T)\b)?"
    r"(?:[+-]\d{2}(?::?\d{2})?)?"
)
CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)"
    rf"(?: ?(?=[A-Z+-]){_ZONE})?(?: \([A-Za-z][A-Za-z .]{{0,39}}\)|\[[\w/+-]{{1,40}}\])?"
)
NUMERIC = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"

_UNSET = re.compile(r"1970-01-01[T ]00:00(?::00)?[^1-9]*")  # a timestamp of zero
_STAMP = re.compile(r"(?:/Date\()?(\d{10})(?:\d{3}){0,2}(?:\.\d+|[+-]\d{4})?(?:\)/)?")
_ISO = re.compile(
    rf"(\d{{4}})([-/.]?)(\d\d)\2(\d\d)(?:(?:T|,? ){CLOCK}|(?:T?\d{{4}}(?:\d\d)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.I
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_WRITTEN = re.compile(
    rf"(?:(?:first )?(?:published|posted|updated)(?: on)?:? )?(?:{CLOCK},? )?"
    rf"(?:([a-z]{{3,9}})\.?,? )?(?:{_DAY}(?: of)?[ -]([a-z]{{3,9}})\.?|([a-z]{{3,9}})\.? {_DAY})"
    rf"(?: {CLOCK})?,?[ -](\d{{4}}|\d\d)(?:(?:,| at| [–—|/·•-])* {CLOCK})?",
    re.I,
)
_NUMERIC = re.compile(rf"(\d{{1,4}})([-/.])(\d{{1,2}})\2(\d{{1,4}})(?:,? {CLOCK})?", re.I)


def read_date(value: DateLike | None, name: str | None = None) -> datetime.date | None:
    """Return the day that ``value`` is, None where it stands for no day.

    That is nothing, a year such as 1, or the moment at which Unix time starts.

    Args:
        value: a date, a date with a time, a string, or a Unix timestamp in seconds or milliseconds, whose day is that
            of UTC.
        name: what to call the value in an error; its own words if left out.

    Raises:
        ValueError: it is no date, no day of the calendar, or one with two readings; the message says which.

    >>> read_date("Monday, May 6, 2024 - 10:32"), read_date(1714989120)
    (datetime.date(2024, 5, 6), datetime.date(2024, 5, 6))
    >>> read_date("0001-01-01T00:00:00Z") is None
    True
    >>> read_date("05/06/2024")
    Traceback (most recent call last):
    ValueError: '05/06/2024' can be read as more than one date; write it as YYYY-MM-DD
    """
    if value is None or _UNSET.fullmatch(str(value)):
        return None
    if isinstance(value, datetime.date):
        days = {value.date() if isinstance(value, datetime.datetime) else value}
        why = ""
    else:
        text = " ".join(str(value)[:200].split()).rstrip(" .,")
        try:
            days = _find_days(text)
            why = "can be read as more than one date" if days else "is no date"
        except ValueError:
            days, why = set(), "is no day of the calendar"
    if len(days) != 1:
        raise ValueError(f"{name or repr(str(value)[:_SHOWN])} {why}; write it as YYYY-MM-DD")
    (day,) = days
    return day if day.year >= _FIRST_YEAR else None


def is_written(text: str) -> bool:
    """Say whether ``text`` has the form of a day with its month in words.

    >>> is_written("14 September 2022"), is_written("palms of 2022")
    (True, False)
    """
    return _WRITTEN.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Say whether ``text`` is a day and nothing else: a headline may be a day of history, or have digits.

    >>> is_day("2024-03-05T10:00Z"), is_day("March 5, 2024 10:32 GMT"), is_day("05/06/2024"), is_day("24 dead")
    (True, True, False, False)
    """
    try:
        return not text.isdecimal() and read_date(text) is not None
    except ValueError:
        return False


def _find_days(text: str) -> set[datetime.date]:
    """Return every day that ``text`` can be; raise ValueError if it is written as one that does not exist."""
    if found := _STAMP.fullmatch(text):
        return {(datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(found[1]))).date()}
    if found := _ISO.fullmatch(text):
        return {_make(found[1], found[3], found[4])}
    if found := _WRITTEN.fullmatch(text):
        return _read_words(*found.groups())
    if found := _NUMERIC.fullmatch(text):
        return _read_figures(found[1], found[3], found[4])
    return set()


def _make(year: str, month: str, day: str) -> datetime.date:
    number = int(year)
    if len(year) < 3:
        number += 2000 if number < _CENTURY else 1900
    return datetime.date(number, int(month), int(day))


def _read_words(
    weekday: str | None, before: str | None, month: str | None, other: str | None, after: str | None, year: str
) -> set[datetime.date]:
    months = [n for n, name in enumerate(_MONTHS, 1) if name.startswith((month or other or "?").lower())]
    weekdays = [n for n, name in enumerate(_WEEKDAYS) if name.startswith((weekday or name).lower())]
    if not months or not weekdays or (len(year) == 2 and not weekday):  # the weekday confirms a short year
        return set()
    day = _make(year, str(months[0]), before or after or "0")
    if day.weekday() not in weekdays:
        raise ValueError(weekday)
    return {day}


def _read_figures(first: str, middle: str, last: str) -> set[datetime.date]:
    """Return the days that three numbers can be: year first, or last with the month or the day before it."""
    readings = [(last, middle, first), (last, first, middle)] if len(first) < 3 else []
    readings += [(first, middle, last)] if len(last) < 3 else []
    days = {day for day in itertools.starmap(_try_make, readings) if day}
    if not days:
        raise ValueError(first)
    return days


def _try_make(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return _make(year, month, day)
    except ValueError:
        return None
