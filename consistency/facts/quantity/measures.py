"""Reader of measures: a number with its unit, its currency and what it is said for ("400 barrels a day")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from consistency.facts.line import Line, group_phrases
from consistency.facts.nouns import read_nouns
from consistency.facts.numbers import GLYPHS, Number, read_numbers
from consistency.facts.quantity.values import Dimension
from consistency.facts.units import UnitWords
from consistency.language import Language


@attrs.frozen
class Unit:
    """A unit: its name, what it measures, its length in the base unit, and where its scale begins."""

    name: str
    dimension: Dimension
    factor: float = 1.0
    zero: float = 0.0


COUNT = Unit("", Dimension.COUNT)
SHARE = Unit("percent", Dimension.SHARE)
POINTS = Unit("percentage point", Dimension.POINTS)
MONEY = Unit("", Dimension.MONEY)
CENT = Unit("", Dimension.MONEY, 0.01)


@attrs.frozen
class Measure(Number):
    """A number with its unit; ``tail`` is how many characters after the last word belong to it ("%")."""

    unit: Unit = COUNT
    currency: str = ""
    per: str = ""
    tail: int = 0

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return self.unit is COUNT

    @property
    def converted(self) -> tuple[float, float]:
        """The bounds in the base unit."""
        return (self.low - self.unit.zero) * self.unit.factor, (self.high - self.unit.zero) * self.unit.factor


def _turn(table: Mapping[str, frozenset[str] | tuple[str, ...]]) -> dict[str, str]:
    """Return each word of a table with its key."""
    return {word: key for key, words in table.items() for word in words}


_DIMENSIONS = ", ".join(dimension.name.lower() for dimension in Dimension)


def _read_unit(name: str, dimension: str, factor: str, *_: str) -> Unit:
    return Unit(name, Dimension[dimension.upper()], float(factor))


def _bare(number: Number) -> Measure:
    return Measure(number.low, number.high, number.end, number.scale, number.vague, number.part)


class MeasureReader:
    """Reads the measures of a language at a word of a line."""

    def __init__(self, language: Language) -> None:
        self.numbers, self.nouns = read_numbers(language), read_nouns(language)
        self.words = words = language.read("units.toml", UnitWords)
        named = language.interpret(
            "units.toml: units", words.units, _read_unit, f"one of {_DIMENSIONS}, its factor, words"
        )
        self.times, self.slash = _turn(words.times), _turn(words.slash)
        self.pound = named.get("pound", COUNT)
        self.currencies, self.nations, self.prefixes = map(_turn, (words.currencies, words.nations, words.prefixes))
        self.symbols = {symbol: code for code, symbol in words.symbols.items()}
        self.aspects, self.rates = _turn(words.aspects), _turn(words.adverbs)
        self.rates |= {f"{each} {row[0]}": name for name, row in words.times.items() for each in words.per["words"]}
        self._rate_phrases = group_phrases(self.rates)
        self.leads = self._rate_phrases.keys() | self.slash.keys()  # first words of what a rate is said for
        self.degrees = dict.fromkeys(words.degrees["celsius"], Unit("degree", Dimension.TEMPERATURE))
        self.degrees |= dict.fromkeys(words.degrees["fahrenheit"], Unit("degree", Dimension.TEMPERATURE, 5 / 9, 32.0))
        money = {word: (MONEY, code) for word, code in self.currencies.items()}
        money |= {f"{nation} {word}": (MONEY, code) for nation, code in self.nations.items() for word in words.dollars}
        money |= {word: (CENT, code) for word, code in _turn(words.cents).items()}
        money |= dict.fromkeys(words.pounds, (MONEY, "GBP")) | dict.fromkeys(words.won, (MONEY, "KRW"))
        self.units: dict[str, dict[str, Any]] = {
            word: {"unit": named[name]} for name, row in words.units.items() for word in row[2:]
        }
        signs = words.degrees["degree"]
        self.units |= {f"{sign} {word}": {"unit": unit} for sign in signs for word, unit in self.degrees.items()}
        rates = language.interpret(
            "units.toml: rates", words.rates, lambda _, unit, per: (named[unit], per), "unit, per"
        )
        self.units |= {word: {"unit": unit, "per": per} for word, (unit, per) in rates.items()}
        self.units |= {word: {"unit": unit, "currency": code} for word, (unit, code) in money.items()}
        self.phrases = group_phrases(self.units)
        self.glued = {*self.numbers.words.suffixes, *self.units, *self.numbers.words.endings, *GLYPHS}

    def read(self, line: Line, k: int) -> Measure | None:
        """Return the number that starts at word ``k`` with its unit or currency; a share is one of percent."""
        share = self.numbers.read_fraction(line, k)
        number = self.numbers.read(line, k)
        if share and (not number or number.part or number.end <= share.end):
            return self._read_share(line, share, number)
        if not number:
            return None
        measure = self.read_unit(line, self._scale(line, k, number))
        return None if number.part and measure.bare else measure

    def _read_share(self, line: Line, share: Number, number: Number | None) -> Measure:
        for part in (number, share):  # "three-quarters of a mile", "3/4 mile"
            if part and part.end >= share.end and not (measure := self.read_unit(line, _bare(part))).bare:
                return measure
        if number and number.part and line.words[number.end] in self.times:
            return _bare(number)  # three-quarters of an hour
        percent = share.times(100)
        return Measure(percent.low, percent.high, percent.end, unit=SHARE)

    def _scale(self, line: Line, k: int, number: Number) -> Measure:
        """Return a number with the suffix that makes millions of it, and the currency before it."""
        currency, _ = self.read_symbol(line, k)
        measure = attrs.evolve(_bare(number), unit=MONEY, currency=currency) if currency else _bare(number)
        suffix, gap = line.words[number.end], line.gap(number.end)
        if suffix not in self.numbers.words.suffixes or number.scale > 1 or gap not in ("", " "):
            return measure
        if gap and len(suffix) == 1:
            return measure
        paid = line.words[number.end + 1] in self.currencies or self.nouns.read(line, number.end + 1)[0]
        if len(suffix) == 1 and not currency and not (suffix in "km" and paid):
            return measure  # "5m people", but 5 m
        scale = self.numbers.words.suffixes[suffix]
        return attrs.evolve(measure.times(scale), end=number.end + 1, scale=scale)

    def read_symbol(self, line: Line, k: int) -> tuple[str, int]:
        """Return the currency that is written before word ``k``, and the character where it starts."""
        gap, before = line.gap(k), line.words[k - 1] if k else ""
        decimal = line.is_digits(k) and line.is_decimal(k)
        start, gap = line.tokens[k].start - decimal, gap[:-1] if decimal else gap
        symbol = gap.rstrip()[-1:]
        if symbol in self.symbols:
            start -= len(gap) - gap.rindex(symbol)
            if symbol == "$" and k and gap.strip() == "$" and gap[0] == "$" and before in self.prefixes:
                return self.prefixes[before], line.tokens[k - 1].start
            return self.symbols[symbol], start
        if k and gap.strip() in ("", ".") and before in self.currencies and line.is_digits(k):
            code = line.text(k - 1)
            if code.isupper() or code == "Rs":
                return self.currencies[before], line.tokens[k - 1].start
        return "", start

    def read_unit(self, line: Line, number: Measure) -> Measure:
        """Return a number with the unit that follows it, if it has none before it."""
        if not number.bare:
            return number
        end, gap = number.end, line.gap(number.end)
        word = line.words[end]
        if gap.lstrip()[:1] == "%":
            if word in self.words.points and line.is_joined(end, "%"):
                return attrs.evolve(number, unit=POINTS, end=end + 1)
            return attrs.evolve(number, unit=SHARE, tail=gap.index("%") + 1)
        if (gap.lstrip()[:1] == "°" or not gap) and word in self.degrees and line.is_capital(end):
            return attrs.evolve(number, unit=self.degrees[word], end=end + 1)
        if not line.is_joined(end):
            return number
        if number.vague and word in self.numbers.words.of and line.read_phrase(end + 1, self.phrases):
            end += 1
        read = line.read_phrase(end, self.phrases)
        return self._apply(line, number, *read) if read and self._is_unit(line, number, end) else number

    def _is_unit(self, line: Line, number: Measure, k: int) -> bool:
        """Say whether a word that can be a unit is one: letters are small, "won" is also a verb, "Rs" stands before."""
        word = line.words[k]
        if len(word) == 1 and not (line.is_digits(k - 1) and line.text(k) == word):
            return False
        return line.text(k) != "Rs" and (word not in self.words.won or number.scale >= 1000)

    def _apply(self, line: Line, number: Measure, phrase: str, end: int) -> Measure:
        """Return a number with the unit of a phrase that ends at word ``end``."""
        measure = attrs.evolve(number, end=end, **self.units[phrase])
        if phrase in self.words.dollars and line.is_capital(end) and (behind := self.nations.get(line.next(end))):
            return attrs.evolve(measure, currency=behind, end=end + 1)  # "dollars Canadian"
        if phrase not in self.words.pounds:
            return self._read_speed(line, measure)
        near = self.words.weighing.intersection(line.words[max(number.end - 4, 0) : number.end])
        heavy = near or line.words[end] in self.numbers.words.of or line.gap(number.end) == "-"
        if heavy and number.scale < 1e6:
            return attrs.evolve(number, unit=self.pound, end=end)
        return attrs.evolve(measure, end=end + (line.words[end] in self.words.sterling))

    def _read_speed(self, line: Line, number: Measure) -> Measure:
        """Return a length as a speed where an hour follows, and feet with the inches that follow."""
        end, unit = number.end, number.unit
        if unit.dimension is not Dimension.LENGTH:
            return number
        per, after = self.find_per(line, end)
        if per == "hour":
            return attrs.evolve(number, unit=Unit(unit.name, Dimension.SPEED, unit.factor / 1000), end=after)
        if unit.factor == 0.3048 and line.is_digits(end) and line.is_joined(end):
            inches = self.numbers.read(line, end)
            if inches and inches.low < 12 and line.words[inches.end] in self.words.inches:
                return number.plus(inches.low / 12, inches.end + 1)
        return number

    def find_per(self, line: Line, k: int) -> tuple[str, int]:
        """Return the length of time that a rate is said for right at word ``k``, and its end; empty for none."""
        if line.words[k] in self.slash and line.gap(k) == "/":
            return self.slash[line.words[k]], k + 1
        read = line.read_phrase(k, self._rate_phrases)
        if not read or not line.is_joined(k):
            return "", k
        told = read[1] > k + 1 and (line.next(read[1]) in self.words.per["no_rate"] or line.gap(read[1]) == "-")
        return ("", k) if told else (self.rates[read[0]], read[1])

    def find_priced(self, line: Line, k: int) -> str:
        """Return what an amount of money at whose end word ``k`` stands is the price of: "share"; empty for none."""
        if line.words[k] not in self.words.per["words"] or not line.is_joined(k):
            return ""
        k += 1 + (line.words[k + 1] in self.words.per["kinds"])
        return line.words[k] if line.words[k] in self.words.per["priced"] and line.is_joined(k) else ""
