"""Reader of ages: "a 62-year-old", "aged 19", "died at 64", "in his 40s", "children under 12", "Ana Silva, 34"."""

from __future__ import annotations

import functools

import attrs

from consistency.facts.line import DIGITS, Line
from consistency.facts.nouns import NounReader, read_nouns
from consistency.facts.numbers import Bound, Number
from consistency.facts.patterns import Grammar, Match, Read, Slot, list_words
from consistency.facts.quantity.values import Dimension, Quantity
from consistency.facts.quantity.words import QuantityWords
from consistency.facts.units import read_months, read_time_units
from consistency.language import Language

OLDEST = 125  # years
_SLICES = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


@attrs.frozen
class _Scene:
    line: Line
    reader: AgeReader


class AgeReader:
    """Reads the ages of a language at a word of a line."""

    def __init__(self, language: Language) -> None:
        self.nouns: NounReader = read_nouns(language)
        self.numbers, self.words = self.nouns.numbers, language.read("quantities.toml", QuantityWords)
        self.months, self.units = read_months(language), read_time_units(language)
        number = Slot(_read_number, self.numbers.starts | {DIGITS})
        bound = Slot(_read_bound, self.numbers.bound_phrases.keys())
        self.grammar: Grammar[_Scene, Quantity] = Grammar(
            self.words.ages,
            {"said": _build_said, "decade": _build_decade, "bare": _build_bare},
            {"number": number, "bound": bound, "tens": Slot(_read_tens, {DIGITS})},
            list_words(self.words),
        )
        self.starts = self.grammar.starts

    def read(self, line: Line, k: int, floor: int) -> Read[Quantity] | None:
        """Return the age that is said at word ``k``, with the bound before it, which is not before ``floor``."""
        read = self.grammar.read(_Scene(line, self), k) or self._read_apposition(line, k)
        if not read:
            return None
        bound, start = self.numbers.find_bound(line, read.start, floor)
        low, high = read.value.low, read.value.high
        if bound is None or low is None or high is None or read.value.approximate:
            return read
        return Read(_age(low, high, bound), start, read.end)

    def find_rules(self, line: Line, k: int) -> tuple[str, ...]:
        """Return the names of the rules that fire at word ``k``."""
        return tuple(name for name, _ in self.grammar.read_all(_Scene(line, self), k))

    def _read_apposition(self, line: Line, k: int) -> Read[Quantity] | None:
        """Read an age behind a name: "Ana Silva, 34, said", "Ana Silva (34)"."""
        number = self.numbers.read(line, k) if k and line.is_digits(k) else None
        if not number or not 0 < number.low < OLDEST or number.low != int(number.low) or number.scale > 1:
            return None
        gap, after = line.gap(k), line.gap(number.end).strip()[:1]
        commas = gap == ", " and (after == "," or (after in (".", ";") and number.end == k + 1))
        if not (commas or (gap.endswith("(") and after == ")" and number.low > 9)):
            return None
        named = line.is_capital(k - 1) or line.words[number.end] in self.words.relative
        month = line.words[k - 1] in self.months and line.is_capital(k - 1)
        return Read(_age(number.low, number.low), k, number.end) if named and not month else None


def _age(low: float, high: float, bound: Bound | None = None, *, vague: bool = False) -> Quantity:
    lowest, highest = bound.apply(low, high) if bound else (low, high)
    return Quantity(lowest, highest, Dimension.AGE, approximate=vague or (bound is not None and bound.is_rough))


def _read_number(scene: _Scene, k: int) -> tuple[Number, int] | None:
    number = scene.reader.numbers.read_range(scene.line, k)
    if not number or number.vague or number.part or not 0 < number.low <= number.high < OLDEST:
        return None
    return number, number.end


def _read_bound(scene: _Scene, k: int) -> tuple[Bound, int] | None:
    return scene.reader.numbers.read_bound(scene.line, k)


def _read_tens(scene: _Scene, k: int) -> tuple[int, int] | None:
    """Read the "40s" in "in his 40s"."""
    read = scene.reader.numbers.read_tens(scene.line, k)
    return read if read and 10 <= read[0] < 100 else None


def _build_said(scene: _Scene, match: Match) -> Read[Quantity] | None:
    """Build an age that is said to be one: "62-year-old", "aged 19"."""
    number, words = match["number"], scene.reader.numbers.words
    months = 12 if match["unit"] and scene.reader.units[match["unit"]][0] == "month" else 1
    led = not match["unit"] and match["of"] is not None
    start = match.start - (led and scene.line.previous(match.start) in words.the)
    start -= scene.line.previous(start) in words.between
    return Read(_age(number.low / months, number.high / months, match["bound"]), start, match.end)


def _build_decade(scene: _Scene, match: Match) -> Read[Quantity]:  # noqa: ARG001  a builder
    first, last = _SLICES.get(match["slice"] or "", (0, 9))
    return match.read(_age(match["tens"] + first, match["tens"] + last, vague=True))


def _build_bare(scene: _Scene, match: Match) -> Read[Quantity] | None:
    """Build an age that is no more than a number, where nothing is counted by it: "died at 64"."""
    line, (start, end) = scene.line, match.place("number")
    number = match["number"]
    words, gap = scene.reader.words, line.gap(end).strip()[:1]
    counted = scene.reader.nouns.read(line, end)[0] or gap in ("%", ":", "-", "/", "°", "$")
    named = line.is_joined(end) and (line.is_capital(end) or not line.gap(end))  # 64 Dock Street, 64th
    if counted or named or number.low != int(number.low) or line.words[end] in words.no_age:
        return None
    if match["limit"]:
        return Read(
            _age(number.low, number.high, scene.reader.numbers.bounds[match["limit"]]), match.place("limit")[0], end
        )
    return Read(_age(number.low, number.high), start, end)


@functools.cache
def read_ages(language: Language) -> AgeReader:
    """Return the reader of the ages of a language.

    >>> from consistency.language import ENGLISH
    >>> from consistency.model import Sentence
    >>> str(read_ages(ENGLISH).read(Line(Sentence(0, 0, 18, "He was aged over 9")), 2, 0).value)
    '≥ 9 years old'
    """
    return AgeReader(language)
