"""Reader of times: rules by their first words, parts cut out of a time, and ranges from one time to another."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping

import attrs

from consistency.facts.line import DIGITS
from consistency.facts.patterns import Grammar, Match, Read, Slot, list_words
from consistency.facts.time import clock, dates, lengths
from consistency.facts.time.scene import Calendar, Scene, read_calendar
from consistency.facts.time.values import (
    Date,
    Days,
    Duration,
    Grain,
    MonthDay,
    Time,
    Yearly,
    days_of,
    forget_year,
    place,
    shift_months,
    slice_time,
)
from consistency.language import Language

TimeRead = Read["Time | Duration"]
MOVED = 12  # words before a range, among which one says that something was moved from one day to another
_OUTER = ("slice", "week_of", "period")  # they hold a time, which holds no other
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LENGTHS = (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR)
_GLUE = frozenset("-/.,:$€£#")


class TimeReader:
    """Reads the times of a language."""

    def __init__(self, language: Language) -> None:
        self.calendar: Calendar = read_calendar(language)
        calendar, words = self.calendar, self.calendar.words
        digits = frozenset({DIGITS})
        ordinals = digits.union(calendar.numbers.ordinals, calendar.numbers.tens)
        amounts = calendar.numbers.starts | digits | words.loose
        bounds = calendar.numbers.bound_phrases.keys() | words.time_bounds
        feasts = frozenset(name[0] for name in (*calendar.feasts, *calendar.moving))

        slots: dict[str, Slot[Scene]] = {
            "numeric": Slot(dates.read_numeric, digits),
            "days": Slot(dates.read_days, digits),
            "month": Slot(dates.read_month, frozenset(calendar.months)),
            "long_month": _look_up(calendar.long_months, capital=True),
            "wd": _look_up(calendar.weekdays, capital=True),
            "weekday": _look_up(calendar.long_weekdays),
            "ordinal": Slot(dates.read_nth, ordinals - digits),
            "nth": Slot(dates.read_nth, ordinals),
            "spelled": Slot(dates.read_spelled, calendar.numbers.starts),
            "year": Slot(dates.read_year, digits),
            "years": Slot(dates.read_years, digits),
            "short_year": Slot(dates.read_short_year, digits),
            "decade": Slot(dates.read_decade, digits),
            "day_nth": Slot(dates.read_day_nth, digits),
            "feast": Slot(dates.read_feast, feasts),
            "season": _look_up(calendar.names.seasons),
            "part": _look_up({part: part for part in words.day_parts}),
            "span": _look_up(calendar.spans),
            "period": _look_up(
                {word: name for word, (name, _) in calendar.units.items() if name in _MONTHS} | calendar.quarter
            ),
            "hour": Slot(clock.read_hour, digits),
            "amount": Slot(lengths.read_amount, amounts),
            "unit": _look_up({word: name for word, (name, _) in calendar.units.items()}),
            "units": _look_up({word: name for word, (name, many) in calendar.units.items() if many}),
            "bound": Slot(lengths.read_bound, bounds),
            "half": Slot(lengths.read_half, frozenset()),
            "tail": Slot(lengths.read_tail, frozenset()),
            "time": Slot(self._read_inner, frozenset()),
        }
        self.grammar: Grammar[Scene, Time | Duration] = Grammar(words.rules, _BUILDERS, slots, list_words(words))
        lengths_only = (calendar.numbers.words.articles | bounds) - words.edges.keys()
        self._starts = frozenset(self.grammar.starts)
        self._starts_of_no_length = self._starts - lengths_only

    def read(self, scene: Scene) -> Iterator[Read[Time | Duration]]:
        """Yield what is read in a line from left to right; nothing overlaps."""
        line, floor = scene.line, 0
        timed = not self.calendar.units.keys().isdisjoint(line.words)
        starts = self._starts if timed else self._starts_of_no_length
        for k in line.find(starts):
            if k < floor or (line.is_digits(k) and line.gap(k)[-1:] in _GLUE):
                continue  # COVID-19, $5
            if read := self.grammar.read(scene, k):
                read = self._read_range(scene, read)
                floor = read.end
                yield read

    def _read_inner(self, scene: Scene, k: int) -> tuple[Time, int] | None:
        """Read the time that a word cuts a part out of: "late August"."""
        _, read = next(self.grammar.read_all(scene, k, without=_OUTER), ("", None))
        time = read.value if read else None
        if read and isinstance(time, Time) and time.grain is not Grain.CLOCK and read.start == k:
            return time, read.end
        return None

    def _read_range(self, scene: Scene, left: TimeRead) -> TimeRead:
        """Return the range that starts with a time ("March 3 to March 5"), or the time itself."""
        time, line, end = left.value, scene.line, left.end
        if not isinstance(time, Time) or time.grain is Grain.CLOCK or time.ranged or time.clock:
            return left
        word = line.words[end]
        hyphen = line.gap(end).strip() == "-"
        if not hyphen and not (word in scene.words.range_links and line.gap(end).isspace()):
            return left
        start = end + (not hyphen)
        if not hyphen and not self._joins(scene, word, left.start):
            return left
        right = self._read_second(scene, time, start)
        joined = _join(time, right.value) if right and isinstance(right.value, Time) else None
        return Read(joined, left.start, right.end) if right and joined else left

    def _read_second(self, scene: Scene, first: Time, k: int) -> TimeRead | None:
        if first.grain is Grain.YEAR and (year := dates.read_years(scene, k)) and year[0][0] == year[0][1]:
            return dates.years(scene, Match(scene.line, k, year[1], {}), Grain.YEAR, *year[0])
        right = self.grammar.read(scene, k)
        time = right.value if right else None
        if not isinstance(time, Time) or time.grain is not first.grain or time.clock or time.ranged:
            return None
        return right

    @staticmethod
    def _joins(scene: Scene, word: str, start: int) -> bool:
        words, numbers = scene.words, scene.numbers.words
        if word in numbers.and_:
            return scene.line.previous(start) in numbers.between
        return word not in numbers.to or words.moved.isdisjoint(scene.line.words[max(start - MOVED, 0) : start])


def _look_up(table: Mapping[str, int] | Mapping[str, str], *, capital: bool = False) -> Slot[Scene]:
    """Return a slot for the words of a table, which reads what they stand for, perhaps only with a capital letter."""

    def read(scene: Scene, k: int) -> tuple[int | str, int] | None:
        value = table.get(scene.line.words[k])
        return None if value is None or (capital and not scene.line.is_capital(k)) else (value, k + 1)

    return Slot(read, frozenset(table))


def _build_slice(scene: Scene, match: Match) -> TimeRead | None:
    """Build a part of a time: "late August", "earlier this week", "end of 2014", "the night of August 14"."""
    time: Time = match["time"] or dates.relative(scene, match, match["span"], 0).value
    if match["part"]:
        day = time.grain is Grain.DAY
        return match.read(attrs.evolve(time, clock=scene.calendar.parts[match["part"]])) if day else None
    if match["shifted"]:
        part = _up_to_now(time, earlier=scene.words.sides[match["shifted"]] == "before")
        inner = match.place("time" if match["time"] else "span")[0]
        return Read(part, inner if part is time else match.start, match.end)
    if match["edge"]:
        edge = scene.words.edges[match["edge"]]
    elif "week|weeks" in match.values:
        edge = str(match["nth"]) if match["nth"] < 5 else ""
    else:
        edge = {1: "first", 2: "second"}.get(match["nth"], "")
    cut = slice_time(time, edge) if edge else None
    return match.read(cut) if cut else None


def _up_to_now(time: Time, *, earlier: bool) -> Time:
    """Return what of "this month" lies before ("earlier") or after ("later") the publication."""
    if time.shift != 0 or time.grain is Grain.DAY:
        return time
    first, last = time.days or (None, None)
    if last and time.anchor and earlier:
        last = min(last, time.anchor)
    elif first and time.anchor:
        first = max(first, time.anchor)
    return attrs.evolve(time, first=first, last=last, shift=None)


def _build_week(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the week of September 30", "the week ending March 8", "the weekend of May 3"."""
    time: Time = match["time"]
    if time.grain is not Grain.DAY or time.weekday is not None or time.clock or time.ranged:
        return None
    if not time.last:  # the day may be any of its week, unless it ends it
        wide = _around(time.yearly[0], 0 if match["end"] else 6) if time.yearly else None
        return match.read(Time(Grain.WEEK, yearly=wide, anchor=scene.anchor))
    first, last = days_of(time.last, "week", 0)
    if match["end"]:
        first, last = time.last - datetime.timedelta(6), time.last
    elif match["weekend"]:
        first = last - datetime.timedelta(1)
    yearly = forget_year(first, last) if time.yearly else None
    grain = Grain.DAY if match["weekend"] else Grain.WEEK
    return match.read(attrs.evolve(time, grain=grain, first=first, last=last, yearly=yearly))


def _build_period(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the three months to March 31", "the year ended June 30", "the first nine months of 2019"."""
    time: Time = match["time"] or dates.relative(scene, match, match["span"], 0).value
    months = int((match["amount"].low if match["amount"] else 1) * _MONTHS[match["unit"]])
    whole = time.grain is Grain.YEAR if match["edge"] else time.grain in (Grain.DAY, Grain.MONTH)
    if not whole or time.weekday is not None or time.ranged or not 0 < months <= 12:
        return None
    if scene.words.edges.get(match["edge"] or "") == "early":
        days = shift_months(time.first, 0, months) if time.first else None
    else:
        days = _before(time.last, months) if time.last else None
    yearly = None
    if time.yearly and (ended := place(time.yearly, 2001)) and (span := _before(ended[1], months)):
        yearly = forget_year(span[0], span[0])[0], time.yearly[1]
    grain = min(_LENGTHS, key=lambda grain: abs(grain.value - 30 * months))
    first, last = days or (None, None)
    return match.read(attrs.evolve(time, grain=grain, first=first, last=last, yearly=yearly))


def _before(last: Date, months: int) -> Days | None:
    """Return the months that end with a day."""
    if not 2 < last.year < 9990:
        return None
    after = last + datetime.timedelta(1)
    month, end = shift_months(after, -months)
    return month.replace(day=min(after.day, end.day)), last


def _around(day: MonthDay, after: int) -> Yearly:
    """Return six days before a day of any year up to some days behind it."""
    middle = Date(2000, *day)
    return forget_year(middle - datetime.timedelta(6), middle + datetime.timedelta(after))


def _join(left: Time, right: Time) -> Time | None:
    """Return the range from one time to another; a year that only the second one says holds for both."""
    first, last = left.first, right.last
    if left.yearly and right.absolute and right.last:
        days = place(left.yearly, right.last.year)
        if days and days[0] > right.last:
            days = place(left.yearly, right.last.year - 1)
        first = days[0] if days else None
    elif left.yearly and right.yearly and first:
        first, last = place((left.yearly[0], right.yearly[1]), first.year) or (None, None)
    elif left.weekday is not None and right.weekday is not None and first:
        last = first + datetime.timedelta((right.weekday - left.weekday) % 7)
    if (first is None) != (last is None) or (first and last and first > last):
        return None
    yearly = (left.yearly[0], right.yearly[1]) if left.yearly and right.yearly else None
    absolute = right.absolute and (left.absolute or left.yearly is not None)
    return Time(left.grain, first, last, yearly=yearly, anchor=left.anchor, absolute=absolute, ranged=True)


_BUILDERS: dict[str, Callable[[Scene, Match], TimeRead | None]] = {
    "numeric": dates.build_numeric,
    "feast": dates.build_feast,
    "slice": _build_slice,
    "week_of": _build_week,
    "period": _build_period,
    "neighbour": lengths.build_neighbour,
    "sided": lengths.build_sided,
    "relative": dates.build_relative,
    "bare": lengths.build_bare,
    "deictic": dates.build_deictic,
    "before_last": dates.build_before_last,
    "day_before": lengths.build_beside,
    "long": lengths.build_long,
    "hours": clock.build_hours,
    "clock": clock.build_clock,
    "oclock": clock.build_oclock,
    "daypart": clock.build_part,
    "century": dates.build_century,
    "date": dates.build_date,
    "day": dates.build_day,
    "decade": dates.build_decade,
    "quarter": dates.build_quarter,
    "half": dates.build_half,
    "season": dates.build_season,
    "weekend": dates.build_weekend,
    "weekday": dates.build_weekday,
    "month": dates.build_month,
    "duration": lengths.build_duration,
    "year": dates.build_years,
}


@functools.cache
def read_times(language: Language) -> TimeReader:
    """Return the reader of the times of a language."""
    return TimeReader(language)
