"""Reader of times: rules by their first words, parts cut out of a time, and ranges from one time to another."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from consistency.facts.line import DIGITS
from consistency.facts.patterns import Grammar, Match, Read, Slot, collect_functions, list_words
from consistency.facts.time import clock, dates, lengths, slices
from consistency.facts.time.scene import Calendar, Scene, read_calendar
from consistency.facts.time.values import Duration, Grain, Time, fit, place, place_around, span_months
from consistency.language import Language

TimeRead = Read["Time | Duration"]
MOVED = 12  # words before a range, among which one says that something was moved from one day to another
_OUTER = ("slice", "week_of", "period")  # they hold a time, which holds no other
_GLUE = frozenset("-/.,:$€£#")


class TimeReader:
    """Reads the times of a language."""

    def __init__(self, language: Language) -> None:
        self.calendar: Calendar = read_calendar(language)
        calendar, words = self.calendar, self.calendar.words
        digits, amounts = frozenset({DIGITS}), calendar.numbers.starts | {DIGITS} | words.loose
        ordinals = digits.union(calendar.numbers.ordinals, calendar.numbers.tens)
        bounds = calendar.numbers.bound_phrases.keys() | words.time_bounds
        feasts = frozenset(name.split()[0] for name in calendar.feasts)
        periods = {word: name for word, (name, _) in calendar.units.items() if name in slices.MONTHS}
        starts = {"month": calendar.months.keys(), "nth": ordinals, "spelled": calendar.numbers.starts, "feast": feasts}
        starts |= {"amount": amounts, "bound": bounds, "half": frozenset(), "tail": frozenset()}
        readers = collect_functions("read_", clock, dates, lengths)
        slots: dict[str, Slot[Scene]] = {name: Slot(read, starts.get(name, digits)) for name, read in readers.items()}
        slots |= {
            "ordinal": Slot(dates.read_nth, ordinals - digits),
            "long_month": _look_up({word: span_months(n) for word, n in calendar.long_months.items()}, capital=True),
            "wd": _look_up(calendar.weekdays, capital=True),
            "weekday": _look_up(calendar.long_weekdays),
            "season": _look_up({word: span_months(n, 3) for word, n in calendar.names.seasons.items()}),
            "part": _look_up({part: part for part in words.day_parts}),
            "span": _look_up(calendar.spans),
            "period": _look_up(periods | calendar.quarter),
            "unit": _look_up({word: name for word, (name, _) in calendar.units.items()}),
            "units": _look_up({word: name for word, (name, many) in calendar.units.items() if many}),
            "time": Slot(self._read_inner, frozenset()),
        }
        builders = collect_functions("build_", clock, dates, lengths, slices)
        self.grammar: Grammar[Scene, Time | Duration] = Grammar(
            words.rules, builders, slots, list_words(words), f"times.toml of language {language.name}"
        )
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
        first, line, end = left.value, scene.line, left.end
        hyphen = line.gap(end).strip() == "-"
        if not _is_edge(first) or not (hyphen or (line.gap(end).isspace() and self._joins(scene, end, left.start))):
            return left
        right = self._read_second(scene, first, end + (not hyphen))
        joined = _join(first, right[0]) if right else None
        return Read(joined, left.start, right[1]) if right and joined else left

    def _read_second(self, scene: Scene, first: Time, k: int) -> tuple[Time, int] | None:
        if first.grain is Grain.YEAR and (year := dates.read_years(scene, k)) and year[0][0] == year[0][1]:
            return dates.years(scene, Match(k, year[1], {}), Grain.YEAR, *year[0]).value, year[1]
        right = self.grammar.read(scene, k)
        if right and _is_edge(right.value) and right.value.grain is first.grain:
            return right.value, right.end
        return None

    @staticmethod
    def _joins(scene: Scene, k: int, start: int) -> bool:
        word, words, numbers = scene.line.words[k], scene.words, scene.numbers.words
        if word in numbers.and_:
            return scene.line.previous(start) in numbers.between
        moved = word in numbers.to and not words.moved.isdisjoint(scene.line.words[max(start - MOVED, 0) : start])
        return word in words.range_links and not moved


def _is_edge(time: Time | Duration) -> TypeGuard[Time]:
    """Say whether a time can be the first or the last one of a range."""
    return isinstance(time, Time) and time.grain is not Grain.CLOCK and not time.ranged and time.clock is None


def _look_up(table: Mapping[str, Any], *, capital: bool = False) -> Slot[Scene]:
    """Return a slot for the words of a table, which reads what they stand for, perhaps only with a capital letter."""

    def read(scene: Scene, k: int) -> tuple[Any, int] | None:
        value = table.get(scene.line.words[k])
        return None if value is None or (capital and not scene.line.is_capital(k)) else (value, k + 1)

    return Slot(read, frozenset(table))


def _join(left: Time, right: Time) -> Time | None:
    """Return the range from one time to another; a year that only the second one says holds for both."""
    first, last = left.first, right.last
    if left.yearly and right.absolute and right.last:
        days = fit(place_around(left.yearly, right.last), right.last, math.inf, 0)
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


@functools.cache
def read_times(language: Language) -> TimeReader:
    """Return the reader of the times of a language."""
    return TimeReader(language)
