"""Where times are read: a line, the day that relative words count from, and what the words of a language say."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import attrs

from consistency.facts.line import Line, group_phrases
from consistency.facts.nouns import NounReader, read_nouns
from consistency.facts.numbers import NumberReader, read_numbers
from consistency.facts.patterns import Match, Read
from consistency.facts.time.values import EDGES, Date, Days, Grain, Minutes, MonthDay, Time
from consistency.facts.units import CalendarWords, read_months, read_time_units
from consistency.language import Language, WordLists

REACH = 24  # words around a time in which its tense is looked for


@attrs.frozen
class TimeWords(WordLists):
    """The words of ``times.toml``."""

    contracted: tuple[str, ...]
    participle: tuple[str, ...]
    decade_words: tuple[str, ...]
    lists: Mapping[str, frozenset[str]]
    shifts: Mapping[str, int]
    deictic: Mapping[str, int]
    sides: Mapping[str, str]
    tails: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    edges: Mapping[str, str]
    long: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]


class Calendar:
    """What the words of a language mean on the calendar and the clock."""

    def __init__(self, language: Language) -> None:
        self.numbers: NumberReader = read_numbers(language)
        self.nouns: NounReader = read_nouns(language)
        self.words = words = language.read("times.toml", TimeWords)
        names = language.read("calendar.toml", CalendarWords)
        self.names = names
        self.months, self.units = read_months(language), read_time_units(language)
        self.long_months = {row.split()[0]: n for n, row in enumerate(names.months, 1)}
        self.weekdays = {word: n for n, row in enumerate(names.weekdays) for word in row.split()}
        self.long_weekdays = {row.split()[0]: n for n, row in enumerate(names.weekdays)}
        feasts = language.interpret("calendar.toml: feasts", names.feasts, _read_feast, "numbers like 12 31")
        self.feasts: dict[str, MonthDay | None] = {**dict.fromkeys(names.moving_feasts), **feasts}
        self.parts = language.interpret("times.toml: parts", words.parts, _read_part, "numbers like 720 1079")
        edges = {word: (part,) for word, part in words.edges.items()}
        self.edges = language.interpret("times.toml: edges", edges, _read_edge, f"one of {', '.join(EDGES)}")
        self.tails = group_phrases(words.tails)
        self.quarter = dict.fromkeys(words.quarter, "quarter")
        spans = {word: name for word, (name, many) in self.units.items() if not many and name in _SPANS}
        self.spans = spans | self.quarter
        self.name_months = tuple(name.capitalize() for name in names.name_months)
        months = "|".join(self.name_months)
        no_given = "|".join(name.capitalize() for name in names.no_given)
        self.names_before = re.compile(rf"\b(?:{months}) [A-Z][a-z]+")
        self.names_after = re.compile(rf"\b(?!(?:{no_given})\b)[A-Z][a-z]{{1,20}}\.? ({months})\b(?! \d)")


def _read_feast(_: str, month: str, day: str) -> tuple[int, int]:
    return Date(2000, int(month), int(day)).month, int(day)  # a day that some year has


def _read_part(_: str, first: str, last: str) -> Minutes:
    return int(first), int(last)


def _read_edge(_: str, part: str) -> str:
    return EDGES[EDGES.index(part)]


_SPANS = frozenset(("week", "month", "quarter", "year", "decade", "century"))


@functools.cache
def read_calendar(language: Language) -> Calendar:
    """Return what the words of a language mean on the calendar.

    >>> from consistency.language import ENGLISH
    >>> read_calendar(ENGLISH).months["sept"]
    9
    """
    return Calendar(language)


@attrs.frozen
class Scene:
    """A line of an article, and the day that relative words count from.

    ``names`` are the months that are persons here ("Theresa May", "April Jones"), ``titled`` says that every word may
    have a capital letter.
    """

    line: Line
    calendar: Calendar
    anchor: Date | None
    names: frozenset[str] = frozenset()
    titled: bool = False

    @property
    def words(self) -> TimeWords:
        """The words of times."""
        return self.calendar.words

    @property
    def numbers(self) -> NumberReader:
        """The reader of its numbers."""
        return self.calendar.numbers

    def build(self, match: Match, grain: Grain, days: Days | None = None, **more: Any) -> Read[Time]:
        """Return the time that a match tells, seen from the day that relative words count from."""
        first, last = days or (None, None)
        return match.read(Time(grain, first, last, anchor=self.anchor, **more))

    def tense(self, start: int, end: int) -> int:
        """Return -1 where the words around a time look back, 1 where they look ahead, 0 where none tells.

        The nearest cue before the time decides ("said on Monday that he will"), else the nearest one after it. "until"
        looks ahead of something that is, and back on something that was.

        >>> from consistency.language import ENGLISH
        >>> from consistency.model import Sentence
        >>> line = Line(Sentence(0, 0, 24, "He will leave on Friday."))
        >>> Scene(line, read_calendar(ENGLISH), None).tense(4, 5)
        1
        """
        before = list(self._clause(start))
        if self.line.previous(start) in self.words.until:
            said = [self.line.words[n] for n in before]
            return 1 if not self.words.lasting.isdisjoint(said) else next(filter(None, map(self._cue, before)), 1)
        after = range(end, min(end + REACH, self.line.size))
        return next(filter(None, map(self._cue, (*before, *after))), 0)

    def _clause(self, start: int) -> list[int]:
        """Return the words before a time from the nearest on, as far as its clause goes."""
        found, line = [], self.line
        for n in range(start - 1, max(start - 1 - REACH, -1), -1):
            gap = line.gap(n + 1)
            if ";" in gap or ": " in gap or ("," in gap and line.words[n + 1] in self.words.clauses):
                break
            found.append(n)
        return found

    def _cue(self, n: int) -> int:
        word, words = self._fold_month(n), self.words
        if word in words.future or word.endswith(words.contracted):
            return 1
        if word in words.past or (word.endswith(words.participle) and len(word) > 3):
            ahead = any(self._fold_month(m) in words.modals for m in range(max(n - 3, 0), n))
            return 1 if ahead else -1  # "will be held", "to be released"
        return 0

    def _fold_month(self, n: int) -> str:
        """Return the word ``n``, empty for a month: "May" is no "may"."""
        word = self.line.words[n]
        return "" if word in self.calendar.months and self.line.is_capital(n) else word
