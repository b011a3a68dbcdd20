"""Times and durations of an article: found, resolved against the day of publication, compared as intervals.

The values are those of ``values.py``, the grammar is in ``reader.py``. Measured on news sentences the general date
parsers find half as much and read "may" and "COVID-19" as times, so finding and normalising is our own.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

import attrs

from consistency.facts.intervals import compare_bounds, is_conversion
from consistency.facts.line import Line, read_lines
from consistency.facts.patterns import Read
from consistency.facts.time.clock import DAY
from consistency.facts.time.reader import TimeReader, read_times
from consistency.facts.time.scene import Calendar, Scene
from consistency.facts.time.signals import measure
from consistency.facts.time.values import Date, Days, Duration, Grain, Time, days_of, place, place_around
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Role, Sentence
from consistency.text import fold

__all__ = ["Duration", "Grain", "Time", "compare", "find", "is_vague", "measure", "read"]

DATELINE = 7  # how many days from the publication the date of a dateline may lie


def find(article: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the times and durations of each sentence, in order of start.

    They are resolved against ``article.published``, or the date of a dateline that is near it or stands in for it.
    Recurring, vague and idiomatic uses ("once a day", "one day", "now") are left out, and so are ages.

    >>> text = "The talks of last week went on until September 16."
    >>> ((last_week, until),) = find(Article(text, published="2022-09-14"), [Sentence(0, 0, len(text), text)])
    >>> print(last_week, "|", last_week.value, "|", until.value)
    last week | 2022-09-05/2022-09-11 | 2022-09-16
    """
    return tuple(
        tuple(_make(line, found) for found in times) for line, times in read(article, tuple(sentences), language)
    )


@functools.lru_cache(2)  # quantities ask for the same times
def read(
    article: Article, sentences: tuple[Sentence, ...], language: Language
) -> tuple[tuple[Line, tuple[Read[Time | Duration], ...]], ...]:
    """Return the line of each sentence, and the times in it by their words.

    >>> ((_, (found,)),) = read(Article("It rained in May."), (Sentence(0, 0, 17, "It rained in May."),), ENGLISH)
    >>> found.start, found.end
    (3, 4)
    """
    reader = read_times(language)
    names = _month_names(article.text, reader.calendar)
    anchor = _anchor(article, sentences, reader, language)
    scenes = (
        Scene(line, reader.calendar, anchor, names, sentence.role is Role.HEADLINE)
        for sentence, line in zip(sentences, read_lines(sentences, language), strict=True)
    )
    return tuple((scene.line, tuple(reader.read(scene))) for scene in scenes)


def _month_names(text: str, calendar: Calendar) -> frozenset[str]:
    """Return the months that are persons in a text, alone or with what follows ("May", "April Jones")."""
    if not any(month in text for month in calendar.name_months):
        return frozenset()
    counts = Counter(calendar.names_before.findall(text))
    return frozenset(name for name, count in counts.items() if count > 1).union(calendar.names_after.findall(text))


def _anchor(article: Article, sentences: Sequence[Sentence], reader: TimeReader, language: Language) -> Date | None:
    """Return the day that relative words count from: the dateline's where it is near the publication or alone."""
    published = article.published
    for span in (sentence.dateline for sentence in sentences if sentence.dateline):
        line = Line(Sentence(0, span.start, span.end, span.cut(article.text)), language)
        for read in reader.read(Scene(line, reader.calendar, published)):
            time = read.value
            day = time.first if isinstance(time, Time) and time.grain is Grain.DAY else None
            if day and (published is None or abs((published - day).days) <= DATELINE):
                published = day
    return published


def _make(line: Line, read: Read[Time | Duration]) -> Fact:
    time, start, end = read.value, line.tokens[read.start].start, line.tokens[read.end - 1].end
    words = line.cut(start, end)
    if isinstance(time, Time) and time.first is None and time.grain is not Grain.CLOCK:
        time = attrs.evolve(time, words=fold(words))
    return Fact(Kind.TIME, start, end, words, time)


def compare(left: Fact, right: Fact) -> Agreement | None:
    """Return how two times agree, ``None`` where they cannot answer each other; the order of the two does not matter.

    A length never answers a date, nor a clock time a day. Days are compared as intervals: equal ones are the same, one
    inside the other is finer, and apart they differ. ``docs/facts-time.md`` has the rules for relative and for
    unresolved times.

    >>> text = "It began on 12 March and ended on March 14."
    >>> ((began, ended),) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> print(compare(began, began), compare(began, ended))
    same different
    """
    one, other = left.value, right.value
    if isinstance(one, Time) and isinstance(other, Time):
        return _compare_times(one, other)
    if isinstance(one, Duration) and isinstance(other, Duration):
        return _compare_durations(one, other)
    return None


def is_vague(fact: Fact) -> bool:
    """Say whether a length of time before or after the publication has no number: "recent years", "coming days".

    >>> text = "It rained in recent years, and for the past three weeks."
    >>> [is_vague(fact) for facts in find(Article(text), [Sentence(0, 0, len(text), text)]) for fact in facts]
    [True, False]
    """
    length = fact.value
    if not isinstance(length, Duration) or length.side not in ("past", "coming"):
        return False
    return length.approximate and None not in (length.low, length.high) and length.low != length.high


_ORDER = (Agreement.SAME, Agreement.FINER, Agreement.DIFFERENT)


def _compare_times(left: Time, right: Time) -> Agreement | None:
    if (left.grain is Grain.CLOCK) != (right.grain is Grain.CLOCK):
        return None
    days = Agreement.SAME if left.grain is Grain.CLOCK or left == right else _compare_days(left, right)
    if days is None or (left.clock is None and right.clock is None):
        return days
    return max(days, _compare_clocks(left, right), key=_ORDER.index)


def _compare_clocks(left: Time, right: Time) -> Agreement:
    if left.clock is None or right.clock is None:
        return Agreement.FINER
    if left.clock == right.clock and (left.zone == right.zone or "" in (left.zone, right.zone)):
        return Agreement.SAME
    if left.zone != right.zone:
        return Agreement.FINER  # a clock of another zone may well be the same moment
    if left.ranged and right.ranged:
        return Agreement.DIFFERENT  # both ends were said, and one of them is another
    (first, last), (start, end) = left.clock, right.clock
    wrapped = any(low + DAY <= top for low, top in ((first, end), (start, last)) if first == last or start == end)
    return Agreement.FINER if wrapped or max(first, start) <= min(last, end) else Agreement.DIFFERENT


def _compare_days(left: Time, right: Time) -> Agreement | None:
    if left.yearly and right.yearly and not _years_apart(left, right):
        return _compare_to_year(left, right)  # which year fits is a guess, made twice
    if left.days and right.days:
        return _compare_resolved(left, right, left.days, right.days)
    return _compare_unresolved(left, right)


def _years_apart(left: Time, right: Time) -> bool:
    return bool(left.anchor and right.anchor and abs((left.anchor - right.anchor).days) > 200)


def _meet(left: Days | None, right: Days | None) -> bool:
    return bool(left and right and max(left[0], right[0]) <= min(left[1], right[1]))


def _overlapping(left: Time, right: Time) -> Agreement:
    """Judge two intervals that meet without being equal."""
    if left.ranged and right.ranged:
        return Agreement.DIFFERENT  # both ends were said, and one of them is another
    return Agreement.SAME if _is_week_of(left, right) or _is_week_of(right, left) else Agreement.FINER


def _is_week_of(week: Time, other: Time) -> bool:
    """Whether "last week" and the like is how one article, published in another week, must say what the other says.

    Days, months and years have a name that holds on every day of publication; weeks have none.
    """
    if week.grain is not Grain.WEEK or week.shift is None or not week.anchor or not other.anchor:
        return False
    return week.first != days_of(other.anchor, "week", week.shift)[0] and other.grain.value < Grain.QUARTER.value


def _compare_resolved(left: Time, right: Time, one: Days, other: Days) -> Agreement | None:
    if one == other or _is_other_fit(left, right) or _is_other_fit(right, left):
        return Agreement.SAME
    if _meet(one, other):
        return _overlapping(left, right)
    for guess, sure in ((left, right), (right, left)):
        if guess.yearly and not sure.yearly and (agreement := _compare_guess(guess, sure)):
            return agreement
    if _is_present(left, right) or _is_beyond(left, right, one, other) or _is_beyond(right, left, other, one):
        return None
    lengths = sorted((last - first).days + 1 for first, last in (one, other))
    if lengths[1] > _FAR * lengths[0] and not (left.absolute and right.absolute):
        return None
    return Agreement.DIFFERENT


def _compare_guess(guess: Time, sure: Time) -> Agreement | None:
    """Compare a time whose year was guessed from the tense with another one, ``None`` where no year makes them meet."""
    agreement = _compare_to_year(guess, sure)
    if agreement is Agreement.DIFFERENT or sure.grain.value >= Grain.YEAR.value:
        return None
    return Agreement.FINER if sure.absolute else agreement


def _is_present(left: Time, right: Time) -> bool:
    """Whether both say "today" and mean the days of two articles: what each of them tells anew."""
    return left.shift == right.shift == 0 and left.grain is right.grain is Grain.DAY and left.anchor != right.anchor


def _is_beyond(near: Time, dated: Time, one: Days, other: Days) -> bool:
    """Whether a day that is told from the publication ("Friday") is no answer to a date of another year."""
    relative = near.grain.value <= Grain.WEEK.value and (near.weekday is not None or near.shift is not None)
    return relative and dated.absolute and max(one[0] - other[1], other[0] - one[1]).days > _BEYOND


_BEYOND = 366  # days from which a relative day and a date are told of two things
_FAR = 60  # a day answers a month, hardly a quarter or a year


def _is_other_fit(left: Time, right: Time) -> bool:
    """Whether a bare weekday means another day if it is read a week earlier or later than its tense seems to say."""
    bare = left.weekday is not None and left.shift is None and left.grain is right.grain and right.first == right.last
    return bool(bare and left.first and right.first and abs((left.first - right.first).days) == 7)


def _compare_unresolved(left: Time, right: Time) -> Agreement | None:
    """Compare where at least one side is known by its words only: what cannot be refuted is finer."""
    for one, other in ((left, right), (right, left)):
        if one.yearly and other.days:
            return _compare_to_year(one, other)
    if left.weekday is not None and right.weekday is not None:
        opposed = None not in (left.shift, right.shift) and left.shift != right.shift
        return Agreement.DIFFERENT if left.weekday != right.weekday or opposed else Agreement.SAME
    for one, other in ((left, right), (right, left)):
        if one.weekday is not None and other.grain is Grain.DAY and other.first and other.first == other.last:
            return Agreement.SAME if other.first.weekday() == one.weekday else Agreement.DIFFERENT
    if max(left.grain.value, right.grain.value) > _FAR * min(left.grain.value, right.grain.value):
        return None
    if left.shift is not None and right.shift is not None and left.grain is right.grain:
        return _ORDER[min(abs(left.shift - right.shift), 2)]
    return Agreement.FINER


def _compare_to_year(yearly: Time, other: Time) -> Agreement:
    """Compare a time without a year with another one, in the years around that: in any, where it has no year too."""
    days = other.days or (other.yearly and place(other.yearly, 2000))
    spans = place_around(yearly.yearly, days[0]) if days and yearly.yearly else []
    if days in spans:
        return Agreement.SAME
    return _overlapping(yearly, other) if any(_meet(span, days) for span in spans) else Agreement.DIFFERENT


def _compare_durations(left: Duration, right: Duration) -> Agreement | None:
    if left.side != right.side:
        opposed = {left.side, right.side} in ({"before", "after"}, {"past", "coming"})
        if opposed:
            return Agreement.DIFFERENT
        if "" not in (left.side, right.side) or not {left.side, right.side} & {"past", "coming"}:
            return None
    differ = left.unit != right.unit  # "30 days", "a month"
    return compare_bounds(left, right, lambda one, other: differ and is_conversion(one, other))
