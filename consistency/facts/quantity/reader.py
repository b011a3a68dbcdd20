"""Reader of quantities: tells numbers from codes and names, and adds bounds, nouns, rates, scores and ranks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import attrs

from consistency.facts.line import DIGITS, Line
from consistency.facts.numbers import FULL, Bound, is_year, join, limit
from consistency.facts.quantity.ages import read_ages
from consistency.facts.quantity.measures import MONEY, Measure, MeasureReader
from consistency.facts.quantity.values import Dimension, Quantity
from consistency.language import Language
from consistency.model import Fact, Kind

MOST = 2000  # places of one sentence that are looked at: what has more is a table, and would cost seconds
NEAR = 8  # words before a score, one of which tells of a game or a vote
FAR = 6  # words behind a number, up to what it is said for: "400 barrels of oil a day"
RATED = frozenset(Dimension) - {Dimension.AGE, Dimension.ORDINAL, Dimension.SCORE, Dimension.TEMPERATURE}
_SIGN = re.compile(r"(?:^|[\s(])-$")


class QuantityReader:
    """Reads the quantities of a language."""

    def __init__(self, language: Language) -> None:
        self.measures, self.ages = MeasureReader(language), read_ages(language)
        self.numbers, self.nouns, self.words = self.measures.numbers, self.measures.nouns, self.ages.words
        self.starts = self.numbers.starts.union(self.numbers.ordinals, self.words.twice, self.ages.starts, {DIGITS})

    def read(self, line: Line, taken: Mapping[int, int]) -> Iterator[Fact]:
        """Yield the quantities of a line in order; of a table only the first ones.

        ``taken`` has the words that are a part of something else, each with the end of that.
        """
        return _Reading(self, line, taken).read()


@functools.cache
def read_quantities(language: Language) -> QuantityReader:
    """Return the reader of the quantities of a language."""
    return QuantityReader(language)


class _Reading:
    """One line while it is read, from left to right."""

    def __init__(self, reader: QuantityReader, line: Line, taken: Mapping[int, int]) -> None:
        self.line, self.word, self.taken = line, line.words.__getitem__, taken
        self.measures, self.ages, self.numbers = reader.measures, reader.ages, reader.numbers
        self.nouns, self.words, self.starts = reader.nouns, reader.words, reader.starts
        self.floor = 0  # words before it are part of a fact, or of something that is none

    def read(self) -> Iterator[Fact]:
        left, line = MOST, self.line
        for k in line.find(self.starts):
            word = line.words[k]
            if k < self.floor:
                continue
            left -= 1
            if not left:
                return
            if word in self.numbers.words.articles and line.words[k + 1] not in self.numbers.after_article:
                continue
            if end := self.taken.get(k) or self._skip(k):
                self.floor = end
                continue
            fact = self._read_age(k) or self._read_ordinal(k) or self._read_fact(k)
            if fact:
                yield fact

    def _make(self, start: int, end: int, value: Quantity, tail: int = 0) -> Fact:
        """Return a fact from a character to the end of a word, and go on behind it."""
        self.floor = max(self.floor, end)
        stop = self.line.tokens[end - 1].end + tail
        return Fact(Kind.QUANTITY, start, stop, self.line.cut(start, stop), value)

    def _at(self, k: int) -> int:
        return self.line.tokens[k].start

    # -- what is no quantity -------------------------------------------------------------------------------------

    def _skip(self, k: int) -> int:
        """Return the end of a code, label or pronoun that starts at ``k``; 0 for none."""
        line, word = self.line, self.word(k)
        if not line.is_digits(k):
            return self._skip_words(k)
        last = k
        while line.is_digits(last + 1) and line.gap(last + 1) in ("-", "/", ":", "."):
            last += 1
        dialled = word[0] == "0" and word[1:2].isdigit()
        if dialled or (line.gap(k).endswith("+") and line.is_digits(k + 1)):
            while line.is_digits(last + 1) and line.gap(last + 1).strip() in ("", "-", "(", ")", "."):
                last += 1
            return last + 1
        return last + 1 if self._is_code(k, last) or self._is_list_number(k) else 0

    def _is_code(self, k: int, last: int) -> bool:
        """Say whether the digits are part of a code: F-16, 5G, 24/7, 555-1234, 2014-15, Article 5, 2022-09-14."""
        line, first, gap, joint = self.line, self.word(k), self.line.gap(k), self.line.gap(k + 1)
        if gap.endswith("#") or not all(FULL.fullmatch(self.word(n)) for n in range(k, min(last, k + 3) + 1)):
            return True
        number = self.numbers.read(line, k)
        mixed = number is not None and number.end == last + 1 and line.gap(last) == "/"  # 5-1/2, 3/4
        if not mixed and (last - k > 1 or (last > k and joint in (":", ".", "/"))):
            return True
        other = self.word(last)
        counts = len(other) == 4 and first < other and not is_year(other) and self.nouns.read(line, last + 1)[0]
        if last > k and ((is_year(first) and not counts) or (len(first) == 3 and len(other) == 4)):
            return True
        name = bool(k) and self.word(k - 1)[-1].isalpha()
        if name and (gap == "-" or (not gap and not self.measures.read_symbol(line, k)[0])):
            return True
        follower, glued = self.word(last + 1), last + 1 < line.size and line.gap(last + 1) == ""
        if glued and follower not in self.measures.glued:
            tens = follower in self.numbers.words.plural and self.ages.read(line, k, self.floor)
            if not (tens or (follower in self.measures.degrees and line.is_capital(last + 1))):
                return True
        if gap.strip() not in ("", "."):
            return False
        labelled = self.word(k - 1) in self.words.label_nouns
        if labelled and (line.is_capital(k - 1) or not self.nouns.read(line, k + 1)[0]):
            return True
        return self.word(k - 1) in self.words.labels and self.word(last + 1) not in self.numbers.words.scales

    def _is_list_number(self, k: int) -> bool:
        after = self.line.gap(k + 1)
        listed = k == 0 and len(self.word(k)) < 3 and after[:2] in (". ", ") ", ".", ")")
        return listed or (self.line.gap(k)[-1:] in ("(", "[") and after[:1] in (")", "]") and len(self.word(k)) < 2)

    def _skip_words(self, k: int) -> int:
        line, words, numbers = self.line, self.words, self.numbers
        word, before, after = self.word(k), self.word(k - 1), self.word(k + 1)
        label = before in words.labels or before in words.label_nouns or before in words.world
        if k and label and line.is_capital(k) and line.is_capital(k - 1):
            return k + 1
        if word in numbers.words.half and (before in numbers.ordinals or before in words.halves_after):
            return k + 1
        if word in numbers.zero and before in words.zero_after:
            return k + 1
        if word not in numbers.one:
            return 0
        outer = numbers.words.one_in | numbers.words.out_of | numbers.words.parts.keys()
        if line.is_joined(k + 1) and after in outer:
            return 0
        pronoun = before in words.determiners or line.gap(k + 1).startswith("'s") or line.gap(k) == "-"
        if pronoun or after in words.of_pronoun:
            bounded = numbers.find_bound(line, k, self.floor)[0] is not None
            return 0 if bounded and after not in words.another else k + 1
        return 0

    # -- quantities ----------------------------------------------------------------------------------------------

    def _read_age(self, k: int) -> Fact | None:
        read = self.ages.read(self.line, k, self.floor)
        return self._make(self._at(read.start), read.end, read.value) if read else None

    def _read_fact(self, k: int) -> Fact | None:
        if self.word(k) in self.words.twice:
            return self._read_times(k)
        number = self.measures.read(self.line, k)
        if not number:
            return None
        joined = self._read_score(k, number) or self._read_range(k, number)
        if isinstance(joined, Fact):
            return joined
        number = joined or number
        floor, self.floor = self.floor, number.end
        noun, label = ("", "")
        if number.bare:
            noun, label = self.nouns.read(self.line, self._find_trailing(number)[1], single=number.high == 1)
            if self._is_idle(k, number, noun, label, floor):
                return None
        if number.unit.dimension is Dimension.LENGTH:
            noun = self.measures.aspects.get(self.word(number.end), "")  # "a nine-foot deep hole"
        bound, start = self._find_bound(k, floor)
        if bound is None:
            number, start = self._read_sign(k, number, start, label)
        return self._build(k, number, bound, start, noun, label)

    def _build(self, k: int, number: Measure, bound: Bound | None, start: int, noun: str, label: str) -> Fact:
        trailing, end, tail = self._find_trailing(number)
        low, high, rough = limit(*number.converted, bound or trailing, vague=number.vague)
        value = Quantity(
            low,
            high,
            dimension=number.unit.dimension,
            currency=number.currency,
            noun=noun,
            approximate=rough,
            fate=self.nouns.find_fate(self.line, k, end, noun) if number.bare else "",
            label=label,
            per=number.per or self._find_per(number, end),
            unit=number.unit.name,
            grain=number.unit.factor,
        )
        return self._make(start, end, value, tail)

    def _read_times(self, k: int) -> Fact | None:
        """Read "twice", and "once" in a rate."""
        times, per = self.words.twice.index(self.word(k)) + 1, self._find_rate(k + 1)
        noun, label = (*self.words.time, "", "")[:2]
        value = Quantity(times, times, noun=noun, label=label, per=per)
        return self._make(self._at(k), k + 1, value) if times > 1 or per else None

    def _find_per(self, number: Measure, k: int) -> str:
        """Return what a number that ends at ``k`` is said for: a length of time, or what money is the price of."""
        priced = self.measures.find_priced(self.line, k) if number.unit.dimension is Dimension.MONEY else ""
        return priced or (self._find_rate(k) if number.unit.dimension in RATED else "")

    def _find_rate(self, k: int) -> str:
        """Return what a number that ends at ``k`` is said for: "a day" behind it, or behind what it counts."""
        for n in range(k, k + FAR):
            word = self.word(n)
            if word in self.measures.leads and (per := self.measures.find_per(self.line, n)[0]):
                return per
            stop = word in self.nouns.words.stops and word not in self.numbers.words.of
            if stop or self.line.gap(n) not in (" ", "-") or self.line.is_digits(n):
                return ""
        return ""

    def _read_sign(self, k: int, number: Measure, start: int, label: str) -> tuple[Measure, int]:
        degrees = label in self.measures.words.degrees["degree"]
        signed = degrees or number.unit.dimension in (Dimension.TEMPERATURE, Dimension.SHARE)
        counts = self.line.is_digits(k - 2) or self.word(k - 2) in self.words.or_  # "12 minus 5", "plus or minus 5"
        if self.word(k - 1) in self.words.minus and self.line.is_joined(k) and not counts:
            start = self._at(k - 1)
        elif signed and _SIGN.search(self.line.gap(k)):
            start -= 1
        else:
            return number, start
        return attrs.evolve(number, low=-number.high, high=-number.low), start

    def _is_idle(self, k: int, number: Measure, noun: str, label: str, floor: int) -> bool:
        """Say whether a bare number is rather a year, a name ("iPhone 6"), a pronoun or a manner of speaking."""
        line, bounded = self.line, self._find_bound(k, floor)[0] is not None
        if not self.ages.units.keys().isdisjoint((label, line.next(number.end))):
            return True
        idle = not self.words.idle_nouns.isdisjoint((noun, label))
        if idle and not bounded and (number.high == 1 or line.gap(number.end) == "-"):
            return True
        if is_year(self.word(k)) and (number.end == k + 1 or is_year(self.word(number.end - 1))):
            many = self.word(k) < "1900" or noun in self.nouns.people | self.nouns.persons
            return not (noun and (bounded or (many and label == self.word(number.end))))
        if noun or bounded:
            return False
        if line.gap(number.end) == "" and self.word(number.end):  # 18k
            return True
        if number.low in (0, 1) and number.high == number.low:
            return not line.is_digits(k) or number.low == 0
        if not line.is_digits(k):
            return line.is_capital(k) and k > 0 and number.scale == 1  # Group of Seven
        if self.word(k - 1) in self.nouns.words.stops or number.scale > 1:
            return False
        named = line.is_capital(k - 1) and k > 1 and line.gap(k).strip() in ("", "'s")
        return named and not self.nouns.find_fate(line, k, number.end, "")

    def _read_score(self, k: int, number: Measure) -> Fact | None:
        line = self.line
        hyphen = line.gap(number.end).strip() == "-"
        last = number.end + (not hyphen)
        second, end = self.numbers.plain(line, last), last + 1
        digits = line.is_digits(k) and number.end == k + 1 and self.word(last).isdecimal()
        if not (number.bare and digits and number.low == self.numbers.plain(line, k) < 1000 and second < 1000):
            return None
        if not (hyphen or self.word(number.end) in self.numbers.words.to) or (number.low == second and second > 30):
            return None
        played = not self.words.won_by.isdisjoint(line.words[max(k - NEAR, 0) : k])
        played = played and not self.nouns.read(line, end)[0] and self.measures.read_unit(line, Measure(1, 1, end)).bare
        if not (hyphen or played) or (number.low < second and not (hyphen and (played or number.low == 0))):
            return None
        low, high = sorted((number.low, second))
        return self._make(self._at(k), end, Quantity(low, high, Dimension.SCORE))

    def _read_range(self, k: int, number: Measure) -> Measure | None:
        """Return the range that starts with a number, ``None`` where it stands alone."""
        line, end = self.line, number.end
        between = self.word(k - 1) in self.numbers.words.between
        gap = line.gap(end)[number.tail :].strip()
        hyphen = gap[:1] == "-" and gap[1:].strip() in ("", *self.measures.symbols)
        start = self.numbers.find_link(line, end, "-" if hyphen else gap, between=between)
        if start is None or number.vague:
            return None
        dollars = self.word(start) in self.measures.prefixes and line.gap(start + 1) == "$"
        second = self.measures.read(line, start + dollars)
        joined = join(number, second) if second else None
        if not joined or self._is_changed(k, number, joined, hyphen=hyphen):
            return None
        if number.bare or (number.unit == joined.unit and number.currency == joined.currency):
            return joined
        if number.currency and joined.bare and (hyphen or joined.scale > 1):
            return attrs.evolve(joined, unit=MONEY, currency=number.currency)
        return None

    def _is_changed(self, k: int, first: Measure, second: Measure, *, hyphen: bool) -> bool:
        """Say whether "to" tells of a change: "rose from 5 to 8", "by 2 percent to 5 percent"; not "fell to 3 to 4"."""
        words, to = self.words, self.numbers.words.to
        if hyphen or self.word(first.end) not in to or self.word(k - 1) in to:
            return False
        if self.word(k - 1) in words.by:
            return not first.bare or second.bare
        opened = k - 1 - (self.word(k - 1) in words.from_by)
        return not self.nouns.words.changing.isdisjoint((self.word(opened), self.word(k - 2), self.word(k - 3)))

    def _read_ordinal(self, k: int) -> Fact | None:
        """Read "30th anniversary", "second-largest", "the third man"; not "at first"."""
        read, line, words = self.numbers.read_ordinal(self.line, k), self.line, self.words
        if not read:
            return None
        value, end = read
        after = self.word(end)
        superlative = after.endswith(words.superlative) or after in words.superlatives
        if superlative and line.is_joined(end) and after not in words.no_superlatives:
            rank = Quantity(value, value, Dimension.ORDINAL, noun=self.nouns.stem(after), label=after)
            return self._make(self._at(k), end + 1, rank)
        if line.gap(end) == "-":
            return None  # third-party
        led = self.word(k - 1) in words.leading or line.gap(k).startswith("'s") or line.is_digits(k)
        noun, label = self.nouns.read(line, end, single=True)
        named = line.is_capital(end) and k > 0 and (line.is_capital(k) or line.is_digits(k))  # the 9th Circuit
        idle = label in words.no_order or label in self.ages.units or (value == 1 and label in words.time)
        if not (led and noun) or idle or named:
            return None
        return self._make(self._at(k), end, Quantity(value, value, Dimension.ORDINAL, noun=noun, label=label))

    def _find_bound(self, k: int, floor: int) -> tuple[Bound | None, int]:
        """Return the bound that is said before word ``k`` and its currency, and the character where it starts."""
        line, (_, start) = self.line, self.measures.read_symbol(self.line, k)
        if floor and start < line.tokens[floor - 1].end:  # "three JPY 40"
            return None, self._at(k)
        first = k - (k > 0 and self._at(k - 1) >= start)
        if first and self.word(first - 1) in self.numbers.words.between:
            return None, self._at(first - 1)
        if not first or line.cut(line.tokens[first - 1].end, start).strip():
            return None, start
        bound, opened = self.numbers.find_bound(line, first, floor)
        return bound, self._at(opened) if bound else start

    def _find_trailing(self, number: Measure) -> tuple[Bound | None, int, int]:
        """Return the bound that is said behind a number, its end, and how many characters follow its last word."""
        if self.line.gap(number.end)[number.tail :][:1] == "+":
            return Bound.LOW, number.end, number.tail + 1
        bound, end = self.numbers.read_trailing(self.line, number.end) or (None, number.end)
        return bound, end, 0 if bound else number.tail
