"""Values for times and lengths of time, and the arithmetic of calendar intervals between them."""

from __future__ import annotations

import calendar
import datetime
import enum
import math
from collections.abc import Iterable

import attrs

from consistency.facts.intervals import Bounds, write_bounds
from consistency.facts.units import SECONDS

Date = datetime.date
Days = tuple[Date, Date]
MonthDay = tuple[int, int]
Yearly = tuple[MonthDay, MonthDay]
Minutes = tuple[int, int]


class Grain(enum.Enum):
    """How exactly a time is said; the value is its length in days.

    >>> Grain.WEEK.value
    7
    """

    CLOCK = 0
    DAY = 1
    WEEK = 7
    MONTH = 30
    QUARTER = 91
    HALF = 182
    YEAR = 365
    DECADE = 3652
    CENTURY = 36525


@attrs.frozen
class Time:
    """A point or an interval of the calendar, of the clock, or of both.

    Attributes:
        grain: how exactly it is said.
        first, last: its first and last day; ``None`` where they cannot be resolved.
        clock: first and last minute of the day, where a clock time or a part of the day is said.
        zone: the time zone of the clock, in lower case.
        weekday: the day of the week as it was said, Monday is 0.
        yearly: first and last (month, day), where they were said without a year.
        words: the folded words, where the days cannot be resolved.
        shift: how many of its grains it lies from the publication ("last week" is -1).
        anchor: the day of publication.
        absolute: the words themselves say the year.
        ranged: both ends were said ("September 15-16", "from 9 a.m. to 5 p.m.").

    >>> print(Time(Grain.DAY, datetime.date(2022, 9, 15), datetime.date(2022, 9, 16)))
    2022-09-15/2022-09-16
    """

    grain: Grain
    first: Date | None = None
    last: Date | None = None
    clock: Minutes | None = None
    zone: str = ""
    weekday: int | None = None
    yearly: Yearly | None = None
    words: str = ""
    shift: int | None = attrs.field(default=None, eq=False)
    anchor: Date | None = attrs.field(default=None, eq=False)
    absolute: bool = attrs.field(default=False, eq=False)
    ranged: bool = attrs.field(default=False, eq=False)

    @property
    def days(self) -> Days | None:
        """Its first and last day, ``None`` where they cannot be resolved."""
        return (self.first, self.last) if self.first and self.last else None

    def __str__(self) -> str:
        if self.grain is Grain.CLOCK:
            return _clock_words(self.clock or (0, 0), self.zone)
        if self.first is None or self.last is None:
            return self.words or "unresolved"
        days = self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"
        return f"{days} {_clock_words(self.clock, self.zone)}" if self.clock else days


@attrs.frozen
class Duration(Bounds):
    """A length of time in seconds, as an interval, with where it lies.

    ``side`` is "before" or "after" something that is told, "past" or "coming" as seen from the publication, or empty;
    ``unit`` is the unit that was said.

    >>> print(Duration(3 * 604800, 3 * 604800, "week"))
    3 weeks
    """

    unit: str = attrs.field(eq=False)
    side: str = ""

    @property
    def grain(self) -> float:
        """The length of the unit that was said."""
        return SECONDS[self.unit]

    def __str__(self) -> str:
        low, high = (
            "" if bound in (None, math.inf) else f"{bound / self.grain:.4g}" for bound in (self.low, self.high)
        )
        length = write_bounds(low, high, approximate=self.approximate and self.high != math.inf)
        unit = self.unit if (high or low) == "1" else _PLURALS.get(self.unit, f"{self.unit}s")
        return f"{length} {unit} {self.side}".rstrip()


_PLURALS = {"century": "centuries"}


def _clock_words(clock: Minutes, zone: str) -> str:
    first, last = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in clock)
    return (first if first == last else f"{first}-{last}") + (f" {zone.upper()}" if zone else "")


GRAINS = dict.fromkeys(("second", "minute", "hour"), Grain.DAY) | {
    grain.name.lower(): grain for grain in Grain if grain is not Grain.CLOCK
}
GRAINS["fortnight"] = Grain.WEEK


def span_months(first: int, count: int = 1) -> Yearly:
    """Return the first and the last day of some months, 29 February where the year is not known.

    >>> span_months(12, 3)
    ((12, 1), (2, 29))
    """
    last = (first + count - 2) % 12 + 1
    return (first, 1), (last, calendar.monthrange(2000, last)[1])


def forget_year(first: Date, last: Date) -> Yearly:
    """Return an interval of days as one of any year.

    >>> forget_year(Date(2022, 8, 1), Date(2022, 8, 31))
    ((8, 1), (8, 31))
    """
    return (first.month, first.day), (last.month, last.day)


def place(yearly: Yearly, year: int) -> Days | None:
    """Return the days of a yearly interval that starts in a year, ``None`` where its first day does not exist.

    >>> [str(day) for day in place(((12, 1), (2, 29)), 2022)]
    ['2022-12-01', '2023-02-28']
    """
    first, last = yearly
    end = year + (last < first)
    try:
        start = Date(year, *first)
        return start, Date(end, last[0], min(last[1], calendar.monthrange(end, last[0])[1]))
    except ValueError:
        return None


def place_around(yearly: Yearly, anchor: Date | None) -> list[Days]:
    """Return the days of a yearly interval in the years around a day, none where that is not known.

    >>> [days[0].year for days in place_around(((2, 29), (2, 29)), Date(2022, 9, 14))]
    [2020, 2024]
    """
    years = range(anchor.year - 4, anchor.year + 5) if anchor else ()  # 29 February
    return [days for year in years if (days := place(yearly, year))]


def fit(spans: Iterable[Days], anchor: Date | None, behind: float, ahead: float) -> Days | None:
    """Return the interval that is nearest to a day, of those that lie at most so many days behind and ahead of it.

    Where none does it is the nearest one, and ``None`` of none, or where the day is not known. One that is less than 0
    days ahead ended before the day.

    >>> augusts = place_around(((8, 1), (8, 31)), Date(2022, 8, 24))
    >>> [str(fit(augusts, Date(2022, 8, 24), *sides)[0]) for sides in ((0, 0), (400, -1), (-1, 400))]
    ['2022-08-01', '2021-08-01', '2023-08-01']
    """
    if anchor is None:
        return None

    def rank(days: Days) -> tuple[bool, int, Days]:
        gap = max((days[0] - anchor).days, min(0, (days[1] - anchor).days))
        return not -behind <= gap <= ahead, abs(gap), days

    return min(spans, key=rank, default=None)


def shift_months(day: Date, months: int, length: int = 1) -> Days:
    """Return first and last day of the run of ``length`` months that lies ``months`` from the month of ``day``.

    >>> [str(day) for day in shift_months(Date(2022, 9, 14), -7)]
    ['2022-02-01', '2022-02-28']
    """
    count = day.year * 12 + day.month - 1 + months
    last = count + length - 1
    return (
        Date(count // 12, count % 12 + 1, 1),
        Date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1]),
    )


def days_of(anchor: Date, unit: str, shift: int) -> Days:
    """Return the calendar week, month, quarter, year, decade or century that is ``shift`` of them away.

    >>> [str(day) for day in days_of(Date(2022, 9, 5), "week", 1)]
    ['2022-09-12', '2022-09-18']
    """
    if unit == "day":
        day = anchor + datetime.timedelta(shift)
        return day, day
    if unit == "week":
        monday = anchor + datetime.timedelta(7 * shift - anchor.weekday())
        return monday, monday + datetime.timedelta(6)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    offset = (anchor.year * 12 + anchor.month - 1) % months
    return shift_months(anchor, months * shift - offset, months)


EDGES = "early", "mid", "late", "first", "second", "last"


def cut(first: Date, last: Date, part: str) -> Days:
    """Return a part of an interval: "early", "mid" or "late", the "first" or "second" half, a week ("1"-"4", "last").

    >>> [str(day) for day in cut(Date(2022, 8, 1), Date(2022, 8, 31), "late")]
    ['2022-08-21', '2022-08-31']
    """
    days = (last - first).days + 1

    def take(start: int, end: int) -> Days:
        return first + datetime.timedelta(start), first + datetime.timedelta(min(end, days) - 1)

    third = round(days / 3)
    if part.isdigit():
        week = min(int(part) * 7, days - 1)
        return take(week - 7, week) if week >= 7 else (first, last)
    return {
        "early": take(0, third),
        "mid": take(third, 2 * third),
        "late": take(2 * third, days),
        "first": take(0, days // 2),
        "second": take(days // 2, days),
        "last": take(max(0, days - 7), days),
    }[part]


_HALVES: dict[str, Yearly] = {"first": ((1, 1), (6, 30)), "second": ((7, 1), (12, 31))}  # of a year


def slice_time(time: Time, part: str) -> Time | None:
    """Return the part of a time that "early", "the first half of", "the last week of" and the like cut out of it.

    >>> print(slice_time(Time(Grain.MONTH, Date(2022, 8, 1), Date(2022, 8, 31)), "late"))
    2022-08-21/2022-08-31
    """
    if time.grain is Grain.DAY or time.clock:
        clock = {"early": (0, 539), "late": (1080, 1439)}.get(part)
        if time.clock or time.first != time.last:
            return time
        return attrs.evolve(time, clock=clock) if clock else None
    whole = time.grain is Grain.YEAR and not time.ranged and part in _HALVES
    if whole and time.first and (half := place(_HALVES[part], time.first.year)):
        return attrs.evolve(time, first=half[0], last=half[1], grain=Grain.HALF, shift=None)
    if time.yearly and (days := place(time.yearly, 2000)):
        time = attrs.evolve(time, yearly=forget_year(*cut(*days, part)))
    if time.days:
        first, last = cut(*time.days, part)
        time = attrs.evolve(time, first=first, last=last)
    return attrs.evolve(time, shift=None)
