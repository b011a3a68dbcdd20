"""Reader of ages: "a 62-year-old", "aged 19", "died at 64", "in his 40s", "children under 12", "Ana Silva, 34"."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import attrs

from consistency.facts.line import DIGITS, Line
from consistency.facts.nouns import NounReader, read_nouns
from consistency.facts.numbers import Bound, Number, limit
from consistency.facts.patterns import Grammar, Match, Read, Slot, list_words
from consistency.facts.quantity.values import Dimension, Quantity
from consistency.facts.units import read_time_units
from consistency.language import Language, WordLists

OLDEST = 125  # years
_SLICES = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


@attrs.frozen
class QuantityWords(WordLists):
    """The words of ``quantities.toml``."""

    time: tuple[str, ...]
    twice: tuple[str, ...]
    superlative: tuple[str, ...]
    ages: Mapping[str, tuple[str, ...]]


class AgeReader:
    """Reads the ages of a language at a word of a line."""

    def __init__(self, language: Language) -> None:
        self.nouns: NounReader = read_nouns(language)
        self.numbers, self.words = self.nouns.numbers, language.read("quantities.toml", QuantityWords)
        self.units = read_time_units(language)
        slots: dict[str, Slot[Line]] = {
            "number": Slot(self._read_number, self.numbers.starts | {DIGITS}),
            "bound": Slot(self.numbers.read_bound, self.numbers.bound_phrases.keys()),
            "tens": Slot(self._read_tens, {DIGITS}),
        }
        builders = {"said": self._build_said, "decade": self._build_decade, "bare": self._build_bare}
        self.grammar: Grammar[Line, Quantity] = Grammar(
            self.words.ages, builders, slots, list_words(self.words), f"quantities.toml of language {language.name}"
        )
        self.starts = self.grammar.starts

    def read(self, line: Line, k: int, floor: int) -> Read[Quantity] | None:
        """Return the age that is said at word ``k``, with the bound before it, which is not before ``floor``."""
        read = self.grammar.read(line, k) or self._read_apposition(line, k)
        if not read:
            return None
        bound, start = self.numbers.find_bound(line, read.start, floor)
        low, high = read.value.low, read.value.high
        if bound is None or low is None or high is None or read.value.approximate:
            return read
        return Read(_age(low, high, bound), start, read.end)

    def _read_apposition(self, line: Line, k: int) -> Read[Quantity] | None:
        """Read an age behind a name: "Ana Silva, 34, said", "Ana Silva (34)"."""
        number = self.numbers.read(line, k) if k and line.is_digits(k) else None
        if not number or not 0 < number.low < OLDEST or number.low != int(number.low) or number.scale > 1:
            return None
        gap, after = line.gap(k), line.gap(number.end).strip()[:1]
        commas = gap == ", " and (after == "," or (after in (".", ";") and number.end == k + 1))
        if not (commas or (gap.endswith("(") and after == ")")):
            return None
        named = line.is_capital(k - 1) or line.words[number.end] in self.words.relative
        return Read(_age(number.low, number.low), k, number.end) if named else None

    def _read_number(self, line: Line, k: int) -> tuple[Number, int] | None:
        number = self.numbers.read_range(line, k)
        if not number or number.vague or number.part or not 0 < number.low <= number.high < OLDEST:
            return None
        return number, number.end

    def _read_tens(self, line: Line, k: int) -> tuple[int, int] | None:
        """Read the "40s" in "in his 40s"."""
        read = self.numbers.read_tens(line, k)
        return read if read and 10 <= read[0] < 100 else None

    def _build_said(self, line: Line, match: Match) -> Read[Quantity] | None:
        """Build an age that is said to be one: "62-year-old", "aged 19"."""
        number, words = match["number"], self.numbers.words
        months = 12 if self.units.get(match["unit"] or "", ("",))[0] == "month" else 1
        led = not match["unit"] and match["of"] is not None
        start = match.start - (led and line.previous(match.start) in words.the)
        start -= line.previous(start) in words.between
        return Read(_age(number.low / months, number.high / months, match["bound"]), start, match.end)

    def _build_decade(self, _: Line, match: Match) -> Read[Quantity]:
        first, last = _SLICES.get(match["slice"] or "", (0, 9))
        return match.read(_age(match["tens"] + first, match["tens"] + last, vague=True))

    def _build_bare(self, line: Line, match: Match) -> Read[Quantity] | None:
        """Build an age that is no more than a number, where nothing is counted by it: "died at 64"."""
        number, end = match["number"], match.place("number")[1]
        gap = line.gap(end).strip()[:1]
        counted = self.nouns.read(line, end)[0] or gap in ("%", ":", "-", "/", "°", "$")
        named = line.is_joined(end) and (line.is_capital(end) or not line.gap(end))  # 64 Dock Street, 64th
        if counted or named or number.low != int(number.low) or line.words[end] in self.words.no_age:
            return None
        limit = match["limit"]
        age = _age(number.low, number.high, self.numbers.bounds[limit] if limit else None)
        return Read(age, match.place("limit" if limit else "number")[0], end)


def _age(low: float, high: float, bound: Bound | None = None, *, vague: bool = False) -> Quantity:
    lowest, highest, rough = limit(low, high, bound, vague=vague)
    return Quantity(lowest, highest, Dimension.AGE, approximate=rough)


@functools.cache
def read_ages(language: Language) -> AgeReader:
    """Return the reader of the ages of a language.

    >>> from consistency.language import ENGLISH
    >>> from consistency.model import Sentence
    >>> str(read_ages(ENGLISH).read(Line(Sentence(0, 0, 18, "He was aged over 9")), 2, 0).value)
    '≥ 9 years old'
    """
    return AgeReader(language)
