"""Readers of numbers and what they measure; each looks at a bounded number of neighbours, so that time is linear."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import attrs

from consistency.facts.quantity import words as terms
from consistency.facts.quantity.values import Dimension
from consistency.model import Sentence
from consistency.text import Token, fold_typography, stem, tokenize

_POINT = re.compile(r"(?:^|[^\w.])\.$")

_WRAP = re.compile(r"[ \t\r\n]+")  # a line break inside of a sentence is a blank


@attrs.frozen
class Number:
    """What was read from some token up to ``end``; ``scale`` is the "million" in it."""

    low: float
    high: float
    end: int
    unit: terms.Unit = terms.COUNT
    currency: str = ""
    vague: bool = False
    scale: float = 1
    tail: int = 0  # how many characters after the last token belong to it ("%")

    @property
    def bare(self) -> bool:
        """Whether it has no unit."""
        return self.unit[0] is Dimension.COUNT

    @property
    def converted(self) -> tuple[float, float]:
        """The bounds in the base unit."""
        _, factor, zero = self.unit
        return (self.low - zero) * factor, (self.high - zero) * factor

    def times(self, factor: float) -> Number:
        """Return the number, multiplied."""
        return attrs.evolve(self, low=self.low * factor, high=self.high * factor)


class Line:
    """The words of a sentence with what stands between them; ``k`` is always the index of a word."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        self.start = sentence.dateline.end if sentence.dateline else sentence.start
        self.end = sentence.end
        self.tokens: Sequence[Token] = tokenize(sentence.text, sentence.start)
        if sentence.dateline:
            self.tokens = [token for token in self.tokens if token.start >= self.start]
        self.words = [token.norm for token in self.tokens] + [""] * terms.REACH  # so that neighbours need no check
        self.gaps: dict[int, str] = {}
        self.floor = 0  # tokens before it are part of a fact, or of something that is none

    def word(self, k: int) -> str:
        """Return the folded word ``k``, empty beyond either end."""
        return self.words[k]

    def gap(self, k: int) -> str:
        """Return what stands before token ``k``, folded; beyond the last word that is nothing a word joins."""
        gap = self.gaps.get(k)
        if gap is None:
            gap = self.gaps[k] = self._read_gap(k) if k <= len(self.tokens) else "\n."
        return gap

    def _read_gap(self, k: int) -> str:
        start = self.tokens[k - 1].end if k > 0 else self.start
        inside = self.text[start : self.tokens[k].start if k < len(self.tokens) else self.end]
        return inside if inside == " " else _WRAP.sub(" ", fold_typography(inside))

    def is_joined(self, k: int, joints: str = "-") -> bool:
        """Say whether only a blank or one of ``joints`` stands before token ``k``."""
        gap = self.gap(k).strip()
        return k < len(self.tokens) and (not gap or (len(gap) == 1 and gap in joints))

    def is_digits(self, k: int) -> bool:
        """Say whether word ``k`` starts with a digit."""
        return self.word(k)[:1].isdigit()

    def is_decimal(self, k: int) -> bool:
        """Say whether a decimal point without a digit before it stands before the digits ``k``."""
        return bool(_POINT.search(self.gap(k))) and self.word(k).isdecimal()

    def is_month(self, k: int) -> bool:
        """Say whether word ``k`` is the name of a month."""
        return self.word(k) in terms.MONTHS and self.tokens[k].text[0].isupper()

    def is_capital(self, k: int) -> bool:
        """Say whether word ``k`` starts with a capital."""
        return 0 <= k < len(self.tokens) and self.tokens[k].text[0].isupper()

    def read_noun(self, k: int, *, single: bool = False) -> tuple[str, str]:
        """Return the stem and the word of what is counted, from the words that follow; empty if it is not said."""
        if self.gap(k) == "-" and self.word(k).isalpha():
            label = self.word(k)
            return (stem(label), label) if label not in terms.STOPS and label != "strong" else ("", "")
        end = min(k + 5, len(self.tokens))
        linked, fallback = k, ""
        for n in range(k, end):
            word, gap = self.word(n), self.gap(n).strip(" +'\"" if n == k else " '\"")
            if gap not in ("", "s", "-") or self.is_digits(n):
                break
            if n == linked and word in terms.LINKS:
                linked += 1
                continue
            if word in terms.SMALL and n == linked > k:
                continue  # two of the nine clerks
            if self.tokens[n].text != "US" and (word in terms.STOPS or word in terms.SMALL or word in terms.CHANGING):
                break
            if self.gap(n + 1) == "-":  # the first part of a compound
                continue
            if not single and _is_plural(word):
                return stem(word), word
            named = (
                self.is_capital(n)
                and self.is_joined(n + 1)
                and not (self.is_capital(n + 1) or self.word(n + 1) in terms.STOPS)
            )
            if single and not (named or terms.ADJECTIVE.search(word)):
                return stem(word), word
            fallback = fallback or (word if single and not word.endswith("ed") else "")
        return (stem(fallback), fallback) if fallback else ("", "")


class MeasureReader(Line):
    """Reads numbers with their units."""

    def _read_number(self, k: int) -> Number | None:
        word, after = self.word(k), self.word(k + 1)
        if self.is_digits(k):
            return self._read_digits(k)
        if word in terms.PLURALS:
            return self._read_plural(k)
        if word == "several":
            return self._multiply(Number(2, 9, k + 1, vague=True))
        if word in ("a", "an"):
            vague = self.word(k + 2) == "of" if after in ("number", "handful") else after in ("couple", "few")
            if vague:
                low, high = (2, 2) if after == "couple" else (2, 9)
                end = k + 2 + (self.word(k + 2) == "of" and self.word(k + 3) in terms.SCALES)
                return self._multiply(Number(low, high, end, vague=low < high))
            return self._read_words(k) if after in terms.SCALES and self.is_joined(k + 1) else None
        if word == "half" and after in ("a", "an") and self.is_joined(k + 1):
            if self.word(k + 2) in terms.SCALES:
                return self._multiply(Number(0.5, 0.5, k + 2))
            measured = self.read_unit(Number(0.5, 0.5, k + 2))
            return Number(0.5, 0.5, k + 2) if not measured.bare else None
        if word in terms.GLYPHS:
            return Number(terms.GLYPHS[word], terms.GLYPHS[word], k + 1)
        return self._read_words(k) if word in terms.SMALL or word in terms.TENS else None

    def _read_digits(self, k: int) -> Number:
        value, end = float(("." if self.is_decimal(k) else "") + self.word(k).replace(",", "")), k + 1
        while self.word(end) == "000" and self.gap(end) in ("\xa0", "\u202f", " "):
            value, end = value * 1000, end + 1
        if self.word(end) in terms.GLYPHS and self.gap(end).strip() == "":
            value, end = value + terms.GLYPHS[self.word(end)], end + 1
        elif part := self._read_part(end) if self.gap(end) == " " and self.is_digits(end) else None:
            value, end = value + part[0], part[1]  # 5 1/2
        return self._multiply(Number(value, value, end))

    def _read_plural(self, k: int) -> Number | None:
        """Read "dozens", "hundreds of thousands": from two times the word to where the next such word begins."""
        value, end = float(terms.PLURALS[self.word(k)]), k + 1
        if self.word(end) == "of" and self.word(end + 1) in terms.PLURALS:
            value, end = value * terms.PLURALS[self.word(end + 1)], end + 2
        elif self.word(k) in ("tens", "scores") and self.word(end) != "of":
            return None
        return Number(2 * value, 200 if value == 12 else 20 * value, end, vague=True, scale=value)

    def _read_words(self, k: int) -> Number:
        """Read number words by the grammar of English: each word fills the free digits that are left of it."""
        total, current, room, limit, end, scale = 0.0, 0.0, math.inf, math.inf, k, 1.0
        if self.word(k) in ("a", "an"):
            current, room, end = 1, 1, k + 1
        while end < len(self.tokens):
            word = self.word(end)
            if end > k and not self.is_joined(end):
                break
            value = terms.SMALL.get(word, terms.TENS.get(word))
            if value is not None and value < room and (value or end == k):
                current, room = current + value, 1 if value < 20 else 10
            elif word == "hundred" and 0 < current < 100 and room < 100:
                current, room, scale = current * 100, 100, 100
            elif word in terms.SCALES and word != "hundred" and current and terms.SCALES[word] < limit:
                scale = limit = room = terms.SCALES[word]
                total, current = total + current * scale, 0
            elif word == "and" and room >= 100 and end > k and self._fits(end + 1, room):
                pass
            else:
                break
            end += 1
        if [self.word(end + n) for n in range(3)] == ["and", "a", "half"]:
            return self._multiply(Number(total + current + 0.5, total + current + 0.5, end + 3))
        return Number(total + current, total + current, end, scale=scale)

    def _fits(self, k: int, room: float) -> bool:
        value = terms.SMALL.get(self.word(k), terms.TENS.get(self.word(k)))
        return bool(value) and room < math.inf and self.word(k + 1) not in ("hundred", "percent", "other", "others")

    def _multiply(self, number: Number) -> Number:
        """Return the number with the words of scale that follow it."""
        for _ in range(2):
            if self.word(number.end) in terms.SCALES and self.is_joined(number.end):
                scale = terms.SCALES[self.word(number.end)]
                number = attrs.evolve(number.times(scale), end=number.end + 1, scale=number.scale * scale)
        return number

    def read_fraction(self, k: int) -> Number | None:
        """Read a share: "two-thirds", "a quarter of", "half of", "one in three", "3/4"."""
        part = self._read_part(k) or self._read_one_in(k)
        if not part:
            return None
        share, end = part
        if self.word(end) == "of" and self.word(end + 1) in ("a", "an", "one") and self.word(end + 2) in terms.SCALES:
            scale = terms.SCALES[self.word(end + 2)]
            return Number(share * scale, share * scale, end + 3, scale=scale)
        if self.word(end) in ("mile", "miles", "cup", "cups", "hour", "hours", "inch", "inches"):
            return Number(share, share, end)
        return Number(share * 100, share * 100, end, unit=terms.UNITS["percent"])

    def _read_part(self, k: int) -> tuple[float, int] | None:
        word, after = self.word(k), self.word(k + 1)
        if self.is_digits(k):
            whole = (
                self.gap(k + 1) == "/"
                and after in ("2", "3", "4", "5", "8")
                and word.isdecimal()
                and int(word) < int(after)
            )
            return (int(word) / int(after), k + 2) if whole else None
        if word == "half":
            near = after in ("of", "the", "its", "his", "her", "their", "all", "our") and self.is_joined(k + 1)
            return (0.5, k + 1) if near else None
        if after not in terms.PARTS or not self.is_joined(k + 1):
            return None
        n = 1 if word in ("a", "an") else terms.SMALL.get(word, 0)
        whole = after.endswith("s") if n > 1 else self.word(k + 2) == "of" or (word == "one" and self.gap(k + 1) == "-")
        return (n / terms.PARTS[after], k + 2) if n and whole and n < terms.PARTS[after] else None

    def _read_one_in(self, k: int) -> tuple[float, int] | None:
        words = [self.word(k + n) for n in range(1, 4)]
        out = words[:2] == ["out", "of"]
        base = k + 2 + out + (words[1 + out] == "every")
        if not (out or words[0] == "in") or any(self.gap(n).strip() not in ("", "-") for n in range(k + 1, base + 1)):
            return None
        first, second = (self.plain(n) for n in (k, base))
        whole = (
            0 < first < second
            and (first == 1 or out or second in (10, 100))
            and self.word(base + 1) not in terms.TIME_UNITS
        )
        return (first / second, base + 1) if whole and not is_year(self.word(base)) else None

    def plain(self, k: int) -> float:
        """Return the whole number that the single word ``k`` is, 0 for none."""
        word = self.word(k)
        return float(word) if word.isdecimal() and len(word) < 7 else terms.SMALL.get(word, terms.TENS.get(word, 0))

    def read_symbol(self, k: int) -> tuple[str, int]:
        """Return the currency that is written before token ``k``, and the character where it starts."""
        gap, before = self.gap(k), self.word(k - 1)
        decimal = self.is_digits(k) and self.is_decimal(k)
        start, gap = self.tokens[k].start - decimal, gap[:-1] if decimal else gap
        symbol = gap.rstrip()[-1:]
        if symbol in terms.SYMBOLS:
            start -= len(gap) - gap.rindex(symbol)
            if symbol == "$" and k and gap.strip() == "$" and gap[0] == "$" and before in terms.DOLLARS:
                return terms.DOLLARS[before], self.tokens[k - 1].start
            return terms.SYMBOLS[symbol], start
        code = (
            k
            and gap.strip() in ("", ".")
            and before in terms.CURRENCIES
            and (self.tokens[k - 1].text.isupper() or before == "rs")
        )
        return (terms.CURRENCIES[before], self.tokens[k - 1].start) if code else ("", start)

    def read_measure(self, k: int) -> Number | None:
        """Return the number that starts at word ``k`` with its unit or currency."""
        number = self.read_fraction(k) or self._read_number(k)
        if not number or number.unit is not terms.COUNT:
            return number
        currency, _ = self.read_symbol(k)
        suffix, gap = self.word(number.end), self.gap(number.end)
        if suffix in terms.SUFFIXES and number.scale == 1 and (not gap or (gap == " " and len(suffix) > 1)):
            later = self.read_noun(number.end + 1)[0] or self.word(number.end + 1) in terms.CURRENCIES
            if currency or len(suffix) > 1 or (suffix in "km" and later):
                scale = terms.SUFFIXES[suffix]
                number = attrs.evolve(number.times(scale), end=number.end + 1, scale=scale)
        return attrs.evolve(number, unit=terms.MONEY, currency=currency) if currency else self.read_unit(number)

    def read_unit(self, number: Number) -> Number:
        """Return the number with the unit that follows it."""
        end, gap = number.end, self.gap(number.end)
        if gap.lstrip()[:1] == "%":
            if self.word(end) in ("point", "points"):
                return attrs.evolve(number, unit=terms.UNITS["percentage points"], end=end + 1)
            return attrs.evolve(number, unit=terms.UNITS["percent"], tail=gap.index("%") + 1)
        if gap.lstrip()[:1] == "°" or self.word(end) in ("degrees", "degree") or not gap:
            scale = end + (self.word(end) in ("degrees", "degree"))
            if self.word(scale) in ("c", "f", "celsius", "fahrenheit", "centigrade") and self.is_capital(scale):
                return attrs.evolve(number, unit=terms.DEGREES[self.word(scale)[0]], end=scale + 1)
        if not self.is_joined(end):
            return number
        if number.vague and self.word(end) == "of" and self.word(end + 1) in {*terms.CURRENCIES, "pounds"}:
            end, number = end + 1, attrs.evolve(number, end=end + 1)
        one, two = self.word(end), f"{self.word(end)} {self.word(end + 1)}" if self.is_joined(end + 1) else ""
        if two in terms.UNITS:
            return self._read_speed(attrs.evolve(number, unit=terms.UNITS[two], end=end + 2))
        if one in terms.UNITS and (one != "m" or (self.is_digits(end - 1) and self.tokens[end].text == "m")):
            return self._read_speed(attrs.evolve(number, unit=terms.UNITS[one], end=end + 1))
        return self._read_currency(number, one, two)

    def _read_speed(self, number: Number) -> Number:
        end, (dimension, factor, _) = number.end, number.unit
        if dimension is Dimension.LENGTH:
            slash = self.gap(end) == "/" and self.word(end) in ("h", "hr", "hour")
            if slash or (self.word(end) in ("per", "an") and self.word(end + 1) == "hour"):
                return attrs.evolve(number, unit=(Dimension.SPEED, factor / 1000, 0), end=end + 2 - slash)
            inches = (
                self._read_number(end) if factor == 0.3048 and self.is_digits(end) and self.is_joined(end) else None
            )
            if inches and inches.low < 12 and self.word(inches.end) in ("in", "inch", "inches"):
                return attrs.evolve(
                    number, low=number.low + inches.low / 12, high=number.high + inches.low / 12, end=inches.end + 1
                )
        return number

    def _read_currency(self, number: Number, one: str, two: str) -> Number:
        end = number.end + 1
        nation, _, dollars = two.partition(" ")
        if dollars in ("dollars", "dollar") and nation in terms.NATIONS:
            return attrs.evolve(number, unit=terms.MONEY, currency=terms.NATIONS[nation], end=end + 1)
        if one in ("pound", "pounds"):
            near = {self.word(k) for k in range(number.end - 4, number.end)}
            heavy = near & {"weighing", "weighs", "weighed", "lost", "gained"} or self.word(end) == "of"
            if (heavy or self.gap(number.end) == "-") and number.scale < 1e6:
                return attrs.evolve(number, unit=terms.UNITS["lb"], end=end)
            return attrs.evolve(number, unit=terms.MONEY, currency="GBP", end=end + (self.word(end) == "sterling"))
        if one in terms.CURRENCIES and one != "rs":
            return attrs.evolve(number, unit=terms.MONEY, currency=terms.CURRENCIES[one], end=end)
        if one == "won" and number.scale >= 1000:
            return attrs.evolve(number, unit=terms.MONEY, currency="KRW", end=end)
        if one in terms.CENTS and (one != "p" or not self.gap(number.end)):
            return attrs.evolve(number.times(0.01), unit=terms.MONEY, currency=terms.CENTS[one], end=end)
        return number


def is_year(word: str) -> bool:
    """Say whether a word can be a year.

    >>> is_year("2014"), is_year("1,400")
    (True, False)
    """
    return len(word) == 4 and word.isdecimal() and "1000" <= word < "2100"


def _is_plural(word: str) -> bool:
    if word in terms.UNMARKED_PLURALS:
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2:] not in ("ss", "us", "is") and word not in terms.NO_NOUNS
