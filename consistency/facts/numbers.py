"""The one reader of numbers: digits, words, scales, fractions, ordinals, ranges and bounds.

Quantities, ages, rates and times all take its numbers. Each method looks at a bounded number of neighbours of a word,
so that reading is linear; what a language says is in its ``numbers.toml``.
"""

from __future__ import annotations

import enum
import functools
import math
import re
from collections.abc import Mapping
from typing import TypeVar

import attrs

from consistency.facts.line import Line, group_phrases
from consistency.language import Language, WordLists

FULL = re.compile(r"(?:\d{1,15}|\d{1,3}(?:,\d{2,3}){0,4},\d{3})(?:\.\d{1,9})?")
GLYPHS = {"1\u20442": 1 / 2, "1\u20444": 1 / 4, "3\u20444": 3 / 4, "1\u20443": 1 / 3, "2\u20443": 2 / 3}  # ½, unfolded
GLYPHS |= {f"{n}\u20448": n / 8 for n in (1, 3, 5, 7)}
_PARTS = ("2", "3", "4", "5", "8")  # "3/4" of something; "7/12" is a date or a label
_TICKS = ("16", "32", "64")  # of a price: "97-11/32"
_WIDE = ("\xa0", "\u202f", "\u2009")  # blanks between thousands


N = TypeVar("N", bound="Number")


class Bound(enum.Enum):
    """What is said of a number beside it: at least, at most, about, a little less, a little more.

    >>> Bound("low")
    <Bound.LOW: 'low'>
    """

    LOW = "low"
    HIGH = "high"
    NEAR = "near"
    BELOW = "below"
    ABOVE = "above"


def limit(
    low: float, high: float, bound: Bound | None, *, vague: bool = False
) -> tuple[float | None, float | None, bool]:
    """Return the two ends of a number as a bound leaves them, ``None`` for an open one, and whether it is rough.

    >>> limit(50, 50, Bound.LOW), limit(50, 50, Bound.NEAR), limit(2, 9, None, vague=True)
    ((50, None, False), (50, 50, True), (2, 9, True))
    """
    if not bound:
        return low, high, vague
    below, above = bound in (Bound.HIGH, Bound.BELOW), bound in (Bound.LOW, Bound.ABOVE)
    rough = bound not in (Bound.LOW, Bound.HIGH)
    return None if below else low, None if above else high, rough


@attrs.frozen
class Number:
    """What was read from some word up to ``end``.

    ``scale`` is the "million" in it, ``vague`` marks words without a number ("several"), and ``part`` a fraction that
    needs a unit after it ("half a", "three-quarters of an").
    """

    low: float
    high: float
    end: int
    scale: float = 1
    vague: bool = False
    part: bool = False

    def times(self: N, factor: float) -> N:
        """Return the number, multiplied."""
        return attrs.evolve(self, low=self.low * factor, high=self.high * factor)

    def plus(self: N, amount: float, end: int) -> N:
        """Return the number with an amount added that is said up to ``end``."""
        return attrs.evolve(self, low=self.low + amount, high=self.high + amount, end=end)


@attrs.frozen
class NumberWords(WordLists):
    """The words of ``numbers.toml``."""

    ones: tuple[str, ...]
    tens: tuple[str, ...]
    ordinals: tuple[str, ...]
    plural: tuple[str, ...]
    scales: Mapping[str, float]
    suffixes: Mapping[str, float]
    plurals: Mapping[str, float]
    ordinal_tens: Mapping[str, float]
    parts: Mapping[str, float]
    bounds: Mapping[str, tuple[str, ...]]
    trailing: Mapping[str, tuple[str, ...]]


class NumberReader:
    """Reads the numbers of a language at a word of a line.

    >>> from consistency.language import ENGLISH
    >>> from consistency.model import Sentence
    >>> line = Line(Sentence(0, 0, 34, "Two and a half million of 3,000 km"))
    >>> reader = read_numbers(ENGLISH)
    >>> reader.read(line, 0).low, reader.read(line, 6).low, reader.read(line, 7)
    (2500000.0, 3000.0, None)
    """

    def __init__(self, words: NumberWords) -> None:
        self.words = words
        self.small: dict[str, int] = {word: n for n, word in enumerate(words.ones)}
        self.tens: dict[str, int] = {word: n * 10 for n, word in enumerate(words.tens, 2)}
        self.values = self.small | self.tens
        self.ordinals: dict[str, int] = {word: n for n, word in enumerate(words.ordinals, 1)}
        self.ordinals |= {word: int(n) for word, n in words.ordinal_tens.items()}
        self.bounds = {phrase: Bound(name) for name, phrases in words.bounds.items() for phrase in phrases}
        self.trailing = {phrase: Bound(name) for name, phrases in words.trailing.items() for phrase in phrases}
        self.bound_phrases, self._trailing_phrases = group_phrases(self.bounds), group_phrases(self.trailing)
        self._bound_ends = {phrase.split()[-1] for phrase in self.bounds}
        self.after_article = words.couple | words.few | words.indefinite | words.scales.keys() | words.parts.keys()
        self.starts = words.articles | words.half | words.several
        self.starts |= self.values.keys() | words.plurals.keys() | GLYPHS.keys()
        self.zero, self.one = frozenset(words.ones[:1]), frozenset(words.ones[1:2])

    def read(self, line: Line, k: int) -> Number | None:
        """Return the number that starts at word ``k``, ``None`` for none."""
        if k not in line.numbers:
            line.numbers[k] = self._read(line, k)
        number: Number | None = line.numbers[k]
        return number

    def _read(self, line: Line, k: int) -> Number | None:
        word = line.words[k]
        if not (line.is_digits(k) or word in self.starts):
            return None
        share = self.read_fraction(line, k)
        if share and (whole := self._read_whole(line, share)):
            return whole
        if half := GLYPHS.get(word, 0.5 if word in self.words.half else 0.0):  # "half a million", "half an", "½"
            end = k + 1 + (line.words[k + 1] in self.words.articles and line.is_joined(k + 1))
            return self._multiply(line, Number(half, half, end, part=True))
        if line.is_digits(k):
            number = self._read_digits(line, k)
        elif word in self.words.plurals:
            return self._read_plural(line, k)
        elif word in self.words.several:
            number = Number(2, 9, k + 1, vague=True)
        elif word in self.words.articles:
            number = self._read_article(line, k)
        else:
            number = self._read_words(line, k)
        return self.add_part(line, self._multiply(line, number)) if number else None

    def _read_digits(self, line: Line, k: int) -> Number | None:
        word, end = line.words[k], k + 1
        if not FULL.fullmatch(word):
            return None  # 3.13.1
        if part := self._read_slash(line, k, *_TICKS):
            return part
        value = float(("." if line.is_decimal(k) else "") + word.replace(",", ""))
        while value < 1e12 and len(line.words[end]) == 3 and line.words[end].isdecimal():
            if not (line.gap(end) in _WIDE or (line.gap(end) == " " and line.words[end] == "000")):
                break
            value, end = value * 1000 + int(line.words[end]), end + 1
        if line.words[end] in GLYPHS and line.gap(end).strip() in ("", "-"):
            value, end = value + GLYPHS[line.words[end]], end + 1
        elif line.gap(end) in (" ", "-") and (part := self._read_slash(line, end, *_TICKS)):
            value, end = value + part.low, part.end  # 5 1/2
        return Number(value, value, end)

    @staticmethod
    def _read_slash(line: Line, k: int, *more: str) -> Number | None:
        word, after = line.words[k], line.words[k + 1]
        if not (line.gap(k + 1) == "/" and after in (*_PARTS, *more) and word.isdecimal() and line.is_digits(k)):
            return None
        part, whole = int(word), int(after)
        return Number(part / whole, part / whole, k + 2) if part < whole else None

    def _read_plural(self, line: Line, k: int) -> Number | None:
        """Read "dozens", "hundreds of thousands"."""
        plurals, of = self.words.plurals, self.words.of
        value, end = plurals[line.words[k]], k + 1
        if line.words[end] in of and line.words[end + 1] in plurals:
            value, end = value * plurals[line.words[end + 1]], end + 2
        elif value < 100 and value != 12 and line.words[end] not in of:
            return None  # "the scores", "tens"
        return Number(2 * value, 200 if value == 12 else 20 * value, end, vague=True, scale=value)

    def _read_article(self, line: Line, k: int) -> Number | None:
        """Read "a dozen", "a few hundred", "a couple of", "a number of"."""
        after, words = line.words[k + 1], self.words
        if not line.is_joined(k + 1):
            return None
        if after in words.scales:
            return self._read_words(line, k)
        of = line.words[k + 2] in words.of
        if after not in words.couple | words.few and not (after in words.indefinite and of):
            return None
        end = k + 2 + (of and line.words[k + 3] in words.scales)
        return Number(2, 2, end) if after in words.couple else Number(2, 9, end, vague=True)

    def _read_words(self, line: Line, k: int) -> Number:
        """Read number words by their grammar: each word fills the free digits that are left of it."""
        total, current, room, limit, end, scale = 0.0, 0.0, math.inf, math.inf, k, 1.0
        scales, hundred = self.words.scales, 100
        if line.words[k] in self.words.articles:
            current, room, end = 1, 1, k + 1
        while end < line.size and (end == k or line.is_joined(end)):
            word = line.words[end]
            value, factor = self.values.get(word), scales.get(word, 0)
            if value is not None and value < room and (value or end == k):
                current, room = current + value, 1 if value < 20 else 10
            elif factor == hundred and 0 < current < hundred and room < hundred:
                current, room, scale = current * hundred, hundred, hundred
            elif factor and factor != hundred and current and factor < limit:
                scale = limit = room = factor
                total, current = total + current * factor, 0
            else:
                follows = self.values.get(line.words[end + 1]) and line.words[end + 2] not in self.words.no_group
                if not (word in self.words.and_ and hundred <= room < math.inf and follows):
                    break
            end += 1
        number = Number(total + current, total + current, end, scale=scale)
        return self._read_point(line, number) if line.words[end] in self.words.point else number

    def _read_point(self, line: Line, number: Number) -> Number:
        """Read the digits of "zero point two five"."""
        digits, end = "", number.end + 1
        while len(digits) < 9 and line.is_joined(end) and self.small.get(line.words[end], 10) < 10:
            digits, end = digits + str(self.small[line.words[end]]), end + 1
        value = number.low + float(f"0.{digits}0")
        return attrs.evolve(number, low=value, high=value, end=end) if digits else number

    def _multiply(self, line: Line, number: Number) -> Number:
        """Return the number with the words of scale that follow it."""
        for _ in range(2):
            if line.words[number.end] in self.words.scales and line.is_joined(number.end):
                scale = self.words.scales[line.words[number.end]]
                number = attrs.evolve(number.times(scale), end=number.end + 1, scale=number.scale * scale, part=False)
        return number

    def add_part(self, line: Line, number: Number) -> Number:
        """Return the number with "and a half" or "and three quarters" after it: of the scale, where one was said."""
        k = number.end + 1
        if (
            line.words[k - 1] not in self.words.and_
            or number.vague
            or not all(map(line.is_joined, range(k - 1, k + 2)))
        ):
            return number
        part = self.words.parts.get(line.words[k + 1], 0)
        count = 1 if line.words[k] in self.words.articles else self.small.get(line.words[k], 0)
        if part not in (2, 4) or not 0 < count < part or line.words[k + 2] in self.words.of:
            return number
        return self._multiply(line, number.plus(count / part * number.scale, k + 2))

    def read_fraction(self, line: Line, k: int) -> Number | None:
        """Return a share of a whole, from 0 to 1: "two-thirds", "a quarter of", "half of", "one in three", "3/4"."""
        return self._read_part(line, k) or self._read_one_in(line, k)

    def _read_part(self, line: Line, k: int) -> Number | None:
        word, after, words = line.words[k], line.words[k + 1], self.words
        if line.is_digits(k):
            return self._read_slash(line, k)
        if word in words.half:
            return Number(0.5, 0.5, k + 1) if after in words.whose and line.is_joined(k + 1) else None
        if after not in words.parts or not line.is_joined(k + 1):
            return None
        count, of = 1 if word in words.articles else self.small.get(word, 0), line.words[k + 2] in words.of
        whole = after not in self.ordinals and after.endswith("s") if count > 1 else of
        whole = whole or (word in self.one and line.gap(k + 1) == "-")
        share = count / words.parts[after]
        return Number(share, share, k + 2) if whole and 0 < share < 1 else None

    def _read_one_in(self, line: Line, k: int) -> Number | None:
        """Read "one in three", "nine out of ten", "one in every 200"."""
        out = line.words[k + 1] in self.words.out_of and line.words[k + 2] in self.words.of
        base = k + 2 + out
        if not (out or line.words[k + 1] in self.words.one_in):
            return None
        base += line.words[base] in self.words.every
        if not all(line.is_joined(n) for n in range(k + 1, base + 1)):
            return None
        first, second = self.plain(line, k), self.plain(line, base)
        if not 0 < first < second or not (first == 1 or out or second in (10, 100)) or is_year(line.words[base]):
            return None
        return Number(first / second, first / second, base + 1)

    def _read_whole(self, line: Line, share: Number) -> Number | None:
        """Return "a quarter of a million", or the part in "three-quarters of an hour"."""
        articles = self.words.articles | self.one
        if line.words[share.end] not in self.words.of or line.words[share.end + 1] not in articles:
            return None
        return self._multiply(line, attrs.evolve(share, end=share.end + 2, part=True))

    def plain(self, line: Line, k: int) -> float:
        """Return the whole number that the single word ``k`` is, 0 for none."""
        word = line.words[k]
        if word.isdecimal() and line.is_digits(k):
            return float(word) if len(word) < 7 else 0
        return self.values.get(word, 0)

    def read_ordinal(self, line: Line, k: int) -> tuple[int, int] | None:
        """Return the value and the end of "third", "twenty-first", "30th"."""
        word, after = line.words[k], line.words[k + 1]
        if word in self.ordinals:
            return self.ordinals[word], k + 1
        if word in self.tens and 0 < self.ordinals.get(after, 0) < 10 and line.is_joined(k + 1):
            return self.tens[word] + self.ordinals[after], k + 2
        if word.isdecimal() and len(word) < 7 and after in self.words.endings and not line.gap(k + 1):
            return int(word), k + 2
        return None

    def read_tens(self, line: Line, k: int) -> tuple[int, int] | None:
        """Return the value and the end of "80s", "1990s", "40's"."""
        word, glued = line.words[k], line.words[k + 1] in self.words.plural and line.gap(k + 1) in ("", "'")
        plural = word.isdecimal() and word[-1] == "0" and (glued or line.gap(k + 1).startswith("'s"))
        return (int(word), k + 1 + glued) if plural else None

    def find_link(self, line: Line, k: int, gap: str, *, between: bool = False) -> int | None:
        """Return where the second number of a range starts whose first one ends at ``k``: after "to", "or", "-".

        ``gap`` is what stands before word ``k`` and is no part of the first number.
        """
        if gap == "-":
            return k + 1 if line.words[k] in self.words.links else k  # "two- to three-year"
        links = self.words.and_ | self.words.links if between else self.words.links
        return k + 1 if not gap and line.words[k] in links else None

    def read_range(self, line: Line, k: int) -> Number | None:
        """Return the number at word ``k``, or the range of two numbers that starts there ("two to three")."""
        first = self.read(line, k)
        if not first or first.vague:
            return first
        between = line.previous(k) in self.words.between
        start = self.find_link(line, first.end, line.gap(first.end).strip(), between=between)
        second = self.read(line, start) if start else None
        if second and second.vague and first.low < second.high:
            return attrs.evolve(second, low=first.low)  # one to several
        return (second and join(first, second)) or first

    def read_bound(self, line: Line, k: int) -> tuple[Bound, int] | None:
        """Return the bound that is said from word ``k`` on, before a number, and its end."""
        read = line.read_phrase(k, self.bound_phrases)
        return (self.bounds[read[0]], read[1]) if read else None

    def find_bound(self, line: Line, k: int, floor: int = 0) -> tuple[Bound | None, int]:
        """Return the bound that is said right before word ``k`` and where it starts, not before ``floor``."""
        if k <= floor or line.words[k - 1] not in self._bound_ends:
            return None, k
        for start in range(max(k - 4, floor), k):
            bound = self.bounds.get(" ".join(line.words[start:k]))
            if bound and not any(line.gap(n).strip() for n in range(start + 1, k)):
                return bound, start
        return None, k

    def read_trailing(self, line: Line, k: int) -> tuple[Bound, int] | None:
        """Return the bound that is said from word ``k`` on, behind a number, and its end."""
        read = line.read_phrase(k, self._trailing_phrases) if line.is_joined(k) else None
        return (self.trailing[read[0]], read[1]) if read else None


def join(first: Number, second: N) -> N | None:
    """Return the range from one number to another ("2 to 3 million"), ``None`` where the second is no larger one.

    >>> join(Number(2, 2, 1), Number(3e6, 3e6, 4, 1e6))
    Number(low=2000000.0, high=3000000.0, end=4, scale=1000000.0, vague=False, part=False)
    """
    low = first.low
    if first.scale == 1 and low < second.high / second.scale:
        low *= second.scale
    return attrs.evolve(second, low=low) if low < second.high and not second.vague else None


def is_year(word: str) -> bool:
    """Say whether a word can be a year.

    >>> is_year("2014"), is_year("1,400")
    (True, False)
    """
    return len(word) == 4 and word.isdecimal() and "1000" <= word < "2100"


@functools.cache
def read_numbers(language: Language) -> NumberReader:
    """Return the reader of the numbers of a language.

    >>> from consistency.language import ENGLISH
    >>> read_numbers(ENGLISH).small["twelve"]
    12
    """
    return NumberReader(language.read("numbers.toml", NumberWords))
