"""Units, lengths of time and the names of the calendar, as their files hold them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import attrs

from consistency.language import Language, WordLists

SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "fortnight": 1209600,
    "month": 2629800,
    "year": 31557600,
    "decade": 315576000,
    "century": 3155760000,
}
"""Length of a unit; a month is a twelfth of a Julian year."""


@attrs.frozen
class UnitWords(WordLists):
    """The words of ``units.toml``."""

    units: Mapping[str, tuple[str, ...]]
    rates: Mapping[str, tuple[str, ...]]
    degrees: Mapping[str, frozenset[str]]
    times: Mapping[str, tuple[str, ...]]
    aspects: Mapping[str, frozenset[str]]
    per: Mapping[str, frozenset[str]]
    slash: Mapping[str, frozenset[str]]
    adverbs: Mapping[str, frozenset[str]]
    currencies: Mapping[str, frozenset[str]]
    nations: Mapping[str, frozenset[str]]
    prefixes: Mapping[str, frozenset[str]]
    symbols: Mapping[str, str]
    cents: Mapping[str, frozenset[str]]


@attrs.frozen
class CalendarWords(WordLists):
    """The words of ``calendar.toml``."""

    months: tuple[str, ...]
    name_months: tuple[str, ...]
    no_given: tuple[str, ...]
    weekdays: tuple[str, ...]
    moving_feasts: tuple[str, ...]
    feasts: Mapping[str, tuple[str, ...]]
    seasons: Mapping[str, int]


@functools.cache
def read_time_units(language: Language) -> dict[str, tuple[str, bool]]:
    """Return for each word of a length of time what it is, and whether it is a plural.

    >>> from consistency.language import ENGLISH
    >>> read_time_units(ENGLISH)["mins"]
    ('minute', True)
    """
    times = language.read("units.toml", UnitWords).times  # singular and plural in turn
    return {word: (name, n % 2 == 1) for name, row in times.items() for n, word in enumerate(row)}


@functools.cache
def read_months(language: Language) -> dict[str, int]:
    """Return the names of months, long and short, with their numbers.

    >>> from consistency.language import ENGLISH
    >>> read_months(ENGLISH)["sept"]
    9
    """
    rows = language.read("calendar.toml", CalendarWords).months
    return {word: n for n, row in enumerate(rows, 1) for word in row.split()}


def read_calendar_names(language: Language) -> frozenset[str]:
    """Return the names of months and of days of the week, long and short.

    >>> from consistency.language import ENGLISH
    >>> {"sept", "friday", "winter"} & read_calendar_names(ENGLISH) == {"sept", "friday"}
    True
    """
    days = language.read("calendar.toml", CalendarWords).weekdays
    return frozenset(word for row in days for word in row.split()).union(read_months(language))
